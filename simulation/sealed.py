"""What was answered alone, and what was shown of it: nothing before its day, no name where none was meant, and no
answer that too few gave."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.outbox import Kind
from simulation.shown import Shown, Way
from simulation.together import PLACINGS, PULSE, Together
from simulation.words import is_sealed, marks

LEAST_PULSE, LEAST_PLACED = 5, 3
ALIKE_IN_A_PULSE, ALIKE_IN_A_REVIEW = 1, 2
"""What is shown of a pulse may be one answer old: see `bot.domain.pulse`."""
PULSE_LINE = re.compile(rf"(?:Nearly all|Most|About half|A few): ({'|'.join(PULSE)})\b", re.IGNORECASE)
PLACED_LINE = re.compile(rf"(?:Nearly all|Most|About half|A few): ({'|'.join(PLACINGS)})\.", re.IGNORECASE)


@dataclass
class Sealed:
    """`opened`: when answers to a question were shown, by the channel. `pulses_shown`: by the channel, the rounds
    whose spread stood in a digest; `commitments_shown`: how many a review showed; `stood`: how many wordings of a
    purpose came to stand."""

    together: Together
    opened: dict[str, datetime] = field(default_factory=dict)
    answers_shown: set[str] = field(default_factory=set)
    pulses_shown: set[tuple[str, str]] = field(default_factory=set)
    commitments_shown: int = 0
    stood: int = 0
    faults: list[str] = field(default_factory=list)
    _banded: set[tuple[str, str]] = field(default_factory=set)
    """Where digests and what reviews showed stand, which may be changed later."""

    def add(self, shown: Shown) -> None:
        kind = shown.entry.kind if shown.entry else None
        if kind is Kind.INQUIRY_REPLY:
            self.opened.setdefault(shown.channel, shown.at)
        self._marks(shown)
        if kind in (Kind.DIGEST, Kind.REVIEW_SHOWN):
            self._banded.add((shown.channel, shown.ts))
        if kind is Kind.DIGEST and shown.entry:
            self._pulse(shown, shown.entry.round)
        elif kind is Kind.REVIEW_SHOWN:
            self._review(shown)
        elif kind is Kind.PURPOSE_STANDS:
            self.stood += 1
        elif shown.in_message and (shown.channel, shown.ts) not in self._banded and _bands(shown.raw):
            self._fault("Bands where none belong", shown)

    def _marks(self, shown: Shown) -> None:
        """Sealed words, in whatever was shown."""
        for block in shown.drawn.get("blocks") or ():
            raw = json.dumps(block, ensure_ascii=False)
            for mark in filter(is_sealed, marks(raw)):
                self._mark(mark, raw, shown)

    def _mark(self, mark: str, raw: str, shown: Shown) -> None:
        answer = self.together.answers.get(mark)
        if answer is None:  # being written: nobody's but the author's form has it
            return
        if shown.to == answer.author and not shown.in_message:
            return
        opened = self.opened.get(answer.channel)
        if opened is None or shown.at < opened or shown.way is Way.DM:
            self._fault(f"{mark}, sealed", shown)
        elif not answer.named and answer.held and self._name(answer.author) in raw:
            self._fault(f"{mark}, without a name, beside one", shown)
        self.answers_shown.add(mark)

    def _name(self, person_id: str) -> str:
        return self.together.names[person_id]

    def _pulse(self, shown: Shown, round: str) -> None:
        """The spread in a digest: of enough answers, and no choice that one alone made."""
        found = [f"{word[:1].upper()}{word[1:]}" for word in PULSE_LINE.findall(shown.screen())]
        if not found:
            return
        given = Counter(self.together.pulses.get((shown.channel, round), {}).values())
        self.pulses_shown.add((shown.channel, round))
        if given.total() < LEAST_PULSE:
            self._fault(f"A pulse of {given.total()} answers", shown)
        self._alike(found, given, ALIKE_IN_A_PULSE, shown)

    def _review(self, shown: Shown) -> None:
        placed = self.together.placings.get(shown.channel, {})
        for mark, ways in _by_commitment(shown.screen()):
            given = Counter(own[mark].lower() for own in placed.values() if mark in own)
            self.commitments_shown += 1
            if given.total() < LEAST_PLACED:
                self._fault(f"A commitment that {given.total()} placed", shown)
            self._alike([way.lower() for way in ways], given, ALIKE_IN_A_REVIEW, shown)

    def _alike(self, found: Iterable[str], given: Counter[str], least: int, shown: Shown) -> None:
        for choice in found:
            if given[choice] < least:
                self._fault(f"“{choice}”, which {given[choice]} chose", shown)

    def _fault(self, what: str, shown: Shown) -> None:
        self.faults.append(f"{what}, in a {shown.way} to {shown.to} at {shown.at}")


def _bands(words: str) -> bool:
    return bool(PULSE_LINE.search(words) or PLACED_LINE.search(words))


def _by_commitment(screen: str) -> Iterator[tuple[str, list[str]]]:
    """The mark of each commitment that is named, and how it is said to have fallen in the line below."""
    mark = ""
    for line in screen.splitlines():
        ways = PLACED_LINE.findall(line)
        if ways and mark:
            yield mark, ways
        mark = next(iter(marks(line)), "") if not ways else ""
