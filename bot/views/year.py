"""*Our year*: a sheet to whoever asks, in sentences and in bars made of text. The page is in `year_page`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.bands import Band
from bot.domain.commitments import State
from bot.domain.questions import WORKING
from bot.domain.year import Month, ShownPulse, Year
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import blocks, menu
from bot.views.blocks import Bold
from bot.views.commitments import STATE_WORDS
from bot.views.dates import MONTHS, say_date
from bot.views.introductions import talks_line
from bot.views.pulse import ANSWERS, ASKED, BANDS
from bot.views.words import count, cut, listed, one_line

OPEN = "our_year_open"

WIDEST = 14
"""Blocks of the longest bar, so that a line fits a phone."""
OPEN_MARK, DONE_MARK, LET_GO_MARK = "█", "▒", "░"

MOST_THEMES = 8
MOST_PULSES = 4
"""Shown in the sheet, of each question; the newest."""
TAG_WIDTH = 16

PULSE_BARS = {Band.NEARLY_ALL: 4, Band.MOST: 3, Band.HALF: 2, Band.FEW: 1}

NO_PERSON = "Nothing here is by person."
NO_TALKS = "Introductions that led to a talk are counted from three on."
NO_THEMES = "No commitment carries a theme yet. The form of each has a place for two tags."
NO_PULSE = "No answers to a pulse were shown in this time."


year_button = menu.door("See our year", OPEN)


def year_sheet(year: Year, own: Mapping[State, int]) -> View:
    """`own`: the reader's own commitments of the year, by where they stand."""
    return blocks.sheet(
        "Our year",
        blocks.paragraph(Bold(one_line(year.group, 200)), f"\n{say_time_of(year)} {NO_PERSON}"),
        blocks.section(f"*Commitments*\n{commitments_sentence(year)}"),
        *(_months(year.months) if year.stand else []),
        blocks.section(f"*Yours, as only you are shown:* {yours(own)}"),
        blocks.paragraph(Bold("Themes"), f"\n{themes_sentence(year)}"),
        *([blocks.preformatted(_themes(year))] if year.themes else []),
        blocks.section(f"*Introductions*\n{talks_sentence(year)}"),
        *([blocks.preformatted(f"{bar(year.talks, scale_of([year.talks]))} {year.talks}")] if year.talks else []),
        *_pulses(year),
    )


# -- sentences, of the sheet and the page ----------------------------------------------------------


def say_month(first: date) -> str:
    """“November 2026”."""
    return f"{MONTHS[first.month - 1]} {first.year}"


def say_time_of(year: Year) -> str:
    """Of one month, that; else the first and the last."""
    if len(year.months) == 1:
        return f"{say_month(year.since)}, up to today."
    return f"From {say_month(year.since)} to {say_month(year.months[-1].first)}."


def commitments_sentence(year: Year) -> str:
    """How many were held, and where they stand: never whose."""
    total = sum(year.stand.values())
    if not total:
        return "We held no commitments in this time."
    still = {state: n for state, n in year.stand.items() if state.open}
    ended = {state: n for state, n in year.stand.items() if not state.open}
    said = [f"We held {count(total, 'commitment')}."]
    if still:
        said.append(f"Open now: {by_state(still)}.")
    if ended:
        said.append(f"Ended: {by_state(ended)}.")
    return " ".join(said)


def by_state(counts: Mapping[State, int]) -> str:
    """“3 moving, 2 need tending and 1 stuck”, in the order of the states."""
    tending = "needs tending" if counts.get(State.TENDING) == 1 else "need tending"
    words = STATE_WORDS | {State.STUCK: "stuck", State.TENDING: tending}
    return listed([f"{counts[state]} {words[state]}" for state in State if counts.get(state)])


def yours(own: Mapping[State, int]) -> str:
    """`own`: of the reader's commitments; nobody else is shown it."""
    return f"{by_state(own)}." if any(own.values()) else "none in this time."


