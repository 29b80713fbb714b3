"""For which meeting a brief is, when it is posted, and from when on people add to it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from bot.domain.groups import ChannelTrouble, Group
from bot.domain.occasion import Occasion, next_occasion
from bot.domain.rhythm import Recurrence
from bot.domain.rounds import Round, coming_round, retimed
from tests.domain.test_rhythm import move
from tests.domain.young_carers import FIRST_THURSDAYS, THURSDAYS, at, group, opened, utc

MONDAYS = Recurrence(every="weeks", interval=2, weekday=0, at="09:30", anchor=date(2026, 11, 9))
CARERS = group()
ROUND = opened(CARERS, at("2026-11-27", "12:00"))
"""Before the meeting of Thursday 3 December at 14:00; its digest is due on Wednesday at ten."""


def digested(when: str, round: Round = ROUND) -> Round:
    return replace(round, digested=True, digested_at=at(f"2026-12-{when[:2]}", when[3:]) if when else None)


def occasion(now: str, *rounds: Round, of: Group = CARERS) -> Occasion | None:
    return next_occasion(of, rounds, at(f"2026-{now[:5]}", now[6:]))


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (CARERS, "Wed 02 Dec 16:00"),
        (group(MONDAYS), "Fri 04 Dec 16:00"),  # not at the weekend
        (group(zone="Asia/Kolkata", nation="IN"), "Wed 02 Dec 10:30"),  # the group's own zone
        (move(CARERS, "2026-12-03", "2026-12-08"), "Mon 07 Dec 16:00"),
        (group(FIRST_THURSDAYS), "Wed 02 Dec 16:00"),
        (group(replace(THURSDAYS, anchor=date(2026, 11, 12))), "Wed 09 Dec 16:00"),
    ],
    ids=["Thursday", "Monday", "in India", "moved", "monthly", "another Thursday"],
)
def test_it_goes_at_four_on_the_working_day_before(of: Group, expected: str) -> None:
    found = occasion("11-28 12:00", of=of)
    assert found
    assert utc(found.at) == expected


@pytest.mark.parametrize(
    ("round", "now", "goes", "waits", "is_open"),
    [
        (ROUND, "12-02 09:00", "Wed 02 Dec 16:00", False, False),
        (ROUND, "12-02 11:00", "Wed 02 Dec 16:00", True, False),  # the digest is late: nobody knows how late
        (digested("02 10:00"), "12-02 11:00", "Wed 02 Dec 16:00", False, True),
        (digested("02 15:10"), "12-02 15:20", "Wed 02 Dec 19:10", False, True),
        (digested("03 09:59"), "12-03 09:59", "Thu 03 Dec 13:59", False, True),
        (digested(""), "12-02 10:00", "Wed 02 Dec 16:00", False, True),  # it had nothing to say
        (ROUND, "12-03 10:00", "Wed 02 Dec 16:00", False, True),  # nobody could post it
    ],
)
def test_four_hours_after_the_digest_at_the_soonest(
    round: Round, now: str, goes: str, waits: bool, is_open: bool
) -> None:
    found = occasion(now, round)
    assert found
    if not waits:
        assert utc(found.at) == goes
    assert (found.name, found.waits, found.is_open) == ("2026-W49", waits, is_open)


@pytest.mark.parametrize(("brief_at", "goes"), [("12:00", "Fri 04 Dec 17:00"), ("18:00", "Fri 04 Dec 18:00")])
def test_where_rounds_are_weekly_it_waits_for_that_days_digest_though_it_is_set_for_an_hour_before(
    brief_at: str, goes: str
) -> None:
    """They meet on Monday 7 December, and the digest before that is Friday's."""
    monthly = group(Recurrence(every="months", interval=1, weekday=0, nth=1, at="14:00", anchor=date(2026, 11, 2)))
    late = replace(monthly, rhythm=replace(monthly.rhythm, digest_at="13:00", brief_at=brief_at))
    found = occasion("12-01 12:00", opened(late, at("2026-12-01", "12:00")), of=late)
    assert found
    assert found.digest
    assert (utc(found.digest.digest_at), utc(found.at)) == ("Fri 04 Dec 13:00", goes)


@pytest.mark.parametrize("now", ["11-25 15:00", "11-25 17:00", "11-26 12:00", "11-27 08:00"])
def test_before_the_check_ins_of_its_meeting_it_is_not_open_yet(now: str) -> None:
    """It would shut again as they go out, until the digest."""
    found = occasion(now, replace(ROUND, name="2026-W47", planned_meeting=date(2026, 11, 19), digested=True))
    assert found
    assert (found.name, found.is_open) == ("2026-W49", False)


def test_a_group_that_is_set_up_too_late_for_check_ins_has_it_open_from_a_week_before() -> None:
    found = occasion("12-02 12:00")
    assert found
    assert (found.name, found.is_open) == ("2026-W49", True)


def test_it_may_be_a_day_late_and_never_goes_once_the_meeting_has_begun() -> None:
    found, monday = occasion("12-02 17:00", digested("02 10:00")), occasion("12-04 17:00", of=group(MONDAYS))
    assert found
    assert monday
    assert (utc(found.until), utc(monday.until)) == ("Thu 03 Dec 14:00", "Sat 05 Dec 16:00")
    following = occasion("12-03 14:00", digested("02 10:00"))
    assert following
    assert (following.name, following.is_open) == ("2026-W51", False)


def test_a_meeting_moved_so_near_that_the_digest_comes_too_late_has_none() -> None:
    moved = move(CARERS, "2026-12-03", "2026-12-01")
    round = retimed(ROUND, moved, at("2026-11-30", "09:00"))
    found = occasion("11-30 20:00", digested("01 11:00", round), of=moved)
    assert found
    assert found.at > found.until


def test_a_skipped_meeting_has_none_and_a_group_that_rests_has_none() -> None:
    skipped = replace(CARERS, rhythm=replace(CARERS.rhythm, skipped=(date(2026, 12, 3),)))
    found = occasion("12-01 12:00", ROUND, of=skipped)
    assert found
    assert found.name == "2026-W51"
    assert occasion("12-01 12:00", ROUND, of=replace(CARERS, paused_until=date(2026, 12, 7))) is None
    assert occasion("12-01 12:00", ROUND, of=replace(CARERS, ends_on=date(2026, 12, 2))) is None


def test_where_rounds_are_weekly_the_digest_of_the_week_before_comes_before_it() -> None:
    monthly = group(FIRST_THURSDAYS)
    first = opened(monthly, at("2026-11-23", "12:00"))
    second = coming_round(monthly, first, at("2026-11-30", "12:00"))
    before = occasion("12-01 12:00", replace(first, digested=True, digested_at=first.digest_at), second, of=monthly)
    assert before
    assert before.digest
    assert (before.digest.name, before.name, before.is_open) == ("2026-W48", "2026-W49", True)
    assert utc(before.at) == "Wed 02 Dec 16:00"
    weeks_before = occasion("11-10 12:00", of=monthly)
    assert weeks_before
    assert not weeks_before.is_open


def test_a_digest_that_the_channel_keeps_back_is_waited_for_as_long_as_it_may_go() -> None:
    trouble = ChannelTrouble(
        code="not_in_channel", since=at("2026-12-02", "10:00"), try_at=at("2026-12-02", "11:00")
    )
    found = occasion("12-03 12:00", ROUND, of=replace(CARERS, trouble=trouble))
    assert found
    assert found.waits
