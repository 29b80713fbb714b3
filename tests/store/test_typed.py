"""What is kept of what was typed: its bytes, which hold no word, and a default for each field."""

from __future__ import annotations

from bot.domain.groups import MessageRef
from bot.domain.typed import Choice, Typed
from bot.storage import RedisStore
from bot.store import schemas
from bot.store.codec import decode, encode

FULL = Typed(
    heard="1795600001.000100",
    asked="1795600000.000100",
    question=MessageRef(team_id="T0RIVER", channel="D0JO", ts="1795600002.000100"),
    choice=Choice.PLATE,
    told=True,
)
GOLDEN = (
    b'{"v":1,"d":{"heard":"1795600001.000100","asked":"1795600000.000100",'
    b'"question":{"team_id":"T0RIVER","channel":"D0JO","ts":"1795600002.000100"},"choice":"plate","told":true},"w":"w1"}'
)


def test_it_is_written_in_these_bytes_and_read_from_them_for_good() -> None:
    assert encode(schemas.TYPED, FULL, "w1") == GOLDEN
    assert decode(schemas.TYPED, GOLDEN, "b:x") == FULL
    assert decode(schemas.TYPED, b'{"v":1,"d":{},"w":"w1"}', "b:x") == Typed()


async def test_it_is_kept_by_the_persons_id(store: RedisStore) -> None:
    await store.typed.change("sam", lambda stored: stored or FULL)
    assert await store.typed.get("sam") == FULL
    assert await store.typed.get("jo") is None
