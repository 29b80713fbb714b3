"""A sealed record, and what erasing adds to a group, a person and a leader, as they were first written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.erasure import Sealed
from bot.domain.groups import Erased, Erasure, MessageRef
from bot.domain.hold import Hold
from bot.domain.people import DataRequest, PersonErasure, Reach
from bot.store import schemas
from bot.store.codec import Schema, decode, encode

AT = datetime(2026, 12, 2, 10, tzinfo=UTC)
REF = MessageRef(team_id="T1", channel="D1", ts="1.0")
SPARSE = Sealed(person_id="p1", collection="offers", key="o1", record='{"by":"p1"}')
FULL = Sealed(person_id="p1", collection="plates", key="p1", round="2026-W48", record='{"me":{"text":"Tired."}}')
PARTS: list[Any] = [
    SPARSE,
    FULL,
    Erasure(at=AT, left=True, messages=(REF,), files=("F1",), gone_at=AT),
    Erased(at=AT),
    Hold(since=AT, lifted_at=AT, told_at=AT, end_told_at=AT),
    PersonErasure(at=AT, messages=(REF,), files=("F1",), before="1.0", read=True),
    DataRequest(
        at=AT,
        private=True,
        organisation="Trust",
        announced_at=AT,
        sent_at=AT,
        sharing_at=AT,
        files=("F1",),
        refused="missing_scope",
    ),
    PersonErasure(at=AT, messages=(REF,), before="1.0", dms=(Reach(via_team="T1", user_id="U1", dm_channel="D1"),)),
]
CHANGED = (2, 3, 5, 6, 7)
"""They have got another field since it was written so, or lost one: they are read, and written as they are now."""

BYTES = Path(__file__).with_name("written_sealed.txt")


@pytest.mark.parametrize("number", range(len(PARTS)), ids=lambda number: f"{type(PARTS[number]).__name__}-{number}")
def test_they_are_read_as_they_were_written_and_written_the_same(number: int) -> None:
    raw, record = BYTES.read_bytes().splitlines()[number], PARTS[number]
    schema: Schema[Any] = schemas.SEALED if isinstance(record, Sealed) else Schema("part", type(record))
    assert decode(schema, raw, "b:x") == record
    assert (encode(schema, record, "w1") == raw) == (number not in CHANGED)
