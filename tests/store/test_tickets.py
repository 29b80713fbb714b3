"""What is good for once, and what one process does at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.storage import RedisStore

A_MINUTE = timedelta(minutes=1)


async def test_a_ticket_is_good_for_once(store: RedisStore) -> None:
    await store.tickets.issue("state", "s1", A_MINUTE)
    assert [await store.tickets.redeem("state", "s1") for _ in range(2)] == ["1", ""]


async def test_a_ticket_is_good_for_what_it_was_issued_for(store: RedisStore) -> None:
    await store.tickets.issue("state", "s1", A_MINUTE)
    assert not await store.tickets.redeem("invitation", "s1")
    assert not await store.tickets.redeem("state", "s2")


async def test_of_many_who_take_it_at_once_one_has_it(store: RedisStore) -> None:
    await store.tickets.issue("invitation", "k", A_MINUTE)
    taken = await asyncio.gather(*(store.tickets.redeem("invitation", "k") for _ in range(20)))
    assert taken.count("1") == 1


async def test_a_ticket_ends_by_itself(store: RedisStore) -> None:
    await store.tickets.issue("state", "s1", timedelta(milliseconds=20))
    await asyncio.sleep(0.05)
    assert not await store.tickets.redeem("state", "s1")


async def test_who_reads_redis_finds_no_ticket_to_use(store: RedisStore) -> None:
    await store.tickets.issue("invitation", "s3cret", A_MINUTE)
    (key,) = [key async for key in store.connection.client.scan_iter()]
    assert b"s3cret" not in key
    assert await store.connection.client.get(key) == b"1"


async def test_a_lock_is_one_processs_until_it_is_given_back(store: RedisStore) -> None:
    held = await store.locks.acquire("T1", A_MINUTE)
    assert held
    assert await store.locks.acquire("T1", A_MINUTE) == ""
    await store.locks.release("T1", "another's")
    assert await store.locks.acquire("T1", A_MINUTE) == ""
    await store.locks.release("T1", held)
    assert await store.locks.acquire("T1", A_MINUTE)


async def test_a_lock_of_who_died_runs_out(store: RedisStore) -> None:
    assert await store.locks.acquire("T1", timedelta(milliseconds=20))
    await asyncio.sleep(0.05)
    assert await store.locks.acquire("T1", A_MINUTE)
