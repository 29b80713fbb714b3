"""Hours: the wall clock, both changes of it, the hours in which people may be sent anything, and dates in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from bot.domain.nations import (
    find_nation,
    nation_name,
    nation_of,
    next_working_day,
    previous_working_day,
    working_day,
    working_day_from,
    working_day_until,
)
from bot.domain.problems import Problem, ProblemCode
from bot.domain.zones import Zone, as_zone, find_zone, zone

__all__ = [
    "MONTHS",
    "Zone",
    "find_nation",
    "find_zone",
    "from_local",
    "hours_known",
    "must_be_future",
    "nation_name",
    "nation_of",
    "next_allowed",
    "next_working_day",
    "previous_working_day",
    "read_clock",
    "read_day",
    "to_local",
    "working_day",
    "working_day_from",
    "working_day_until",
    "zone",
]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_FURTHEST = timedelta(days=731)


@lru_cache(maxsize=4096)
def from_local(day: date, clock: str, where: Zone) -> datetime:
    """The moment (UTC) at which a clock on the wall there shows `clock` (`HH:MM`) on `day`.

    A time that does not exist that day is the first moment after the gap; one that comes twice is the first. It
    follows from its arguments alone, and leaders share them: a look at a group asks several times for each.
    """
    info = as_zone(where)
    local = datetime.combine(day, _clock(clock), tzinfo=info)
    moment = local.astimezone(UTC)
    if moment.astimezone(info).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    # it does not exist: the clock jumps over it that day
    return _end_of_gap(local.replace(fold=1).astimezone(UTC), moment, info)


@cache
def _clock(clock: str) -> time:
    return time.fromisoformat(read_clock(clock))


def _end_of_gap(before: datetime, after: datetime, info: ZoneInfo) -> datetime:
    """The second at which the clock changed, somewhere after `before` and not after `after`."""
    old = before.astimezone(info).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(info).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def to_local(now: datetime, where: Zone) -> datetime:
    """`now` as the clock on the wall shows it there."""
    return now.astimezone(as_zone(where))


def hours_known(where: Zone, nation: str, now: datetime) -> bool:
    """Whether zone and nation are known to us. What was stored may be of another release, or damaged."""
    try:
        working_day(to_local(now, where).date(), nation)
    except Problem:
        return False
    return True


def next_allowed(moment: datetime, where: Zone, nation: str, start: str, end: str) -> datetime:
    """`moment` itself inside the hours of a working day, else the start of the next such hours (UTC)."""
    day = working_day_from(to_local(moment, where).date(), nation)
    # no run of holidays is as long; hours that end before they begin would never give one
    for _ in range(100):
        allowed = max(moment.astimezone(UTC), from_local(day, start, where))
        if allowed < from_local(day, end, where):
            return allowed
        day = next_working_day(day, nation)
    raise ValueError(f"No day has hours from {start} to {end}.")


def read_clock(typed: str, field: str | None = None) -> str:
    """A time of day as `HH:MM`, from what a picker gives or people type (`9:00`, `09.00`). Raises Problem."""
    found = re.fullmatch(r"\s*([0-9]{1,2})[:.]([0-9]{2})(?::00)?\s*", typed)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return f"{int(found[1]):02}:{found[2]}"
    raise Problem(ProblemCode.TIME_UNREADABLE, field, typed=typed)


def read_day(typed: str, field: str | None = None) -> date:
    """A date from what a picker gives (`2026-12-03`) or people type (`3/12/2026`, `3 December 2026`)."""
    text = " ".join(typed.split())[:40]
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text):
        numbers = (int(found[1]), int(found[2]), int(found[3]))
    elif found := re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})", text):
        numbers = (int(found[3]), int(found[2]), int(found[1]))
    elif found := re.fullmatch(r"([0-9]{1,2}) ([A-Za-z]{3,9})\.? ([0-9]{4})", text):
        word = found[2].casefold()
        months = [number for number, name in enumerate(MONTHS, 1) if name.casefold().startswith(word)]
        numbers = (int(found[3]), months[0] if months else 0, int(found[1]))  # month 0 is no such day
    else:
        raise Problem(ProblemCode.DAY_UNREADABLE, field, typed=typed)
    try:
        return date(*numbers)
    except ValueError:
        raise Problem(ProblemCode.NO_SUCH_DAY, field, typed=typed) from None


def must_be_future(day: date, today: date, field: str | None = None, *, today_counts: bool = False) -> date:
    """`day`, if it is still to come and at most two years away. Raises Problem."""
    if day < today:
        raise Problem(ProblemCode.DAY_PAST, field, day=day, today=today)
    if day == today and not today_counts:
        raise Problem(ProblemCode.DAY_TODAY, field)
    if day - today > _FURTHEST:
        raise Problem(ProblemCode.DAY_TOO_FAR, field)
    return day
