"""Who stepped back from a commitment, and who is back in the group, as first written; and records of before."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from bot.domain.commitments import Commitment
from bot.domain.groups import NowSpeaks, OrganisationsPost
from bot.domain.put_to import SteppedBack
from bot.store import schemas
from bot.store.codec import decode, encode

AT = datetime(2026, 12, 2, 10, tzinfo=UTC)
PLAIN = Commitment(id="c1", what="Walk.", made_by="p1", made_at=AT, tenders=("p1",))
LEFT = replace(PLAIN, stepped_back=(SteppedBack(at=AT, by="p2"),))
STEPPED_BACK = b',"stepped_back":[{"at":"2026-12-02T10:00:00Z","by":"p2"}]'
LINE = NowSpeaks(person_id="p1", name="Jo", before="", after="Trust")
BACK = b',"back":true'


def test_who_stepped_back_is_read_as_it_was_written() -> None:
    raw = encode(schemas.COMMITMENT, LEFT)
    assert STEPPED_BACK in raw
    assert decode(schemas.COMMITMENT, raw, "c1") == LEFT
    assert decode(schemas.COMMITMENT, raw.replace(STEPPED_BACK, b""), "c1") == PLAIN


def test_who_is_back_is_read_as_it_was_written() -> None:
    post = OrganisationsPost(id="o1", at=AT, lines=(replace(LINE, back=True),))
    raw = encode(schemas.ORGANISATIONS_POST, post)
    assert BACK in raw
    assert decode(schemas.ORGANISATIONS_POST, raw, "o1") == post
    assert decode(schemas.ORGANISATIONS_POST, raw.replace(BACK, b""), "o1") == replace(post, lines=(LINE,))
