"""A purpose as the version that first knew it wrote it: read for good."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.groups import MessageRef
from bot.domain.purpose import Aim, AskedChange, Ended, InSlack, Purpose, Wording
from bot.store import schemas
from bot.store.codec import decode, encode

AT = datetime(2026, 11, 30, 10, tzinfo=UTC)
SPARSE = Purpose(wordings=(Wording(id="w1", by="sam", at=AT, opens_at=AT, sentence="Carers are seen."),))
POSTED = InSlack(
    posted=MessageRef(team_id="T1", channel="C1", ts="1.0"), changes=2, drawn=1, refused_at=AT, given_up="x"
)
FULL = Purpose(
    wordings=(
        Wording(
            id="w1",
            by="sam",
            at=AT,
            opens_at=AT,
            sentence="Carers are seen.",
            aims=(Aim(id="w1-1", text="Every school asks"),),
            can_live={"jo": AT},
            asked=(AskedChange(id="c1", by="jo", text="Shorter.", at=AT, withdrawn_at=AT, reply=POSTED),),
            post=POSTED,
            stood_at=AT,
            told_at=AT,
        ),
        Wording(
            id="w2",
            by="jo",
            at=AT,
            opens_at=AT,
            sentence="Carers rest.",
            ended=Ended.REPLACED,
            ended_at=AT,
        ),
    )
)
GAINED = b',"called":{}', b',"waits_until":null'
"""What they have got since they were written so: they are read without it, and written with it."""

BYTES = Path(__file__).with_name("written_purpose.txt").read_bytes().splitlines()


@pytest.mark.parametrize(("raw", "record"), list(zip(BYTES, [SPARSE, FULL], strict=True)), ids=["sparse", "full"])
def test_they_are_read_as_they_were_written_and_written_the_same(raw: bytes, record: Purpose) -> None:
    assert decode(schemas.PURPOSE, raw, "b:x") == record
    bytes_now = encode(schemas.PURPOSE, record, "w1")
    for gained in GAINED:
        bytes_now = bytes_now.replace(gained, b"")
    assert bytes_now == raw
