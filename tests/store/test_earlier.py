"""A store that an earlier Between wrote: whoever starts this one hears once that the other must be stopped."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.storage import EARLIER, RedisStore

NOW = datetime(2026, 11, 28, tzinfo=UTC)


async def test_an_empty_store_was_written_by_nobody(store: RedisStore) -> None:
    assert EARLIER not in await store.warnings_at_start()


async def test_the_first_start_on_an_older_store_says_so_and_the_second_does_not(store: RedisStore) -> None:
    await store.due.look_at("g7", NOW)
    assert EARLIER in await store.warnings_at_start()
    assert EARLIER not in await store.warnings_at_start()
