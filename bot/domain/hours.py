"""Hours: the wall clock, both changes of it, the hours in which people may be sent anything, and dates in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.nations import (
    find_nation,
    nation_name,
    nation_of,
    next_working_day,
    previous_working_day,
    public_holiday,
    working_day,
    working_day_from,
    working_day_until,
)
from bot.domain.problems import Problem
from bot.domain.spelling import quoted
from bot.domain.zones import Zone, as_zone, find_zone, zone, zone_label

__all__ = [
    "WEEKDAYS",
    "Zone",
    "find_nation",
    "find_zone",
    "from_local",
    "must_be_future",
    "nation_name",
    "nation_of",
    "next_allowed",
    "next_working_day",
    "previous_working_day",
    "public_holiday",
    "read_clock",
    "read_day",
    "say_day",
    "say_time",
    "to_local",
    "within_hours",
    "working_day",
    "working_day_from",
    "working_day_until",
    "zone",
    "zone_label",
]

# In words of our own: what strftime says depends on the server's locale.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
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


def from_local(day: date, clock: str, where: Zone) -> datetime:
    """The moment (UTC) at which a clock on the wall there shows `clock` (`HH:MM`) on `day`.

    A time that does not exist that day is the first moment after the gap; one that comes twice is the first.
    """
    info = as_zone(where)
    local = datetime.combine(day, _clock(clock), tzinfo=info)
    moment = local.astimezone(UTC)
    if moment.astimezone(info).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
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


def within_hours(now: datetime, where: Zone, nation: str, start: str, end: str) -> bool:
    """Is it a working day there, from `start` on and before `end` (`HH:MM` on the wall)?"""
    day = to_local(now, where).date()
    return working_day(day, nation) and from_local(day, start, where) <= now < from_local(day, end, where)


def next_allowed(moment: datetime, where: Zone, nation: str, start: str, end: str) -> datetime:
    """`moment` itself inside the hours of a working day, else the start of the next such hours (UTC)."""
    day = working_day_from(to_local(moment, where).date(), nation)
    for _ in range(100):
        allowed = max(moment.astimezone(UTC), from_local(day, start, where))
        if allowed < from_local(day, end, where):
            return allowed
        day = next_working_day(day, nation)
    raise ValueError(f"No day has hours from {start} to {end}.")


def say_time(moment: datetime, where: Zone) -> str:
    """“09:00 GMT”."""
    return f"{to_local(moment, where):%H:%M} {zone_label(moment, where)}"


def say_day(day: date, today: date) -> str:
    """“today”, “Thursday” in the coming six days, else “Thursday 3 December”, with its year when not plain."""
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    name = WEEKDAYS[day.weekday()]
    if 0 < ahead <= 6:
        return name
    year = f" {day.year}" if day.year != today.year or abs(ahead) > 183 else ""
    return f"{name} {day.day} {_MONTHS[day.month - 1]}{year}"


def read_clock(typed: str, field: str | None = None) -> str:
    """A time of day as `HH:MM`, from what a picker gives or people type (`9:00`, `09.00`). Raises Problem."""
    found = re.fullmatch(r"\s*([0-9]{1,2})[:.]([0-9]{2})(?::00)?\s*", typed)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return f"{int(found[1]):02}:{found[2]}"
    raise Problem(f"I can't read {quoted(typed)} as a time. Write it as 09:00.", field)


def read_day(typed: str, field: str | None = None) -> date:
    """A date from what a picker gives (`2026-12-03`) or people type (`3/12/2026`, `3 December 2026`)."""
    text = " ".join(typed.split())[:40]
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text):
        numbers = (int(found[1]), int(found[2]), int(found[3]))
    elif found := re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})", text):
        numbers = (int(found[3]), int(found[2]), int(found[1]))
    elif found := re.fullmatch(r"([0-9]{1,2}) ([A-Za-z]{3,9})\.? ([0-9]{4})", text):
        numbers = (int(found[3]), _month(found[2]), int(found[1]))
    else:
        raise Problem(f"I can't read {quoted(typed)} as a date. Write it as 2026-12-03.", field)
    try:
        return date(*numbers)
    except ValueError:
        raise Problem(f"There is no such day as {quoted(typed)}. Please pick another.", field) from None


def _month(typed: str) -> int:
    starts = [number for number, name in enumerate(_MONTHS, 1) if name.casefold().startswith(typed.casefold())]
    return starts[0] if starts else 0


def must_be_future(day: date, today: date, field: str | None = None, *, today_counts: bool = False) -> date:
    """`day`, if it is still to come and at most two years away. Raises Problem."""
    if day < today:
        raise Problem(f"{say_day(day, today)} is in the past. Please pick a later day.", field)
    if day == today and not today_counts:
        raise Problem("I need a day after today. Please pick a later day.", field)
    if day - today > _FURTHEST:
        raise Problem("That is more than two years away. Please pick an earlier day.", field)
    return day
