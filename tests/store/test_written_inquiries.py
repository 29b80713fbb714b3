"""Questions to all and their answers as the version that first knew them wrote them: read for good."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.groups import MessageRef
from bot.domain.inquiry import Grouping, Inquiry, InquiryAnswer, Otherwise, Reply, Shown
from bot.store import schemas
from bot.store.codec import Schema, decode, encode

AT = datetime(2026, 11, 30, 10, tzinfo=UTC)
SPARSE = Inquiry(id="i1", by="sam", question="What for?", at=AT)
FULL = Inquiry(
    id="i1",
    by="sam",
    question="What for?",
    at=AT,
    day=date(2026, 12, 2),
    opened_at=AT,
    closes_at=AT,
    round="2026-W49",
    posted=MessageRef(team_id="T1", channel="C1", ts="1.0"),
    changes=2,
    drawn=1,
    refused_at=AT,
    closed_at=AT,
    settled=True,
    answers=(Shown(id="w1", by="jo", reply=1, withdrawn_at=AT, gone_from=AT), Shown(id="w2")),
    replies=(
        Reply(posted=MessageRef(team_id="T1", channel="C1", ts="2.0"), without=1, given_up="x", refused_at=AT),
    ),
    groupings=(Grouping(id="h1", heading="Trust", answers=("w1",), by="jo", at=AT),),
)
ANSWER = InquiryAnswer(id="w1", text="Fewer forms.", at=AT)
NAMELESS = InquiryAnswer(id="w1", text="Fewer forms.", at=AT, named=False, otherwise=Otherwise.NAME)
TAKEN_BACK = Inquiry(id="i1", by="sam", question="What for?", at=AT, opened_at=AT, closed_at=AT, taken_back_at=AT)

GAINED = b',"called":{},"text":""', b',"called":{}', b',"unshown":false,"waits_until":null'
"""What they have got since they were written so: they are read without it, and written with it."""

BYTES = Path(__file__).with_name("written_inquiries.txt").read_bytes().splitlines()
RECORDS = [
    (schemas.INQUIRY, SPARSE),
    (schemas.INQUIRY, FULL),
    (schemas.INQUIRY_ANSWER, ANSWER),
    (schemas.INQUIRY_ANSWER, NAMELESS),
    (schemas.INQUIRY, TAKEN_BACK),
]


@pytest.mark.parametrize(
    ("raw", "written"),
    list(zip(BYTES, RECORDS, strict=True)),
    ids=["sparse", "full", "answer", "answer without a name", "taken back"],
)
def test_they_are_read_as_they_were_written_and_written_the_same(
    raw: bytes, written: tuple[Schema[Any], Any]
) -> None:
    schema, record = written
    assert decode(schema, raw, "b:x") == record
    bytes_now = encode(schema, record, "w1")
    for gained in GAINED:
        bytes_now = bytes_now.replace(gained, b"")
    assert bytes_now == raw


def test_one_of_before_was_not_taken_back() -> None:
    before = BYTES[0].replace(b',"taken_back_at":null', b"")
    assert before != BYTES[0]
    assert decode(schemas.INQUIRY, before, "b:x") == SPARSE
