"""Installations as they are stored: found together, and a damaged one stands in nobody's way."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.installation import Installation, Tokens
from bot.storage import RedisStore
from bot.store import keys

AT = datetime(2026, 11, 30, 10, tzinfo=UTC)


def of(key: str) -> Installation:
    tokens = Tokens(bot=f"xoxb-{key}")
    return Installation(key=key, name=key, bot_id="B", bot_user_id="U", installed_at=AT, tokens=tokens)


async def test_they_are_found_together_and_each_by_its_workspace(store: RedisStore) -> None:
    for key in ("T1", "T2"):
        await store.installations.change(key, lambda _, key=key: of(key))
    assert await store.installations.all() == {"T1": of("T1"), "T2": of("T2")}
    assert await store.installations.get("T2") == of("T2")
    assert await store.installations.get("T3") is None
    assert store.installations.writes == 2


async def test_a_damaged_one_keeps_no_other_workspace_waiting(store: RedisStore) -> None:
    await store.installations.change("T1", lambda _: of("T1"))
    await store.connection.client.hset(keys.INSTALLATIONS, "T2", "{")
    assert await store.installations.all() == {"T1": of("T1")}
