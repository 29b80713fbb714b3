"""When a group meets: what recurs, what moves, and how it is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.meetings import (
    apart_over_a_fortnight,
    check_move,
    check_recurrence,
    last_meeting,
    meetings,
    next_meetings,
)
from bot.domain.rhythm import Moved, Recurrence, Rhythm
from bot.views.dates import say_recurrence
from tests.domain.young_carers import FIRST_THURSDAYS, THURSDAYS, at, sentence, unhurried, utc

LONDON = "Europe/London"
WHICH = "Please pick which one of the month it is: first, second, third, fourth or last."
recurrences = st.one_of(
    st.builds(
        Recurrence,
        every=st.just("weeks"),
        interval=st.integers(1, 26),
        weekday=st.integers(0, 6),
        at=st.just("14:00"),
        anchor=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    ),
    st.builds(
        Recurrence,
        every=st.just("months"),
        interval=st.integers(1, 12),
        weekday=st.integers(0, 6),
        at=st.just("01:30"),
        anchor=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        nth=st.sampled_from([1, 2, 3, 4, -1]),
    ),
)


def every(count: int, unit: str, **more: Any) -> Recurrence:
    return Recurrence(
        **{"every": unit, "interval": count, "weekday": 3, "at": "14:00", "anchor": date(2026, 11, 2)} | more
    )


def days(*typed: str) -> list[date]:
    return [date.fromisoformat(f"{'2027' if day < '11' else '2026'}-{day}") for day in typed]


@pytest.mark.parametrize(
    ("recurrence", "planned"),
    [
        (every(1, "weeks"), ["11-05", "11-12", "11-19", "11-26"]),
        (every(2, "weeks"), ["11-05", "11-19", "12-03", "12-17"]),
        (every(2, "weeks", anchor=date(2026, 11, 6)), ["11-19", "12-03", "12-17", "12-31"]),  # the 5th is before it
        (every(3, "weeks", weekday=0), ["11-02", "11-23", "12-14", "01-04"]),
        (every(6, "weeks"), ["11-05", "12-17", "01-28", "03-11"]),
        (every(1, "months", nth=1), ["11-05", "12-03", "01-07", "02-04"]),
        (every(1, "months", nth=-1), ["11-26", "12-31", "01-28", "02-25"]),
        (every(1, "months", nth=4, weekday=6), ["11-22", "12-27", "01-24", "02-28"]),
        (every(2, "months", nth=1, weekday=0), ["11-02", "01-04", "03-01", "05-03"]),
        (every(1, "months", nth=1, anchor=date(2026, 11, 6)), ["12-03", "01-07", "02-04", "03-04"]),
    ],
)
def test_the_days_a_group_plans_to_meet(recurrence: Recurrence, planned: list[str]) -> None:
    assert meetings(recurrence, date(2026, 1, 1), date(2027, 12, 31))[:4] == days(*planned)


@settings(unhurried, max_examples=150)
@given(recurrences, st.dates(date(2025, 6, 1), date(2030, 1, 1)))
def test_wherever_you_start_to_look_the_days_are_the_same(recurrence: Recurrence, start: date) -> None:
    until = start + timedelta(days=800)
    found = meetings(recurrence, start, until)
    assert found == [day for day in meetings(recurrence, recurrence.anchor, until) if day >= start]
    assert found == sorted(set(found))
    assert all(day.weekday() == recurrence.weekday and day >= recurrence.anchor for day in found)


@settings(unhurried, max_examples=150)
@given(recurrences)
def test_every_planned_day_is_the_one_its_words_say(recurrence: Recurrence) -> None:
    for day in meetings(recurrence, recurrence.anchor, recurrence.anchor + timedelta(days=800)):
        if recurrence.every == "weeks":
            anchor = recurrence.anchor - timedelta(days=recurrence.anchor.weekday())
            assert (day - timedelta(days=day.weekday()) - anchor).days % (7 * recurrence.interval) == 0
        else:
            months = (day.year - recurrence.anchor.year) * 12 + day.month - recurrence.anchor.month
            assert months % recurrence.interval == 0
            last = (day + timedelta(weeks=1)).month != day.month
            assert last if recurrence.nth == -1 else (day.day - 1) // 7 + 1 == recurrence.nth


def moved(*moves: tuple[str, str, str], meeting: Recurrence = THURSDAYS) -> Rhythm:
    listed = tuple(Moved(planned=date.fromisoformat(a), to=date.fromisoformat(b), at=c) for a, b, c in moves)
    return Rhythm(meeting=meeting, moved=listed)


@pytest.mark.parametrize(
    ("rhythm", "coming"),
    [
        (moved(), ["12-03 Thu 03 Dec 14:00", "12-17 Thu 17 Dec 14:00"]),
        (moved(("2026-12-03", "2026-12-07", "10:00")), ["12-03 Mon 07 Dec 10:00", "12-17 Thu 17 Dec 14:00"]),
        (
            moved(("2026-12-03", "2026-12-07", "10:00"), ("2026-12-03", "2026-12-04", "09:30")),
            ["12-03 Fri 04 Dec 09:30", "12-17 Thu 17 Dec 14:00"],
        ),
        (
            moved(("2026-12-03", "2026-12-07", "10:00"), ("2026-12-03", "2026-12-03", "14:00")),
            ["12-03 Thu 03 Dec 14:00", "12-17 Thu 17 Dec 14:00"],
        ),
        (moved(("2026-11-19", "2026-12-01", "10:00")), ["11-19 Tue 01 Dec 10:00", "12-03 Thu 03 Dec 14:00"]),
        (moved(("2026-12-03", "2026-11-26", "10:00")), ["12-17 Thu 17 Dec 14:00", "12-31 Thu 31 Dec 14:00"]),
        (moved(("2026-11-27", "2026-12-01", "10:00")), ["12-03 Thu 03 Dec 14:00", "12-17 Thu 17 Dec 14:00"]),
    ],
    ids=["none", "later", "the last move wins", "and back", "from the past", "into the past", "not a meeting"],
)
def test_the_next_meetings_keep_their_planned_day_as_their_name(rhythm: Rhythm, coming: list[str]) -> None:
    found = next_meetings(rhythm, LONDON, at("2026-11-27", "12:00"), 2)
    assert [f"{planned:%m-%d} {utc(moment)}" for planned, moment in found] == coming


def test_a_meeting_that_has_begun_is_the_last_and_not_the_next() -> None:
    rhythm = moved(meeting=FIRST_THURSDAYS)
    assert next_meetings(rhythm, LONDON, at("2026-12-03", "13:59"), 1)[0][0] == date(2026, 12, 3)
    assert next_meetings(rhythm, LONDON, at("2026-12-03", "14:00"), 1)[0][0] == date(2027, 1, 7)
    assert last_meeting(rhythm, LONDON, at("2026-12-03", "14:00")) == (date(2026, 12, 3), at("2026-12-03", "14:00"))
    assert last_meeting(rhythm, LONDON, at("2026-12-03", "13:59")) == (date(2026, 11, 5), at("2026-11-05", "14:00"))
    assert last_meeting(rhythm, LONDON, at("2026-09-03", "12:00")) is None


@settings(unhurried, max_examples=100)
@given(recurrences, st.integers(0, 1400), st.lists(st.tuples(st.integers(0, 9), st.integers(-20, 20)), max_size=4))
def test_the_last_and_the_next_meeting_lie_on_either_side_of_now(
    recurrence: Recurrence, hours: int, moves: list[tuple[int, int]]
) -> None:
    now = at("2028-06-01") + timedelta(hours=hours)
    planned = meetings(recurrence, date(2028, 5, 1), date(2031, 1, 1))
    listed = []
    for nth, by in moves:
        day = planned[nth % len(planned)]
        listed.append(Moved(planned=day, to=day + timedelta(days=by), at="09:00"))
    rhythm = Rhythm(meeting=recurrence, moved=tuple(listed))
    zone = "Asia/Kathmandu"
    coming, last = next_meetings(rhythm, zone, now, 3), last_meeting(rhythm, zone, now)
    moments = [moment for _, moment in coming]
    assert len(coming) == 3
    assert moments == sorted(moments)
    assert moments[0] > now
    if last is None:  # it is still to begin
        assert meetings(recurrence, date(2026, 1, 1), date(2028, 5, 1)) == []
    else:
        assert last[1] <= now
        assert last[0] not in [day for day, _ in coming]


def test_two_o_clock_in_london_follows_both_changes_of_the_clock() -> None:
    weekly = Rhythm(meeting=every(1, "weeks", anchor=date(2026, 3, 1)))
    coming = [utc(moment) for _, moment in next_meetings(weekly, LONDON, at("2026-03-20"), 2)]
    assert coming == ["Thu 26 Mar 14:00", "Thu 02 Apr 13:00"]
    night = Rhythm(meeting=every(1, "weeks", weekday=6, at="01:30", anchor=date(2026, 3, 1)))
    assert utc(next_meetings(night, LONDON, at("2026-03-28"), 1)[0][1]) == "Sun 29 Mar 01:00"
    assert utc(next_meetings(night, LONDON, at("2026-10-24"), 1)[0][1]) == "Sun 25 Oct 00:30"


@pytest.mark.parametrize(
    ("recurrence", "said", "apart"),
    [
        (every(1, "weeks"), "every Thursday at 14:00", False),
        (every(2, "weeks"), "every second Thursday at 14:00", False),
        (every(3, "weeks"), "every third Thursday at 14:00", True),
        (every(8, "weeks"), "every 8 weeks on Thursday at 14:00", True),
        (every(1, "months", nth=1), "the first Thursday of the month at 14:00", True),
        (every(1, "months", nth=-1, weekday=4), "the last Friday of the month at 14:00", True),
        (every(2, "months", nth=2), "the second Thursday of every second month at 14:00", True),
        (every(12, "months", nth=1), "the first Thursday of every 12th month at 14:00", True),
    ],
)
def test_a_recurrence_is_said_in_words(recurrence: Recurrence, said: str, apart: bool) -> None:
    assert say_recurrence(check_recurrence(recurrence)) == said
    assert apart_over_a_fortnight(recurrence) is apart


@pytest.mark.parametrize(
    ("recurrence", "said"),
    [
        (every(0, "weeks"), "Meet every 1 to 26 weeks. Please pick a number between them."),
        (every(27, "weeks"), "Meet every 1 to 26 weeks. Please pick a number between them."),
        (every(13, "months", nth=1), "Meet every 1 to 12 months. Please pick a number between them."),
        (every(1, "weeks", weekday=7), "Please pick the day of the week you meet on."),
        (every(1, "months"), WHICH),
        (
            every(1, "months", nth=5),
            WHICH,
        ),
        (every(1, "weeks", at="2pm"), "I can't read “2pm” as a time. Write it as 09:00."),
        (every(1, "weeks", at="9:00"), "Write the time you meet as 09:00."),
    ],
)
def test_a_recurrence_that_cannot_be_is_answered_with_a_sentence(recurrence: Recurrence, said: str) -> None:
    assert sentence(lambda: check_recurrence(recurrence)) == said


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (("2026-12-03", "2026-12-07", "10:00"), ""),
        (("2026-12-03", "2026-11-27", "16:00"), ""),
        (("2026-12-03", "2026-12-17", "13:59"), ""),
        (
            ("2026-12-03", "2026-12-17", "14:00"),
            "The meeting after it is on Thursday 17 December. Please pick a day before that.",
        ),
        (
            ("2026-12-17", "2026-12-03", "10:00"),
            "The meeting before it is on Thursday. Please pick a day after that.",
        ),
        (("2026-12-04", "2026-12-07", "10:00"), "There is no meeting planned for Friday 4 December."),
        (("2026-12-03", "2026-11-26", "10:00"), "Thursday 26 November is in the past. Please pick a later day."),
        (("2026-12-03", "2026-11-27", "09:00"), "That time has passed. Please pick a later one."),
        (("2026-12-03", "2026-12-07", "25:00"), "I can't read “25:00” as a time. Write it as 09:00."),
    ],
)
def test_a_meeting_moves_only_ahead_and_between_its_neighbours(move: tuple[str, str, str], said: str) -> None:
    wish = moved(move).moved[0]
    assert sentence(lambda: check_move(moved(), LONDON, wish, at("2026-11-27", "12:00"))) == said


def test_the_first_meeting_of_all_may_move_ahead_of_its_day() -> None:
    wish = moved(("2026-11-05", "2026-11-02", "10:00")).moved[0]
    assert check_move(moved(), LONDON, wish, datetime.fromisoformat("2026-11-01T12:00Z")) == wish
