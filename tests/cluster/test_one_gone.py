"""While one primary is gone, what the others hold is read, also where it is asked for along with what that has."""

from __future__ import annotations

import asyncio

import pytest

from bot.ports import StoreDown
from bot.storage import RedisStore
from bot.store import keys
from tests.cluster.many import Cluster
from tests.cluster.shapes import on
from tests.cluster.test_failover import taken_over

pytestmark = [*on("redis-cluster"), pytest.mark.timeout(400)]

GROUPS = [f"g{number}" for number in range(12)]


async def test_groups_on_other_servers_are_found_while_one_is_gone(deployment: Cluster, store: RedisStore) -> None:
    def holders() -> dict[str, object]:
        return {group: deployment.holder(keys.group(group)) for group in GROUPS}

    before = await asyncio.to_thread(holders)
    gone = deployment.holder(keys.group("g0"))
    await asyncio.to_thread(gone.kill)
    found = await asyncio.gather(*(store.groups.get(group) for group in GROUPS), return_exceptions=True)
    told = {group: isinstance(answer, StoreDown) for group, answer in zip(GROUPS, found, strict=True)}
    assert told == {group: holder is gone for group, holder in before.items()}
    assert len(set(told.values())) == 2
    await taken_over(deployment, keys.group("g0"), gone)
    await asyncio.to_thread(deployment.restart, gone)
    await asyncio.to_thread(deployment.settle)
