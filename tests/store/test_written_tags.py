"""A commitment with tags as it was first written; and one of before there were any."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from bot.domain.commitments import Commitment
from bot.store import schemas
from bot.store.codec import decode, encode

AT = datetime(2026, 12, 2, 10, tzinfo=UTC)
PLAIN = Commitment(id="c1", what="Walk.", made_by="p1", made_at=AT, tenders=("p1",))
TAGGED = replace(PLAIN, tags=("beds", "Short breaks"))
LAST = b',"serves":"","tags":["beds","Short breaks"]}}'


def test_tags_are_read_as_they_were_written() -> None:
    raw = encode(schemas.COMMITMENT, TAGGED)
    assert raw.endswith(LAST)
    assert decode(schemas.COMMITMENT, raw, "c1") == TAGGED


def test_one_of_before_carries_none() -> None:
    before = encode(schemas.COMMITMENT, TAGGED).replace(LAST, b',"serves":""}}')
    assert decode(schemas.COMMITMENT, before, "c1") == PLAIN
