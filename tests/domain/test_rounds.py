"""Rounds that count now: all up to now, one opened early for somebody's words, and none from the future."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.rounds import Round, coming_round, present
from tests.domain.young_carers import at, group, opened

FRIDAY = at("2026-11-27", "12:00")
NOW = opened(group(), FRIDAY)
NEXT = coming_round(group(), NOW, FRIDAY)
FAR = coming_round(group(), None, FRIDAY + timedelta(days=3650))


def names(*rounds: Round, days: int = 0) -> list[str]:
    return [one.name for one in present(rounds, group(), FRIDAY + timedelta(days=days))]


def test_a_round_that_a_clock_far_ahead_opened_does_not_count_until_it_comes() -> None:
    assert names(NOW, FAR) == [NOW.name]
    assert names(FAR) == []
    assert names(NOW, FAR, days=3650) == [FAR.name, NOW.name]


def test_the_next_round_opened_early_counts_once_this_one_has_closed() -> None:
    assert names(NOW, NEXT, FAR) == [NOW.name]
    assert names(NOW, NEXT, FAR, days=6) == [NEXT.name, NOW.name]
