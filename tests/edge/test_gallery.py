"""What hangs in the gallery of docs/screens is drawn by the bot, and the gallery's page shows each picture.

That every screen hangs there is for `make screens` to say: a new message is not held up by its picture.
"""

from __future__ import annotations

import re

import pytest

from tests.browser.gallery import FOLDER, LARGEST, PICTURES, ROOMS, Picture, catalogue, screens
from tests.edge.test_readme import README

"""Draws parts of screens for the others, and no screen."""


SCREENS = tuple(screens())


@pytest.mark.parametrize("picture", tuple(PICTURES.values()), ids=lambda one: one.name)
def test_a_picture_is_there_is_small_and_shows_a_screen_that_is_drawn(picture: Picture) -> None:
    assert 0 < (FOLDER / picture.file).stat().st_size <= LARGEST, "Run make screens."
    assert picture.shows in SCREENS


def test_the_page_of_the_gallery_is_up_to_date() -> None:
    assert (FOLDER / "README.md").read_text("utf-8") == catalogue(), "Run make screens."


def test_nothing_else_hangs_there_and_nothing_hangs_twice() -> None:
    hung = [one.file for room in ROOMS.values() for one in room]
    assert sorted(hung) == sorted(path.name for path in FOLDER.glob("*.png"))


def test_the_pictures_in_the_readme_are_of_the_gallery() -> None:
    shown = re.findall(r"\(docs/screens/([\w-]+\.png)\)", README)
    assert len(shown) >= 4
    assert set(shown) <= {one.file for one in PICTURES.values()}
