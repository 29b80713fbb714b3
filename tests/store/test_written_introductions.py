"""Introductions and exclusions as the version that first knew them wrote them: read for good."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.exclusions import Exclusions
from bot.domain.groups import MessageRef
from bot.domain.introductions import Answer, Introduction, Outcome, Talk, Ticked, Way, Why
from bot.store import schemas
from bot.store.codec import Schema, decode, encode

AT = datetime(2026, 11, 30, 10, tzinfo=UTC)
SPARSE = Introduction(id="help.c1.jo.sam", asked_by="sam", to="jo", why=Why.HELP, subject="c1", at=AT)
FULL = Introduction(
    id="ask.a1.jo.sam",
    asked_by="sam",
    to="jo",
    why=Why.ASK,
    subject="a1",
    at=AT,
    way=Way.APART,
    way_at=AT,
    opened=MessageRef(team_id="T1", channel="G1", ts="1.0"),
    told={"sam": AT},
    ticks={"sam": Ticked(half_days=("2026-12-01.am",), at=AT)},
    outcomes=(Outcome(at=AT, starts_at=AT, apart=True, told={"": AT}),),
    answers={"jo": Answer(talk=Talk.WE_DID, at=AT)},
)
EXCLUDED = Exclusions(person_id="sam", of={"jo": AT})

GAINED = b',"message":null'
"""What they have got since they were written so: they are read without it, and written with it."""
LOST = re.compile(rb'"refused":"\w*",')
"""What nobody ever read: they are read with it, and written without it."""

BYTES = Path(__file__).with_name("written_introductions.txt").read_bytes().splitlines()
RECORDS = [(schemas.INTRODUCTION, SPARSE), (schemas.INTRODUCTION, FULL), (schemas.EXCLUSIONS, EXCLUDED)]


@pytest.mark.parametrize(
    ("raw", "written"), list(zip(BYTES, RECORDS, strict=True)), ids=["sparse", "full", "excluded"]
)
def test_they_are_read_as_they_were_written_and_written_the_same(
    raw: bytes, written: tuple[Schema[Any], Any]
) -> None:
    schema, record = written
    assert decode(schema, raw, "b:x") == record
    assert encode(schema, record, "w1").replace(GAINED, b"") == LOST.sub(b"", raw)
