"""A brief is one phone screen, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.brief import LONGEST_LINE, MOST_LINES, MOST_WORDS, Brief, BriefLine, Why, chosen
from bot.views.brief import TAGS, brief_message
from tests.views.typed import NOW

WORDS = st.lists(st.sampled_from(["a", "ward", "schools", "—", "x" * 40]), min_size=1, max_size=60).map(" ".join)
LINES = st.lists(
    st.builds(
        BriefLine, why=st.sampled_from(Why), id=st.just("x"), text=WORDS, whose=st.just(("p0",)), name=WORDS,
        since=st.just(NOW - timedelta(days=400)), learnt=WORDS,
    ),
    max_size=12,
)  # fmt: skip


def texts(part: Any) -> Iterator[str]:
    """Every text in blocks."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from texts(one)


@settings(max_examples=60, deadline=None)
@given(LINES, WORDS)
def test_it_has_seven_lines_and_a_hundred_and_twenty_words_at_most(lines: list[BriefLine], name: str) -> None:
    lines = [replace(one, text=one.text[:LONGEST_LINE]) if one.why is Why.ADDED else one for one in lines]
    kept = Brief(
        group_id="g7", round="2026-W49", group_name=name, lines=chosen(lines), drawn_at=NOW, corrected_at=NOW,
        meeting_at=NOW + timedelta(days=3),
    )  # fmt: skip
    drawn = brief_message(kept, zone="Europe/London")
    read = " ".join(texts([block for block in drawn.blocks if block["type"] != "actions"]))
    words = [word for word in read.split() if any(map(str.isalnum, word))]
    assert len(words) <= MOST_WORDS
    assert len([block for block in drawn.blocks if block["type"] == "rich_text"]) <= MOST_LINES


@pytest.mark.parametrize("why", list(Why))
def test_every_line_says_why_it_is_there(why: Why) -> None:
    line = BriefLine(why=why, id="x", text="Walk the ward", whose=("p0",), name="Jo", since=NOW - timedelta(days=2))
    drawn = brief_message(
        Brief(group_id="g7", round="2026-W49", group_name="Carers", lines=(line,), drawn_at=NOW), zone="UTC"
    )
    assert f"Walk the ward — {TAGS[why].format(name='Jo', since='Saturday')}" in drawn.text
