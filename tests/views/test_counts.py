"""What a leader reads on a phone between two meetings is short, and the table in docs/ says how short."""

from __future__ import annotations

import pytest

from bot.views import plate
from tests.views import typed
from tests.views.counts import PAGE, Counted, counted, nine, page


@pytest.mark.parametrize("one", counted(), ids=lambda one: one.screen)
def test_no_screen_has_more_than_it_may(one: Counted) -> None:
    assert one.words > 0
    assert one.most_words is None or one.words <= one.most_words
    assert one.most_controls is None or one.controls <= one.most_controls


def test_the_form_has_four_fields() -> None:
    form = plate.plate_form(nine(), "p1", typed.round_(), before=None, last=None)
    assert len([block for block in form["blocks"] if block["type"] == "input"]) == 4


def test_the_page_says_what_is_drawn_now() -> None:
    assert PAGE.read_text("utf-8") == page(), "docs/counts.md is out of date: run make counts"
