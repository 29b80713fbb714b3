"""What a leader reads on a phone between two meetings is short, and the table in docs/ says how short."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.domain.reach import Words
from bot.views import plate, welcome
from tests.views import typed
from tests.views.counts import PAGE, Counted, counted, nine, page


@pytest.mark.parametrize("one", counted(), ids=lambda one: one.screen)
def test_no_screen_has_more_than_it_may(one: Counted) -> None:
    assert one.words > 0
    assert one.most_words is None or one.words <= one.most_words
    assert one.most_controls is None or one.controls <= one.most_controls


@pytest.mark.parametrize("words", Words)
@pytest.mark.parametrize("name", ["Young carers", "The board of those who look after children and families " * 2])
def test_the_first_dm_has_ninety_words_at_most_whatever_its_names(name: str, words: Words) -> None:
    """With those who typed them: the group's, the leader's, their organisation's, and those of who set it up."""
    drawn = nine()
    long = name[:80]
    group = replace(drawn.group, name=long, set_up_by="p2")
    leaders = {id_: replace(one, organisation=long) for id_, one in drawn.leaders.items()}
    people = {id_: replace(one, name=long) for id_, one in drawn.people.items()}
    snapshot = replace(drawn, group=group, leaders=leaders, people=people)
    for when in ("", "from 11 January 2027: "):
        text = welcome.welcome(snapshot, people["p1"], leaders["p1"], words, when).text
        assert len(text.split()) <= 90
    assert long[:12] in text


def test_the_form_has_four_fields() -> None:
    form = plate.plate_form(nine(), "p1", typed.round_(), before=None, last=None)
    assert len([block for block in form["blocks"] if block["type"] == "input"]) == 4


def test_the_page_says_what_is_drawn_now() -> None:
    assert PAGE.read_text("utf-8") == page(), "docs/counts.md is out of date: run make counts"
