"""A digest's text is cut, and what somebody's letters turned is closed all the same."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.digest import AskLine, Digest
from bot.views.digest import plain
from bot.views.words import contained


def test_what_turns_the_direction_of_writing_is_closed_where_the_text_is_cut() -> None:
    at = datetime(2026, 11, 27, 10, tzinfo=UTC)
    asks = tuple(AskLine(ask_id=f"a{n}", by="jo", what="\u202ex " * 150) for n in range(6))
    digest = Digest(group_id="g", round="2026-W48", group_name="Carers", composed_at=at, question="Why?", asks=asks)
    text = plain(digest, "Europe/London")
    assert contained(text) == text