def themes_sentence(year: Year) -> str:
    """The three tags used most, with their numbers; or that there are none."""
    if not year.themes:
        return NO_THEMES
    named = [f"{one_line(theme.tag, 40)} ({theme.total})" for theme in year.themes[:3]]
    none = f" {count(year.untagged, 'commitment')} without a theme." if year.untagged else ""
    return f"What we tagged most often: {listed(named)}.{none}"


def talks_sentence(year: Year) -> str:
    """Nothing under three: one talk would name two people."""
    return talks_line(year.talks) if year.talks else NO_TALKS


def pulse_sentence(shown: Sequence[ShownPulse], today: date) -> str:
    """Of one question: how it was answered last."""
    last = shown[-1]
    said = listed([f"{band.casefold()} “{answer}”" for answer, band in answers_of(last)])
    times = "once" if len(shown) == 1 else f"{len(shown)} times"
    return f"Answers were shown {times}. On {say_date(last.day, today)} we said: {said}."


def answers_of(one: ShownPulse) -> list[tuple[str, str]]:
    """Each answer with its band, in words, in the order of the question's choices."""
    words = ANSWERS[one.question]
    return [(words[each.choice], BANDS[each.band]) for each in one.spread if each.choice in words]


def by_question(year: Year) -> list[tuple[str, list[ShownPulse]]]:
    """What was shown of each question, in the questions' order; those without are left out."""
    found: dict[str, list[ShownPulse]] = {reference: [] for reference in ASKED}
    for one in year.pulses:
        found[one.question].append(one)
    return [(reference, shown) for reference, shown in found.items() if shown]


# -- bars ------------------------------------------------------------------------------------------


def scale_of(totals: Iterable[int]) -> int:
    """How many one block stands for."""
    return max(1, -(-max(totals, default=0) // WIDEST))


def bar(number: int, scale: int, mark: str = OPEN_MARK) -> str:
    """Whatever there is, be it less than a block, has one."""
    return mark * -(-number // scale)


def _months(months: Sequence[Month]) -> list[Block]:
    scale = scale_of(one.total for one in months)
    lines = []
    for one in months:
        done, gone = one.held.get(State.DONE, 0), one.held.get(State.LET_GO, 0)
        drawn = bar(one.total - done - gone, scale) + bar(done, scale, DONE_MARK) + bar(gone, scale, LET_GO_MARK)
        lines.append(f"{MONTHS[one.first.month - 1][:3]} {one.first.year} {drawn} {one.total}".rstrip())
    each = f" One block is up to {scale}." if scale > 1 else ""
    legend = (
        f"{OPEN_MARK} open as the month ended, {DONE_MARK} done in it, {LET_GO_MARK} let go in it; then how "
        f"many in all.{each}"
    )
    return [blocks.preformatted("\n".join(lines)), blocks.context(legend)]


def _themes(year: Year) -> str:
    shown = year.themes[:MOST_THEMES]
    scale = scale_of(theme.total for theme in shown)
    names = [one_line(theme.tag, TAG_WIDTH) for theme in shown]
    width = max(map(len, names))
    lines = [
        f"{name:<{width}} {bar(theme.total, scale)} {theme.total}" for name, theme in zip(names, shown, strict=True)
    ]
    left = len(year.themes) - len(shown)
    return "\n".join([*lines, *([f"and {left} more"] if left else [])])


def _pulses(year: Year) -> list[Block]:
    found = by_question(year)
    if not found:
        return [blocks.section(f"*Is it working?*\n{NO_PULSE}")]
    parts: list[Block] = []
    for reference, shown in found:
        title = "Is it working?" if reference == WORKING.reference else "Between itself"
        parts.append(blocks.section(f"*{title}*\n{pulse_sentence(shown, year.today)}"))
        parts.append(blocks.preformatted("\n".join(_pulse(one, year.today) for one in shown[-MOST_PULSES:])))
    return parts


def _pulse(one: ShownPulse, today: date) -> str:
    lines = [say_date(one.day, today)]
    for each in one.spread:
        # of one width, so that the bars begin under each other
        words = cut(ANSWERS[one.question].get(each.choice, ""), 13)
        lines.append(f"  {words:<13} {OPEN_MARK * PULSE_BARS[each.band]} {BANDS[each.band].casefold()}")
    return "\n".join(lines)
