"""Reviews, what was placed in them and what was learnt, as the version wrote them that first knew them: read for
good."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.bands import Band
from bot.domain.groups import MessageRef
from bot.domain.learning import Learning, Learnt, Sort
from bot.domain.review import Banded, Placing, Placings, Review, Stop
from bot.store import schemas
from bot.store.codec import Schema, decode, encode

AT = datetime(2026, 11, 30, 10, tzinfo=UTC)
SPARSE = Review(id="20261130", at=AT, closes_at=AT)
FULL = Review(
    id="20261130",
    at=AT,
    closes_at=AT,
    by="sam",
    round="2026-W49",
    posted=MessageRef(team_id="T1", channel="C1", ts="1.0"),
    changes=2,
    drawn=1,
    refused_at=AT,
    closed_at=AT,
    settled=True,
    shown=(Banded(commitment_id="c1", bands={Placing.WEED: Band.MOST, Placing.TOO_EARLY: Band.FEW}),),
    reply=MessageRef(team_id="T1", channel="C1", ts="2.0"),
    given_up="x",
    stops=(Stop(commitment_id="c1", by="jo", at=AT),),
)
PLACED = Placings(at=AT, placed={"c1": Placing.GROW, "c2": Placing.NURTURE})
LEARNT = Learnt(
    learnings=(
        Learning(commitment_id="c1", sort=Sort.LET_GO, at=AT, by="jo", made_by="jo", what="One form"),
        Learning(
            commitment_id="c1",
            sort=Sort.RESHAPED,
            at=AT,
            by="jo",
            made_by="sam",
            what="One form",
            was="A form",
            words="Why.",
        ),
    )
)

GAINED = b',"called":{},"unshown":false,"waits_until":null'
"""What they have got since they were written so: they are read without it, and written with it."""

BYTES = Path(__file__).with_name("written_reviews.txt").read_bytes().splitlines()
RECORDS = [(schemas.REVIEW, SPARSE), (schemas.REVIEW, FULL), (schemas.PLACINGS, PLACED), (schemas.LEARNT, LEARNT)]


@pytest.mark.parametrize(
    ("raw", "written"),
    list(zip(BYTES, RECORDS, strict=True)),
    ids=["sparse", "full", "what was placed", "what was learnt"],
)
def test_they_are_read_as_they_were_written_and_written_the_same(
    raw: bytes, written: tuple[Schema[Any], Any]
) -> None:
    schema, record = written
    assert decode(schema, raw, "b:x") == record
    assert encode(schema, record, "w1").replace(GAINED, b"") == raw


def test_one_of_before_knows_not_what_its_bands_read_as() -> None:
    before = BYTES[1].replace(b',"reply_shows":"","reply_drawn":0,"reply_refused_at":null', b"")
    assert before != BYTES[1]
    assert decode(schemas.REVIEW, before, "b:x") == FULL
