"""What lies under the form that somebody sees is remembered for a while, and never of too many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import cast

from bot.ports.blocks import View
from handlers.stacked import KEPT_FOR, MOST_FORMS, SeenForms

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = NOW + KEPT_FOR


def view(words: str) -> View:
    return cast("View", {"type": "modal", "title": words})


def test_it_is_found_as_it_was_seen_last_and_for_an_hour() -> None:
    stacked = SeenForms()
    stacked.keep("V1", view("first"), NOW)
    stacked.keep("V1", view("second"), NOW + timedelta(minutes=1))
    assert stacked.find("V1", LATER) == view("second")
    assert stacked.find("V1", LATER + timedelta(minutes=1)) is None
    assert stacked.find("V2", NOW) is None


def test_what_may_read_otherwise_by_now_is_forgotten() -> None:
    stacked = SeenForms()
    stacked.keep("V1", view("first"), NOW)
    stacked.forget("V1")
    stacked.forget("")
    assert stacked.find("V1", NOW) is None


def test_the_oldest_go_where_there_are_many_and_all_that_is_an_hour_old() -> None:
    stacked = SeenForms()
    for number in range(MOST_FORMS + 3):
        stacked.keep(f"V{number}", view("one"), NOW)
    assert [number for number in range(MOST_FORMS + 3) if not stacked.find(f"V{number}", NOW)] == [0, 1, 2]
    stacked.keep("V", view("one"), LATER)
    assert [*stacked._seen] == ["V"]
