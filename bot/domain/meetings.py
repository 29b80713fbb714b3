"""Meetings: the days a group plans to meet, and when it does since meetings move."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

from bot.domain.hours import from_local, must_be_future, read_clock, to_local
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rhythm import Moved, Recurrence, Rhythm
from bot.domain.zones import Zone

Meeting = tuple[date, datetime]
"""A meeting: the day it was planned for, which is its identity, and the moment it takes place (UTC)."""

_NTH = (1, 2, 3, 4, -1)
"""Which of its weekday in a month a meeting is; -1 is the last."""

NUDGE_PERCENTS = (40, 60, 80)
"""Of the time to answer, gone by when the one reminder comes."""

MOST_WEEKS, MOST_MONTHS = 26, 12
"""Between two meetings."""


def meetings(recurrence: Recurrence, from_day: date, until_day: date) -> list[date]:
    """The planned days from `from_day` to `until_day`, both included, in order."""
    return list(takewhile(lambda day: day <= until_day, planned_from(recurrence, from_day)))


def planned_from(recurrence: Recurrence, from_day: date) -> Iterator[date]:
    """The planned days from `from_day` on, in order, without end."""
    first = max(from_day, recurrence.anchor)
    days = _by_weeks(recurrence, first) if recurrence.every == "weeks" else _by_months(recurrence, first)
    return (day for day in days if day >= first)


def _by_weeks(recurrence: Recurrence, first: date) -> Iterator[date]:
    """Starts at or before `first`; weeks are counted from the anchor's Monday."""
    step = timedelta(weeks=recurrence.interval)
    start = recurrence.anchor + timedelta(days=recurrence.weekday - recurrence.anchor.weekday())
    day = start + max(0, (first - start) // step) * step
    while True:
        yield day
        day += step


def _by_months(recurrence: Recurrence, first: date) -> Iterator[date]:
    anchor = recurrence.anchor.year * 12 + recurrence.anchor.month - 1
    gone = (first.year * 12 + first.month - 1 - anchor) // recurrence.interval
    month = anchor + max(0, gone) * recurrence.interval
    while True:
        yield _nth_weekday(month // 12, month % 12 + 1, recurrence.nth or 1, recurrence.weekday)
        month += recurrence.interval


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth == -1:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=nth - 1)


def is_planned(recurrence: Recurrence, day: date) -> bool:
    """Whether the recurrence falls on that day, moved or skipped or not."""
    return next(planned_from(recurrence, day)) == day


def meeting_at(rhythm: Rhythm, zone: Zone, planned: date) -> datetime:
    """When the meeting planned for that day takes place (UTC): where it moved last, or as planned."""
    moved = _moves(rhythm).get(planned)
    return from_local(moved.to, moved.at, zone) if moved else from_local(planned, rhythm.meeting.at, zone)


def _moves(rhythm: Rhythm) -> dict[date, Moved]:
    """The last move of each meeting that is still planned: a change of the recurrence leaves old moves behind."""
    return {move.planned: move for move in rhythm.moved if is_planned(rhythm.meeting, move.planned)}


def next_meetings(rhythm: Rhythm, zone: Zone, now: datetime, count: int) -> list[Meeting]:
    """The `count` meetings that start after `now`, in the order they take place, moves applied."""
    moves = _moves(rhythm)
    days = planned_from(rhythm.meeting, to_local(now, zone).date())
    # one more than asked for: today's may have begun
    usual = islice((day for day in days if day not in moves and day not in rhythm.skipped), count + 1)
    coming = [(day, meeting_at(rhythm, zone, day)) for day in (*usual, *moves) if day not in rhythm.skipped]
    return sorted((one for one in coming if one[1] > now), key=lambda one: one[1])[:count]


def last_meeting(rhythm: Rhythm, zone: Zone, now: datetime) -> Meeting | None:
    """The latest meeting that has started by `now`, or None before the first."""
    moves = _moves(rhythm)
    today = to_local(now, zone).date()
    planned = meetings(rhythm.meeting, today - _back(rhythm.meeting), today)
    held = [day for day in planned if day not in moves and day not in rhythm.skipped]
    moved = [day for day in moves if day not in rhythm.skipped]
    past = [(day, meeting_at(rhythm, zone, day)) for day in (*held[-2:], *moved)]  # today's may not have begun
    return max((one for one in past if one[1] <= now), key=lambda one: one[1], default=None)


def check_skip(rhythm: Rhythm, zone: Zone, planned: date, now: datetime) -> date:
    """The day of a meeting that can still be skipped: one that is planned, and ahead. Raises Problem."""
    if not is_planned(rhythm.meeting, planned) or planned in rhythm.skipped:
        raise Problem(ProblemCode.NO_MEETING_THEN, day=planned, today=to_local(now, zone).date())
    if meeting_at(rhythm, zone, planned) <= now:
        raise Problem(ProblemCode.TIME_PASSED)
    return planned


def apart_over_a_fortnight(recurrence: Recurrence) -> bool:
    """Whether two meetings are more than 14 days apart, so that there is a round each week."""
    return recurrence.every == "months" or recurrence.interval > 2


def check_recurrence(recurrence: Recurrence) -> Recurrence:
    """The recurrence, if a group can meet like that. Raises Problem; its field is the record's field."""
    weekly = recurrence.every == "weeks"
    if not 1 <= recurrence.interval <= (MOST_WEEKS if weekly else MOST_MONTHS):
        if weekly:
            raise Problem(ProblemCode.INTERVAL_OF_WEEKS, "interval", most=MOST_WEEKS)
        raise Problem(ProblemCode.INTERVAL_OF_MONTHS, "interval", most=MOST_MONTHS)
    if not 0 <= recurrence.weekday <= 6:
        raise Problem(ProblemCode.WEEKDAY_MISSING, "weekday")
    if not weekly and recurrence.nth not in _NTH:
        raise Problem(ProblemCode.NTH_MISSING, "nth")
    if read_clock(recurrence.at, "at") != recurrence.at:
        raise Problem(ProblemCode.MEETING_TIME, "at")
    return recurrence


def check_first(meeting: Recurrence, zone: Zone, now: datetime) -> None:
    """Raises Problem where the day it was given is today, and the time has passed."""
    if from_local(meeting.anchor, meeting.at, zone) <= now:
        raise Problem(ProblemCode.TIME_PASSED, "at")


def check_move(rhythm: Rhythm, zone: Zone, move: Moved, now: datetime) -> Moved:
    """The move, if that meeting can go there: ahead, and still between the meetings before and after it, since
    rounds keep the order in which meetings were planned. Raises Problem; its field is the record's field.
    """
    today = to_local(now, zone).date()
    if not is_planned(rhythm.meeting, move.planned):
        raise Problem(ProblemCode.NO_MEETING_THEN, "planned", day=move.planned, today=today)
    to = from_local(must_be_future(move.to, today, "to", today_counts=True), read_clock(move.at, "at"), zone)
    if to <= now:
        raise Problem(ProblemCode.TIME_PASSED, "at")
    after = next(planned_from(rhythm.meeting, move.planned + timedelta(days=1)))
    if to >= meeting_at(rhythm, zone, after):
        day = to_local(meeting_at(rhythm, zone, after), zone).date()
        raise Problem(ProblemCode.NOT_AFTER_NEXT_MEETING, "to", day=day, today=today)
    day_before = move.planned - timedelta(days=1)
    earlier = meetings(rhythm.meeting, move.planned - _back(rhythm.meeting), day_before)
    if earlier and to <= meeting_at(rhythm, zone, earlier[-1]):
        day = to_local(meeting_at(rhythm, zone, earlier[-1]), zone).date()
        raise Problem(ProblemCode.NOT_BEFORE_LAST_MEETING, "to", day=day, today=today)
    return move


def _back(recurrence: Recurrence) -> timedelta:
    """Far enough to look back over two meetings, whatever the recurrence."""
    return timedelta(days=62 * recurrence.interval + 14)


def check_rhythm(rhythm: Rhythm) -> Rhythm:
    """The rhythm, if a group can live by it. Raises Problem; its field is the record's field."""
    check_recurrence(rhythm.meeting)
    if not 2 <= rhythm.checkin_days_before <= 10:
        raise Problem(ProblemCode.CHECKIN_DAYS, "checkin_days_before")
    if not 0 <= rhythm.checkin_weekday <= 2:
        raise Problem(ProblemCode.CHECKIN_WEEKDAY, "checkin_weekday")
    if rhythm.nudge_percent not in NUDGE_PERCENTS:
        raise Problem(ProblemCode.NUDGE_TIME, "nudge_percent")
    for field in ("digest_at", "brief_at", "hours_from", "hours_to"):
        if read_clock(getattr(rhythm, field), field) != getattr(rhythm, field):
            raise Problem(ProblemCode.CLOCK_TIME, field)
    if not rhythm.hours_from < "12:00" < rhythm.hours_to:
        raise Problem(ProblemCode.HOURS, "hours_to")
    return rhythm
