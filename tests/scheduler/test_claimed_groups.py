"""A group is loaded once for all of its entries claimed together, whatever becomes of whoever loads it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.domain.snapshot import GroupSnapshot
from bot.ports import StoreDown
from bot.storage import RedisStore
from scheduler.outbox.claimed_groups import ClaimedGroups
from tests.store.leaders import CARERS
from tests.store.packets import Packets

Loads = Callable[[], Coroutine[Any, Any, GroupSnapshot | None]]


@pytest.fixture
async def sent(store: RedisStore, monkeypatch: pytest.MonkeyPatch) -> Packets:
    await store.groups.change("g7", lambda _: CARERS)
    return Packets(store, monkeypatch)


@pytest.fixture
def load(store: RedisStore) -> Loads:
    groups = ClaimedGroups(store.snapshots)
    return lambda: groups.group("g7")


async def test_ten_ask_and_one_packet_goes(load: Loads, sent: Packets) -> None:
    found = await asyncio.gather(*(load() for _ in range(10)))
    assert {one.group.id for one in found if one} == {"g7"}
    assert len(sent.sent) == 1


async def test_a_fault_is_told_to_all_who_waited_and_is_not_remembered(load: Loads, sent: Packets) -> None:
    sent.fault = StoreDown("Redis is gone")
    told = await asyncio.gather(*(load() for _ in range(3)), return_exceptions=True)
    assert [type(one) for one in told] == [StoreDown] * 3
    sent.fault = None
    assert await load() is not None


@pytest.mark.parametrize("stopped", [0, 1])
async def test_whoever_is_stopped_the_others_are_not_left_waiting(load: Loads, sent: Packets, stopped: int) -> None:
    sent.open.clear()
    async with asyncio.TaskGroup() as tasks:
        asked = [tasks.create_task(_kept(load)) for _ in range(3)]
        for _ in range(20):  # turns of the loop: by then one loads, and two wait
            await asyncio.sleep(0)
        assert len(sent.sent) == 1
        asked[stopped].cancel()
        await asyncio.sleep(0)
        sent.open.set()
    ended = [one.result() for index, one in enumerate(asked) if index != stopped]
    assert all(isinstance(one, StoreDown if stopped == 0 else GroupSnapshot) for one in ended)


async def _kept(load: Loads) -> object:
    try:
        return await load()
    except StoreDown as fault:
        return fault
