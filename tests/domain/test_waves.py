"""Three at a time, the next three a week after the first, an end after a fortnight: whatever happened."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.matching import Match, Reason, Source
from bot.domain.waves import to_ask, waves
from tests.domain.young_carers import at

PLANNED = at("2026-11-23", "10:00")
WEEK = timedelta(days=7)


def matches(number: int, excluded: tuple[int, ...] = ()) -> list[Match]:
    reason = Reason(source=Source.OFFER, record_id="o1", quote="A van")
    return [Match(person_id=f"p{n}", reasons=(reason,), excluded=n in excluded) for n in range(number)]


def ids(some: list[Match]) -> list[str]:
    return [one.person_id for one in some]


@given(st.integers(0, 12), st.sets(st.integers(0, 11)))
def test_the_times_tell_nothing_of_who_is_asked_or_how_many(number: int, excluded: set[int]) -> None:
    plan, nobody = waves(matches(number, tuple(excluded)), PLANNED), waves([], PLANNED)
    assert [(one.at, one.until) for one in plan.waves] == [(one.at, one.until) for one in nobody.waves]
    assert plan.ends_at == PLANNED + 2 * WEEK
    assert plan == waves(matches(number), PLANNED), "nothing that is kept says who is excluded"
    assert all(len(one.person_ids) <= 3 for one in plan.waves)


def test_three_then_three_then_the_end() -> None:
    all_, plan = matches(8), waves(matches(8), PLANNED)
    assert ids(to_ask(plan, all_, (), PLANNED)) == ["p0", "p1", "p2"]
    assert ids(to_ask(plan, all_, ("p0", "p1", "p2"), PLANNED + WEEK - timedelta(seconds=1))) == []
    assert ids(to_ask(plan, all_, ("p0", "p1", "p2"), PLANNED + WEEK)) == ["p3", "p4", "p5"]
    assert to_ask(plan, all_, (), PLANNED + 2 * WEEK) == []


def test_who_is_excluded_takes_their_place_and_nobody_comes_in_it() -> None:
    some = matches(5, excluded=(1,))
    plan = waves(some, PLANNED)
    assert ids(to_ask(plan, some, (), PLANNED)) == ["p0", "p2"]
    assert ids(to_ask(plan, some, (), PLANNED + WEEK)) == ["p3", "p4"]


def test_whose_words_stand_no_more_or_who_is_away_by_now_is_not_asked_and_nobody_in_their_place() -> None:
    plan = waves(matches(5), PLANNED)
    fresh = [one for one in matches(5) if one.person_id != "p3"]
    assert ids(to_ask(plan, fresh, (), PLANNED + WEEK)) == ["p4"]
    excluded_now = [replace(one, excluded=one.person_id == "p4") for one in fresh]
    assert ids(to_ask(plan, excluded_now, (), PLANNED + WEEK)) == []
