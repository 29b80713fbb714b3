"""A group's year as one page to print: pictures, each with a sentence and its figures. `year.html` lays it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.questions import WORKING
from bot.domain.year import ShownPulse, Year
from bot.views import year_charts as charts
from bot.views import year_tables as tables
from bot.views.dates import MONTHS
from bot.views.html import template
from bot.views.pulse import ASKED
from bot.views.year import (
    NO_PERSON,
    NO_PULSE,
    by_question,
    commitments_sentence,
    pulse_sentence,
    say_time_of,
    talks_sentence,
    themes_sentence,
)
from bot.views.year_tables import Table

MOST_THEMES = 8
MOST_PULSES = 9
MOST_OF_BOT = 4
"""On the page; the newest. All of them are in the CSV."""

EXPLAINED = (
    "Each bar holds a month's commitments by where they stood as it ended; done and let go, those of that month."
)
FILLED = "A box is full for nearly all, three quarters full for most, half for about half, a quarter for a few."


@dataclass(frozen=True)
class Figure:
    """A picture and its figures."""

    svg: str
    table: Table


@dataclass(frozen=True)
class Part:
    """`beside`: its figures stand beside the picture."""

    title: str
    sentence: str
    figure: Figure | None = None
    beside: bool = False


def page(year: Year) -> str:
    """HTML with its pictures in it: no script, nothing to load."""
    pulses = [_pulse(year, reference, shown) for reference, shown in by_question(year)]
    return template("year.html").render(
        title=f"{year.group}: our year",
        when=say_time_of(year),
        note=f"{NO_PERSON} The same figures lie beside this page as CSV.",
        parts=[_commitments(year), _themes(year), _talks(year), *(pulses or [Part("Is it working?", NO_PULSE)])],
    )


def _commitments(year: Year) -> Part:
    said = commitments_sentence(year)
    if not any(month.total for month in year.months):
        return Part("Commitments", said)
    drawn = charts.commitments_chart(year.months, said)
    head, *lines = tables.commitments_table(year.months)
    short = [charts.say_short_month(month) for month in year.months]
    turned = [list(column) for column in zip(head, *lines, strict=True)]
    return Part("Commitments", f"{said} {EXPLAINED}", Figure(drawn, [["As it ended", *short], *turned[1:]]))


def _themes(year: Year) -> Part:
    said = themes_sentence(year)
    shown = year.themes[:MOST_THEMES]
    if not shown:
        return Part("Themes", said)
    left = len(year.themes) - len(shown)
    more = f" {left} more are in the CSV." if left > 0 else ""
    table = tables.themes_table(year)[: MOST_THEMES + 1]
    return Part("Themes", f"{said}{more}", Figure(charts.themes_chart(shown, said), table), beside=True)


def _talks(year: Year) -> Part:
    said = talks_sentence(year)
    if not year.talks:
        return Part("Introductions", said)
    table = tables.talks_table(year)
    return Part("Introductions", said, Figure(charts.talks_chart(year.talks, said), table), beside=True)


def _pulse(year: Year, reference: str, shown: Sequence[ShownPulse]) -> Part:
    working = reference == WORKING.reference
    kept = shown[-(MOST_PULSES if working else MOST_OF_BOT) :]
    said = pulse_sentence(shown, year.today)
    days = [f"{one.day.day} {MONTHS[one.day.month - 1][:3]}" for one in kept]
    drawn = charts.pulse_chart("pulse" if working else "between", kept, days, said)
    table = tables.answers_across(kept, days)
    title = "Is it working?" if working else "And Between itself?"
    told = f"{ASKED[reference]} {said}"
    beside = len(kept) <= charts.MOST_IN_HALF  # across the whole sheet its letters would be twice as large
    return Part(title, f"{told} {FILLED}" if working else told, Figure(drawn, table), beside=beside)
