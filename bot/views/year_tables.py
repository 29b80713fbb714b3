"""A group's year as tables: under its pictures on the page, and as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.commitments import State
from bot.domain.year import Month, ShownPulse, Year
from bot.views.commitments import STATE_WORDS
from bot.views.pulse import ANSWERS, ASKED
from bot.views.spreadsheet import as_csv
from bot.views.year import answers_of

Table = list[list[str]]
"""Its first line has the heads."""


def commitments_table(months: Sequence[Month]) -> Table:
    """A line a month; of those done and let go, the ones of that month."""
    head = ["Month", *(STATE_WORDS[state].capitalize() for state in State), "All"]
    lines = [
        [f"{one.first:%Y-%m}", *(str(one.held.get(state, 0)) for state in State), str(one.total)] for one in months
    ]
    return [head, *lines]


def themes_table(year: Year) -> Table:
    """A line a tag, the one used most first; the same commitment counts under each of its tags."""
    lines = [
        [theme.tag, str(theme.open), str(theme.done), str(theme.let_go), str(theme.total)] for theme in year.themes
    ]
    return [["Tag", "Open", "Done", "Let go", "All"], *lines]


def talks_table(year: Year) -> Table:
    """Empty but for its head while there are fewer than three."""
    head = ["From", "To", "Introductions that led to a talk"]
    return [head, *([[f"{year.since}", f"{year.today}", str(year.talks)]] if year.talks else [])]


def pulse_table(shown: Sequence[ShownPulse]) -> Table:
    """A line for each answer that was shown."""
    lines = [[f"{one.day}", ASKED[one.question], answer, band] for one in shown for answer, band in answers_of(one)]
    return [["Day", "Question", "Answer", "How many"], *lines]


def answers_across(shown: Sequence[ShownPulse], heads: Sequence[str]) -> Table:
    """As the picture has them, of one question: a line an answer, a column each time."""
    bands = [dict(answers_of(one)) for one in shown]
    lines = [[words, *(each.get(words, "–") for each in bands)] for words in ANSWERS[shown[0].question].values()]
    return [["Answer", *heads], *lines]


def files(year: Year) -> dict[str, bytes]:
    """By their names."""
    tables = {
        "commitments": commitments_table(year.months),
        "themes": themes_table(year),
        "introductions": talks_table(year),
        "pulse": pulse_table(year.pulses),
    }
    return {f"{name}.csv": as_csv(table) for name, table in tables.items()}
