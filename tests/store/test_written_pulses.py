"""Pulses as the version that first knew them wrote them: read for good."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.bands import Band
from bot.domain.pulse import Pulse, Spread
from bot.store import schemas
from bot.store.codec import decode, encode

SPARSE = Pulse(question="is_it_working")
OPEN = Pulse(question="is_it_working", answers={"sam": "yes", "jo": "too_early"})
CLOSED = Pulse(
    question="between_itself",
    closed_at=datetime(2026, 12, 10, 18, tzinfo=UTC),
    spread=(Spread(choice="weed", band=Band.MOST), Spread(choice="keep", band=Band.FEW)),
    stop=True,
)
BYTES = Path(__file__).with_name("written_pulses.txt").read_bytes().splitlines()


@pytest.mark.parametrize(
    ("raw", "record"), list(zip(BYTES, (SPARSE, OPEN, CLOSED), strict=True)), ids=["sparse", "open", "closed"]
)
def test_they_are_read_as_they_were_written_and_written_the_same(raw: bytes, record: Pulse) -> None:
    assert decode(schemas.PULSE, raw, "b:x") == record
    assert encode(schemas.PULSE, record, "w1") == raw
