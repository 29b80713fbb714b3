"""Days, times, zones and meetings in words, a day read back as it was typed, and what comes next."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from bot.domain.due import Event, Upcoming
from bot.domain.hours import to_local
from bot.domain.meetings import apart_over_a_fortnight
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rhythm import Recurrence
from bot.domain.zones import Zone, as_zone

# In words of our own: what strftime says depends on the server's locale.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
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
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_EVERY = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def how_often(meeting: Recurrence) -> str:
    """A group is asked: each week, where its meetings are further apart than a fortnight."""
    return "each week" if apart_over_a_fortnight(meeting) else "before each meeting"


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
    # half a year off, a day without its year may be read as the other one
    year = f" {day.year}" if day.year != today.year or abs(ahead) > 183 else ""
    return f"{name} {day.day} {MONTHS[day.month - 1]}{year}"


def say_day_of(moment: datetime, where: Zone, now: datetime) -> str:
    """The day of a moment there, as `say_day`."""
    return say_day(to_local(moment, where).date(), to_local(now, where).date())


def say_day_and_time(moment: datetime, where: Zone, now: datetime) -> str:
    """“today at 09:00 GMT”, “on Thursday at 09:00 GMT”."""
    day = say_day_of(moment, where, now)
    return f"{day if day == 'today' else f'on {day}'} at {say_time(moment, where)}"


def say_dated(moment: datetime, where: Zone) -> str:
    """The day of a moment there with its date, as it would be said a week before: for what stays where it is."""
    return say_dated_day(to_local(moment, where).date())


def say_dated_day(day: date) -> str:
    """As `say_dated`."""
    return say_day(day, day - timedelta(days=7))


def say_dated_time(moment: datetime, where: Zone) -> str:
    """“Thursday 3 December, 14:00 GMT”, as `say_dated`: until when something is open."""
    return f"{say_dated(moment, where)}, {say_time(moment, where)}"


def say_whole_day(day: date, today: date) -> str:
    """“Thursday 3 December” however near it is: for what is read again on another day."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def say_since(day: date, today: date) -> str:
    """“Tuesday” of the past six days or of today, which stays right tomorrow; else as `say_day`."""
    return WEEKDAYS[day.weekday()] if 0 <= (today - day).days <= 6 else say_day(day, today)


def say_date(day: date, today: date) -> str:
    """“9 November”, with its year where that is another: for a list, where the weekday says nothing."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


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


def say_zone(name: str) -> str:
    """What people call a zone all year round: “London time”, “New York time”, “UTC”."""
    return f"{name.rsplit('/', 1)[-1].replace('_', ' ')} time" if "/" in name else name


def zone_label(moment: datetime, where: Zone) -> str:
    """What people call the zone's clock at that moment: “GMT”, “IST”, or “UTC+5:45” where it has no name."""
    local = moment.astimezone(as_zone(where))
    name = local.tzname() or ""
    # where a zone has no letters of its own, the name is an offset already, such as “+0545”
    if name.isalpha():
        return name
    minutes = round((local.utcoffset() or timedelta()) / timedelta(minutes=1))
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def say_meetings(recurrence: Recurrence, where: str) -> str:
    """As `say_recurrence`, with whose clock it is: “every second Thursday at 14:00, London time”."""
    return f"{say_recurrence(recurrence)}, {say_zone(where)}"


def say_recurrence(recurrence: Recurrence) -> str:
    """“every second Thursday at 14:00”, “the first Thursday of the month at 14:00”."""
    weekday, interval = WEEKDAYS[recurrence.weekday], recurrence.interval
    if recurrence.every == "months":
        months = "the month" if interval == 1 else f"every {_EVERY.get(interval, f'{interval}th')} month"
        return f"the {_NTH[recurrence.nth or 1]} {weekday} of {months} at {recurrence.at}"
    if interval == 1:
        return f"every {weekday} at {recurrence.at}"
    if interval in _EVERY:
        return f"every {_EVERY[interval]} {weekday} at {recurrence.at}"
    return f"every {interval} weeks on {weekday} at {recurrence.at}"


_UPCOMING = {
    Event.NEXT_ROUND: "the next round of {of}",
    Event.CLOSING: "answers close in {of}",
    Event.CHECK_IN: "check-in for {of}",
    Event.NUDGE: "a nudge",
    Event.LETTER: "a letter for {of}",
    Event.DIGEST: "digest of {of}",
    Event.BRIEF: "brief of {of}",
    Event.CAPTURE: "capture of {of}",
    Event.ANOTHER_DAY: "another day",
}


def say_upcoming(what: Upcoming) -> str:
    """For the demo's clock: “check-in for Sam”."""
    return _UPCOMING[what.event].format(of=what.of)
