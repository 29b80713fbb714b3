"""One post of ours a day in the channel: whose day it is, what is added to it, and who waits how long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.channel_days import (
    LONGEST_WAIT_DAYS,
    MOST_IN_A_POST,
    QUIETLY,
    Turn,
    in_turn,
    must_wait,
    noted,
    post_of_today,
    posts_of,
    told,
)
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import Group, MessageRef
from bot.domain.hours import to_local
from bot.domain.nations import next_working_day
from bot.domain.outbox import Kind
from bot.views.announcements import _DRAWN
from scheduler.kinds import KINDS
from tests.domain.young_carers import at, group, unhurried

TURNS = {name: kind.TURN for name, kind in KINDS.items()}
CARERS = group()
MONDAY = at("2026-11-23", "09:00")
"""A Monday in Leeds."""


def owed(kind: Kind, at: datetime, subject: str = "1", lasts: timedelta = STILL_NEWS) -> Occurrence:
    return post(kind, CARERS, at, subject=subject, lasts=lasts)


def local_day(moment: datetime) -> date:
    return to_local(moment, CARERS.zone).date()


def went(before: Group, one: Occurrence, now: datetime) -> Group:
    """It stands in the day's post: added to today's, where there is one."""
    assert one.entry is not None
    today = post_of_today(before, now)
    ref = today.post if today else MessageRef(team_id="T", channel="C", ts=f"{now.timestamp():.6f}")
    return noted(before, one.entry, ref, now)


def moments(found: list[Occurrence], of: Group, now: datetime) -> dict[str, datetime]:
    turned = in_turn(found, TURNS, of, now)
    return {one.entry.kind: one.at for one in turned if one.entry}


def test_every_kind_that_may_have_the_day_can_be_drawn_beside_others() -> None:
    measured = {name for name, turn in TURNS.items() if turn not in (None, Turn.BESIDE)}
    assert measured == set(_DRAWN)


def test_of_what_is_added_by_an_edit_only_what_is_told_is_told_quietly() -> None:
    announced = {name for name, turn in TURNS.items() if turn in (Turn.PROMPT, Turn.QUIET)}
    assert announced == {Kind.CHANGE, *QUIETLY}


def test_only_few_come_beside_the_days_post() -> None:
    few = {Kind.HELLO, Kind.PANEL, Kind.DIGEST, Kind.BRIEF}
    assert {name for name, turn in TURNS.items() if turn is Turn.BESIDE} == few


def test_jos_question_waits_for_tomorrow_where_a_meeting_moves_today() -> None:
    found = [owed(Kind.INQUIRY, MONDAY), owed(Kind.CHANGE, MONDAY)]
    assert moments(found, CARERS, MONDAY) == {
        Kind.CHANGE: MONDAY,
        Kind.INQUIRY: at("2026-11-24", "10:00"),
    }


def test_the_oldest_that_waits_goes_first_each_on_a_day_of_its_own() -> None:
    earlier = MONDAY - timedelta(minutes=5)
    found = [owed(Kind.REVIEW, MONDAY), owed(Kind.INQUIRY, earlier), owed(Kind.PURPOSE, earlier)]
    assert moments(found, CARERS, MONDAY) == {
        Kind.INQUIRY: earlier,
        Kind.PURPOSE: at("2026-11-24", "10:00"),
        Kind.REVIEW: at("2026-11-25", "10:00"),
    }


@pytest.mark.parametrize("hour", ["10:00", "16:00"])
def test_on_the_captures_day_a_question_waits_a_change_does_not_and_a_leaver_is_told_of_with_it(hour: str) -> None:
    """Whatever the hour of what has the day."""
    captured_at = at("2026-11-23", hour)
    found = [owed(Kind.CAPTURE, captured_at), owed(Kind.INQUIRY, MONDAY), owed(Kind.DEPARTURE, MONDAY)]
    assert moments(found, CARERS, MONDAY) == {
        Kind.CAPTURE: captured_at,
        Kind.DEPARTURE: captured_at + timedelta(minutes=1),
        Kind.INQUIRY: at("2026-11-24", "10:00"),
    }
    assert moments([*found, owed(Kind.CHANGE, MONDAY)], CARERS, MONDAY)[Kind.CHANGE] == MONDAY


def test_a_capture_that_was_held_up_until_today_is_added_to_what_is_owed_today() -> None:
    late = owed(Kind.CAPTURE, MONDAY - timedelta(hours=20), lasts=timedelta(days=1))
    found = moments([late, owed(Kind.CHANGE, MONDAY - timedelta(minutes=1))], CARERS, MONDAY)
    assert found[Kind.CAPTURE] == found[Kind.CHANGE] + timedelta(minutes=1)


def test_after_three_working_days_a_question_is_added_to_what_the_day_has() -> None:
    waits, day = owed(Kind.INQUIRY, MONDAY), MONDAY
    assert waits.entry is not None
    for _ in range(LONGEST_WAIT_DAYS):
        carers = went(CARERS, owed(Kind.CHANGE, day), day)
        assert must_wait(carers, waits.entry, day)
        day = at(next_working_day(local_day(day), "GB").isoformat(), "09:00")
    carers = went(CARERS, owed(Kind.CHANGE, day), day)
    assert not must_wait(carers, waits.entry, day)
    assert moments([waits], carers, day) == {Kind.INQUIRY: MONDAY}


def test_one_that_would_be_over_by_then_does_not_wait() -> None:
    carers = went(CARERS, owed(Kind.CHANGE, MONDAY), MONDAY)
    short = owed(Kind.INQUIRY, MONDAY, lasts=timedelta(hours=12))
    assert short.entry
    assert not must_wait(carers, short.entry, MONDAY)


WAIT_OR_NOT = [name for name, turn in TURNS.items() if turn not in (None, Turn.BESIDE)]
SPAN = 12 * 24 * 60
"""Minutes over which things come to be owed."""


@st.composite
def owings(draw: st.DrawFn) -> list[Occurrence]:
    wanted = draw(st.lists(st.tuples(st.sampled_from(WAIT_OR_NOT), st.integers(0, SPAN)), max_size=14))
    found = []
    for n, (kind, minutes) in enumerate(wanted):
        at = MONDAY + timedelta(minutes=minutes)
        lasts = timedelta(days=1) if kind in (Kind.CAPTURE,) else STILL_NEWS
        found.append(owed(kind, at, str(n), lasts))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("every", [timedelta(minutes=7), timedelta(hours=5)])
@unhurried
@given(found=owings())
def test_whatever_comes_at_any_time_the_channel_has_one_post_a_day_and_nothing_is_lost(
    every: timedelta, found: list[Occurrence]
) -> None:
    carers, gone = CARERS, dict[str, datetime]()
    for now in _looks(every):
        owed_now = [one for one in found if one.entry and told(one.entry) not in gone and one.entry.due_at <= now]
        due = [one for one in in_turn(owed_now, TURNS, carers, now) if one.at <= now]
        for one in sorted(due, key=lambda one: one.at):
            assert one.entry is not None
            if TURNS[one.entry.kind] is Turn.WAITS and must_wait(carers, one.entry, now):
                continue
            carers, gone[told(one.entry)] = went(carers, one, now), now
    full = any(len(one.told) >= MOST_IN_A_POST for one in posts_of(carers))
    days = Counter(one.day for one in posts_of(carers))
    assert full or max(days.values(), default=1) == 1
    for one in found:
        assert one.entry is not None
        kind, went_at = one.entry.kind, gone[told(one.entry)]
        assert _in_time(kind, one.entry.due_at, went_at, every)


def _looks(every: timedelta) -> Iterator[datetime]:
    now = MONDAY
    while now < MONDAY + timedelta(days=24):
        yield now
        now += every


def _in_time(kind: Kind, due_at: datetime, went_at: datetime, every: timedelta) -> bool:
    """A change at once, an announcement on its day, what waits after three working days at the latest."""
    if TURNS[kind] is not Turn.WAITS:
        return went_at - due_at <= timedelta(hours=12) + every
    last = local_day(due_at)
    for _ in range(LONGEST_WAIT_DAYS + 1):
        last = next_working_day(last, "GB")
    return local_day(went_at) <= last


def test_only_the_newest_posts_are_kept() -> None:
    carers = CARERS
    for n in range(40):
        carers = went(carers, owed(Kind.CHANGE, MONDAY, str(n)), MONDAY + timedelta(days=n))
    assert len(posts_of(carers)) == 17
    assert replace(carers, day_post=None, day_posts=()) == CARERS
