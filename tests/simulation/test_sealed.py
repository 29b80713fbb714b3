"""The simulation notices what was shown before its day, or of too few: each fault is made by hand, and counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.domain.outbox import Entry, Kind
from simulation.cast import NINE
from simulation.sealed import Sealed
from simulation.shown import Shown, Way
from simulation.together import Answer, Together
from simulation.words import MEANT_TOGETHER, Written, marks

NOON = datetime(2026, 9, 16, 12, tzinfo=UTC)
SAM, JO = NINE[0], NINE[1]
CHANNEL, ROUND = "C1", "2026-W38"


@pytest.fixture
def sealed() -> Sealed:
    together = Together(Written(), names={one.id: one.name.split()[0] for one in NINE})
    return Sealed(together)


def shown(words: str, kind: Kind | None = None, *, to: str = CHANNEL, way: Way = Way.POST, hours: int = 0) -> Shown:
    at = NOON + timedelta(hours=hours)
    drawn: dict[str, Any] = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": words}}]}
    entry = Entry(
        name="1", kind=kind or Kind.NEWS, group_id="g", team_id="T", due_at=at, expires_at=at, round=ROUND
    )
    return Shown(at, to, way, "", drawn, CHANNEL, f"{kind}", entry if kind else None)


def sams_answer(sealed: Sealed, *, named: bool = True, held: bool = True) -> str:
    words = sealed.together.written.sealed(Random(1), MEANT_TOGETHER, SAM.id, CHANNEL, NOON)
    [mark] = marks(words)
    sealed.together.answers[mark] = Answer(SAM.id, CHANNEL, named, held)
    return words


def test_sams_answer_is_sams_alone_until_its_day_and_then_everybodys(sealed: Sealed) -> None:
    words = sams_answer(sealed)
    sealed.add(shown(words, to=SAM.id, way=Way.FORM))
    assert sealed.faults == []
    sealed.add(shown(words, to=JO.id, way=Way.FORM))
    sealed.add(shown(words, Kind.DIGEST))
    sealed.add(shown(words, to=SAM.id, way=Way.DM))
    assert len(sealed.faults) == 3
    sealed.add(shown(f"Sam: {words}", Kind.INQUIRY_REPLY, hours=1))
    sealed.add(shown(words, to=JO.id, way=Way.FORM, hours=2))
    assert len(sealed.faults) == 3
    assert sealed.answers_shown == marks(words)


def test_an_answer_without_a_name_stands_beside_none_unless_sam_would_rather_have_one(sealed: Sealed) -> None:
    held, would = sams_answer(sealed, named=False), sams_answer(sealed, named=False, held=False)
    sealed.add(shown(f"Without a name: {held}", Kind.INQUIRY_REPLY))
    sealed.add(shown(f"Sam: {would}", Kind.INQUIRY_REPLY))
    assert sealed.faults == []
    sealed.add(shown(f"Sam: {held}", Kind.INQUIRY_REPLY))
    assert len(sealed.faults) == 1


@pytest.mark.parametrize(("answers", "faults"), [(5, 0), (4, 1), (0, 2)])
def test_a_pulse_of_fewer_than_five_is_a_fault_where_it_is_shown(sealed: Sealed, answers: int, faults: int) -> None:
    sealed.together.pulses[CHANNEL, ROUND] = {one.id: "In parts" for one in NINE[:answers]}
    sealed.add(shown("Is what we're doing now really working?\nNearly all: In parts", Kind.DIGEST))
    assert len(sealed.faults) == faults
    assert len(sealed.pulses_shown) == 1


def test_what_two_placed_is_a_fault_where_a_review_shows_it_and_so_is_what_one_alone_said(sealed: Sealed) -> None:
    said = "*Ring the housing lead (lark1)*\nMost: grow. A few: weed."
    sealed.together.placings[CHANNEL] = {one.id: {"lark1": "Grow"} for one in NINE[:2]}
    sealed.add(shown(said, Kind.REVIEW_SHOWN))
    assert len(sealed.faults) == 2
    sealed.together.placings[CHANNEL] |= {one.id: {"lark1": "Weed"} for one in NINE[2:4]}
    sealed.add(shown(said, Kind.REVIEW_SHOWN))
    assert len(sealed.faults) == 2
    assert sealed.commitments_shown == 2


def test_bands_belong_in_a_digest_and_under_a_review_and_nowhere_else(sealed: Sealed) -> None:
    sealed.add(shown("Most: grow.", Kind.BRIEF))
    sealed.add(shown("Most: In parts", Kind.LETTER, to=JO.id, way=Way.DM))
    assert len(sealed.faults) == 2
