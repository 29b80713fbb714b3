"""Every screen of the bot hangs in the gallery of docs/screens, and the gallery's page shows each of them."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isfunction

import pytest

import bot.views
from tests.browser.gallery import FOLDER, LARGEST, PICTURES, ROOMS, Picture, catalogue
from tests.edge.test_readme import README

PARTS = ("blocks",)
"""Draws parts of screens for the others, and no screen."""


def _screens() -> Iterator[str]:
    """Whatever draws a message, a form, a sheet or a Home."""
    for module in pkgutil.iter_modules(bot.views.__path__):
        here = import_module(f"bot.views.{module.name}")
        for name, drawn in getmembers(here, isfunction):
            own = drawn.__module__ == here.__name__ and not name.startswith("_")
            if own and module.name not in PARTS and drawn.__annotations__.get("return") in ("Message", "View"):
                yield f"{module.name}.{name}"


SCREENS = tuple(_screens())


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_has_a_picture(screen: str) -> None:
    assert screen in {one.shows for one in PICTURES.values()}, "Give it a place in tests/browser/gallery.py."


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
