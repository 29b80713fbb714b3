"""The scenes of a transcript that are the documentation's example, and whether one still reads as the bot does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulation.cast import DEFAULT
from simulation.words import MARK

MOST_LINES = 34
"""Of one scene; what goes on is left out, and said so."""
LEFT_OUT = "    …"

FIRST = """# A quarter, in some of its scenes

Nine leaders meet every other week. This is cut from the transcript of `between simulate`, and `make example`
writes it anew; nobody edits it. What each person does stands at the left, and below it what they or the channel
then see. Each sentence that somebody wrote has a word of its own, such as *lark12*, by which the simulation knows
it again wherever it is shown: [how that is measured](simulation.md).
"""


@dataclass(frozen=True)
class Scene:
    """From the first line, after the scene before, that has these words. What somebody does lasts until somebody
    else does something; a post is one message."""

    title: str
    words: str


SCENES = (
    Scene("Nothing new: one tap", "presses [Nothing new]."),
    Scene("A question to all", "presses [Put a question to all]."),
    Scene("Answered alone, from a check-in", "presses [Answer the question]."),
    Scene("Shown together, on its day", "| (Answers to “"),
    Scene("A purpose is drafted", "presses [Draft a purpose]."),
    Scene("Somebody would change it", "presses [I would change this…]."),
    Scene("It is put to all in other words", "presses [Suggest other words]."),
    Scene("Somebody can live with it", "presses [I can live with it]."),
    Scene("It stands", "This is what we are here for, since"),
    Scene("The pulse: two taps", "presses [Choose]."),
    Scene("What the digest says of it, from five answers on", "| (Young carers: the digest"),
    Scene("A review begins", "presses [Start a review]."),
    Scene("Commitments are placed, alone", "presses [Place them]."),
    Scene("What it showed", "| (What the review showed"),
)
SPREAD = "| *Is what we're doing now really working?*"
"""In the digest of the scenes: there is one in every round, and few have this."""


def example(transcript: str) -> str:
    """As Markdown. Raises ValueError where a scene was not played."""
    parts = [FIRST]
    for scene, moment, lines in _played(transcript.splitlines()):
        shown = lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], LEFT_OUT]
        parts.append("\n".join([f"## {scene.title}", "", moment, "", "```", *shown, "```", ""]))
    return "\n".join(parts)


def stale(written: str, transcript: str) -> list[str]:
    """Lines of an example that nobody sees any more, whatever names, days and numbers are in them. What people
    wrote is left out: that is the dice's."""
    now = {_plain(line) for line in transcript.splitlines()}
    quoted = [line for block in written.split("```")[1::2] for line in block.splitlines() if line != LEFT_OUT]
    return [line for line in quoted if not _peoples(line) and _plain(line) not in now]


def _played(lines: list[str]) -> Iterator[tuple[Scene, str, list[str]]]:
    at = 0
    for scene in SCENES:
        at = next((n for n in range(at, len(lines)) if _begins(scene, lines, n)), -1)
        if at < 0:
            raise ValueError(f"Nobody plays {scene.title!r} after the scenes before it.")
        first = at if lines[at].endswith("].") else _head(lines, at)
        last = _end(lines, first)
        moment = next(lines[n] for n in range(at, -1, -1) if lines[n].startswith("———"))
        yield scene, moment.removeprefix("——— "), lines[first:last]


def _head(lines: list[str], at: int) -> int:
    """Of the post in which it stands: to whom it goes. What joined a day's post is not its first line."""
    return next(n for n in range(at, -1, -1) if not lines[n].startswith("    "))


def _begins(scene: Scene, lines: list[str], n: int) -> bool:
    if scene.words not in lines[n]:
        return False
    return "the digest" not in scene.words or any(SPREAD in line for line in lines[n : _end(lines, n)])


def _end(lines: list[str], first: int) -> int:
    """A post ends with the next head; what somebody does with the next person, or the next moment."""
    post, doer = lines[first].startswith("  "), lines[first].partition(" ")[0]
    for n in range(first + 1, len(lines)):
        another = not lines[n].startswith("    ") if post else lines[n][:1] not in ("", " ")
        if not lines[n] or (another and (post or lines[n].partition(" ")[0] != doer)):
            return n
    return len(lines)


NAMES = sorted(
    {name for group in DEFAULT for one in group.leaders for name in (one.name.split()[0], one.organisation)},
    key=len,
    reverse=True,
)
VARYING = re.compile(
    "|".join(map(re.escape, NAMES)) + r"|\b\w+day\b|\b[A-Z][a-z]+(?:ember|ober)\b|\b[BG]ST\b|\bGMT\b|\d+"
)


def _plain(line: str) -> str:
    return VARYING.sub("…", line)


def _peoples(line: str) -> bool:
    """Words that somebody wrote or chose."""
    return bool(MARK.search(line)) or " writes, " in line or "| • " in line or "“" in line or "| > " in line
