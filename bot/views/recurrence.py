"""When a group meets, as a form asks: the next meeting, how often, and on which weekday after that."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.hours import must_be_future
from bot.domain.rhythm import Recurrence
from bot.ports import StateValues
from bot.ports.blocks import Block
from bot.views import inputs
from bot.views.dates import WEEKDAYS, read_day

FIRST_MEETING = "first_meeting"
MEETS_AT = "meets_at"
EVERY = "every"
WEEKDAY = "weekday"
SAME_DAY = "same"

EVERY_CHOICES = {
    "weeks:1": "Every week",
    "weeks:2": "Every two weeks",
    "weeks:3": "Every three weeks",
    "weeks:4": "Every four weeks",
    "months:1": "Every month, on that weekday",
    "months:2": "Every two months, on that weekday",
    "months:3": "Every three months, on that weekday",
}
"""Which week or which of the month it is follows from the day of the next meeting; so does the weekday, unless
another is chosen."""


def every_choice(meeting: Recurrence) -> str:
    """As the menu's value: `weeks:2`."""
    return f"{meeting.every}:{meeting.interval}"


def recurrence_inputs(day: date, at: str, every: str, *, weekday: bool) -> list[Block]:
    """`weekday`: with a choice of another one for the meetings after the next."""
    choices = [inputs.option(text, value) for value, text in EVERY_CHOICES.items()]
    weekdays = [inputs.option("The same weekday", SAME_DAY)]
    weekdays += [inputs.option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    after = inputs.asked(WEEKDAY, "After that, on", inputs.select(WEEKDAY, weekdays, SAME_DAY), optional=False)
    return [
        inputs.date_input(FIRST_MEETING, "Next meeting", initial=day.isoformat()),
        inputs.time_input(MEETS_AT, "At", initial=at),
        inputs.asked(EVERY, "How often", inputs.select(EVERY, choices, every), optional=False),
        *([after] if weekday else []),
    ]


def read_recurrence(values: StateValues, today: date) -> Recurrence:
    """Raises Problem at the field: no day, or one in the past."""
    planned = _planned(values, _first(values, today))
    chosen = inputs.chosen(values, EVERY)
    unit, interval = (chosen if chosen in EVERY_CHOICES else "weeks:2").split(":")
    nth = (planned.day - 1) // 7 + 1
    nth = nth if nth < 5 else -1  # not every month has a fifth, so that is the last
    return Recurrence(
        every="months" if unit == "months" else "weeks",
        interval=int(interval),
        weekday=planned.weekday(),
        at=inputs.chosen(values, MEETS_AT) or "14:00",
        anchor=planned,
        nth=None if unit == "weeks" else nth,
    )


def read_exception(values: StateValues, today: date) -> date | None:
    """The day of the next meeting, where it is not on the weekday that is chosen for those after it."""
    first = _first(values, today)
    return None if _planned(values, first) == first else first


def _first(values: StateValues, today: date) -> date:
    day = read_day(inputs.chosen(values, FIRST_MEETING), FIRST_MEETING)
    return must_be_future(day, today, FIRST_MEETING, today_counts=True)


def _planned(values: StateValues, first: date) -> date:
    """The chosen weekday of the same week."""
    chosen = inputs.chosen(values, WEEKDAY)
    if chosen not in map(str, range(7)):
        return first
    return first + timedelta(days=int(chosen) - first.weekday())
