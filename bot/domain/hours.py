"""Hours: the clock on the wall, both changes of it, and the hours in which people may be sent anything."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from bot.domain.nations import next_working_day, working_day, working_day_from
from bot.domain.problems import Problem, ProblemCode
from bot.domain.zones import Zone, as_zone

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


def must_be_future(day: date, today: date, field: str | None = None, *, today_counts: bool = False) -> date:
    """`day`, if it is still to come and at most two years away. Raises Problem."""
    if day < today:
        raise Problem(ProblemCode.DAY_PAST, field, day=day, today=today)
    if day == today and not today_counts:
        raise Problem(ProblemCode.DAY_TODAY, field)
    if day - today > _FURTHEST:
        raise Problem(ProblemCode.DAY_TOO_FAR, field)
    return day
