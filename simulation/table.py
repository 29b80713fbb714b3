"""The figures as a table to read, and as JSON to compare."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from simulation.figures import Figures, Row


def table(found: Figures, seed: int) -> str:
    return "\n".join(_lines(found, seed)) + "\n"


def as_json(found: Figures, seed: int) -> str:
    said = {"seed": seed} | asdict(found) | {"broken": found.broken, "missed": found.missed}
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def _lines(found: Figures, seed: int) -> Iterator[str]:
    groups = "1 group" if found.groups == 1 else f"{found.groups} groups"
    weeks = "1 week" if found.weeks == 1 else f"{found.weeks:g} weeks"
    yield f"{found.leaders} leaders in {groups}, {weeks}, seed {seed}"
    yield ""
    yield f"{'':32}{'of':>6}{'mean':>8}{'most':>6}"
    yield _row("Unasked messages, leader a week", found.unasked)
    if found.unasked_nine != found.unasked:
        yield _row("of those, the group of nine", found.unasked_nine)
    yield _row("Posts in a channel, day with any", found.posts)
    for how, taps in found.taps.items():
        yield _row(f"Taps to answer, {how}", taps)
    for kind, words in found.words.items():
        yield _row(f"Words in a {kind}", words)
    yield ""
    share = found.answered / found.check_ins if found.check_ins else 0.0
    yield f"Check-ins answered: {found.answered} of {found.check_ins}, {share:.0%}"
    yield f"Asks that found somebody: {found.asks_that_found_somebody} of {found.asks}"
    yield from _together(found)
    yield f"Sentences saved: {found.said_to_everyone} for everyone, {found.said_to_nobody} for their author alone"
    yield f"Lost: {len(found.lost)}"
    yield f"Sent twice: {len(found.doubled)}"
    yield f"Private words found elsewhere than with their author: {len(found.leaked)}"
    yield f"Shown after it was changed or pulled back: {len(found.stale)}"
    yield f"While away, after leaving or out of hours: {len(found.untimely)}"
    if found.broken or found.missed:
        yield ""
    yield from (f"Broken. {fault}" for fault in found.broken)
    yield from (f"Missed. {fault}" for fault in found.missed)


def _together(found: Figures) -> Iterator[str]:
    of = found.together
    yield f"Questions to all: {of['questions']}, answered by {of['answers']}, shown {of['answers shown']}"
    stood = f"{of['changes asked']} asked to be changed, {of['came to stand']} came to stand"
    yield f"Wordings of a purpose: {of['wordings of a purpose']}, {stood}"
    answered = ", ".join(map(str, found.pulses)) or "nobody"
    yield f"Pulses: {len(found.pulses)}, answered by {answered}, shown {found.pulses_shown}"
    yield f"Reviews: {of['reviews']}, placed by {of['placed by']}, commitments shown {of['commitments shown']}"


def _row(what: str, row: Row) -> str:
    return f"{what:32}{row.count:>6}{row.mean:>8.2f}{row.most:>6}"
