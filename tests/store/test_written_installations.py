"""Installations as the version that first knew them wrote them: read for good, and never a token in sight."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.installation import End, Installation, Leaving, Tokens
from bot.store import schemas
from bot.store.codec import decode, encode

AT = datetime(2026, 11, 30, 10, tzinfo=UTC)
SPARSE = Installation(key="T1", name="Council", bot_id="B1", bot_user_id="U1", installed_at=AT, from_env=True)
FULL = Installation(
    key="E1",
    name="County",
    bot_id="B1",
    bot_user_id="U1",
    installed_at=AT,
    tokens=Tokens(bot="xoxe.xoxb-1", refresh="xoxe-1", expires_at=AT),
    scopes=("chat:write",),
    enterprise_id="E1",
    org_wide=True,
    teams=("T1", "T2"),
    installed_by="U2",
    leaving=Leaving.GUEST,
    leaving_since=AT,
    renewal_refused="invalid_refresh_token",
    ended_at=AT,
    ended_by=End.UNINSTALLED,
    settled_at=AT,
    purged_at=AT,
    looked_at=AT,
)
BYTES = [
    b'{"v":1,"d":{"key":"T1","name":"Council","bot_id":"B1","bot_user_id":"U1","installed_at":"2026-11-30T10:00:00Z",'
    b'"from_env":true},"w":"w1"}',
    b'{"v":1,"d":{"key":"E1","name":"County","bot_id":"B1","bot_user_id":"U1","installed_at":"2026-11-30T10:00:00Z",'
    b'"tokens":{"bot":"xoxe.xoxb-1","refresh":"xoxe-1","expires_at":"2026-11-30T10:00:00Z"},"scopes":["chat:write"],'
    b'"enterprise_id":"E1","org_wide":true,"teams":["T1","T2"],"installed_by":"U2","leaving":"guest",'
    b'"leaving_since":"2026-11-30T10:00:00Z","renewal_refused":"invalid_refresh_token",'
    b'"ended_at":"2026-11-30T10:00:00Z","ended_by":"uninstalled","settled_at":"2026-11-30T10:00:00Z",'
    b'"purged_at":"2026-11-30T10:00:00Z","looked_at":"2026-11-30T10:00:00Z"},"w":"w1"}',
]


@pytest.mark.parametrize(("raw", "record"), list(zip(BYTES, (SPARSE, FULL), strict=True)), ids=["sparse", "full"])
def test_they_are_read_as_they_were_written_and_written_the_same(raw: bytes, record: Installation) -> None:
    assert decode(schemas.INSTALLATION, raw, "b:x") == record
    assert encode(schemas.INSTALLATION, record, "w1") == raw


def test_a_record_that_is_logged_shows_no_token() -> None:
    assert "xox" not in f"{FULL!r} {FULL} {FULL.tokens}"
