"""Who is asked on behalf of all: whoever looks after the rhythm, as long as they hear anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.resting import asked_first
from tests.domain.young_carers import at, group, leader, person, snapshot_of

NOW = at("2026-12-01", "10:00")
NAMES = ("sam", "jo", "amir")


def first(convenor: str | None = "jo", **of: dict[str, Any]) -> str | None:
    """Sam joined first and set the group up, then Jo, then Amir; `of` says what else is so of each."""
    leaders = {
        name: leader(name, joined_at=NOW - timedelta(days=90 - days), **of.get(name, {}))
        for days, name in enumerate(NAMES)
    }
    people = {name: person(name) for name in NAMES}
    return asked_first(snapshot_of(replace(group(), convenor=convenor), leaders, people, None, {}), NOW)


@pytest.mark.parametrize(
    ("of", "who"),
    [
        ({}, "jo"),
        ({"jo": {"quiet": True}}, "sam"),
        ({"jo": {"silent_rounds": 2}}, "sam"),
        ({"jo": {"silent_rounds": 1}}, "jo"),
        ({"jo": {"paused_until": (NOW + timedelta(days=9)).date()}}, "sam"),
        ({"jo": {"paused_until": NOW.date()}}, "jo"),
        ({"jo": {"left_at": NOW}, "sam": {"quiet": True}}, "amir"),
        ({name: {"quiet": True} for name in NAMES}, None),
    ],
)
def test_asked_first__whoever_looks_after_the_rhythm_or_has_been_in_longest(
    of: dict[str, dict[str, Any]], who: str | None
) -> None:
    assert first(**of) == who


def test_asked_first__without_a_convenor_it_is_whoever_set_the_group_up() -> None:
    assert first(None) == "sam"
