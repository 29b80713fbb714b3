"""What is confirmed is on a replica, what is not is said so in time, and nothing is done twice behind our back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import timedelta

import pytest
from redis.asyncio.cluster import RedisCluster
from redis.exceptions import RedisError

from bot.domain.outbox import Kind, Status
from bot.ports import StoreDown
from bot.redis.connection import NotKept
from bot.storage import RedisStore
from bot.store import keys
from scheduler.outbox import entries
from tests.clock import Clock
from tests.cluster.many import Cluster, Watched
from tests.cluster.servers import Server, until
from tests.cluster.shapes import on
from tests.master_keys import store_at
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import bot as a_bot
from tests.scheduler.postroom import entry
from tests.store.leaders import JO, SAM, plate

pytestmark = on("redis-cluster", at_length=("redis-sentinel", "valkey-cluster", "valkey-sentinel"))

Several = Cluster | Watched
WORDS = plate("words")
PLATES = keys.of_group("g7", "plates", "2026-W48")
GROUPS_KEY = keys.data_keys(keys.tag_of(PLATES))

SLOW_COUNT = """
for _ = 1, 200000000 do end
return redis.call('INCR', KEYS[1])
"""
"""Done long after whoever asked has stopped listening."""


@asynccontextmanager
async def without_replicas(deployment: Several, key: str) -> AsyncIterator[Server]:
    """Those of whoever holds `key` hear nothing; gives the holder."""
    primary = await asyncio.to_thread(deployment.holder, key)
    with ExitStack() as frozen:
        for replica in await asyncio.to_thread(deployment.replicas_of, primary):
            frozen.enter_context(replica.frozen())
        yield primary
    await asyncio.to_thread(deployment.wait_until_well)


async def save(store: RedisStore, words: str = "words") -> None:
    await store.plates.change("g7", "sam", lambda _: plate(words), round="2026-W48")


async def test_an_answer_that_no_replica_has_is_not_called_saved_however_often_it_is_sent(
    store: RedisStore, deployment: Several
) -> None:
    await save(store, "before")
    async with without_replicas(deployment, PLATES):
        with pytest.raises(NotKept, match="on too few replicas just now"):
            await save(store)
        # It stands there already. Or the time is up before that is found: who is who is asked anew first, and the
        # frozen one may be the one that is asked.
        with pytest.raises(StoreDown, match=r"on too few replicas just now|took too long"):
            await save(store)
        assert await store.plates.get("g7", "sam", round="2026-W48") == WORDS
    await save(store)
    assert await store.plates.all("g7", round="2026-W48") == {"sam": WORDS}


async def test_an_intent_that_no_replica_has_is_taken_back_and_nothing_is_sent(
    store: RedisStore, deployment: Several, slack: Loopback, clock: Clock
) -> None:
    bot, panel = a_bot(store, slack, clock), entry(Kind.PANEL, "panel:g7", clock.now())
    home = entries.partition_of(panel.team_id)
    await bot.store.outbox.add([panel])
    async with without_replicas(deployment, keys.outbox(home, "entries")):
        with pytest.raises((StoreDown, ExceptionGroup)):
            await bot.tick()
    assert slack.texts == []
    found = await bot.store.delivery.status("panel:g7")
    assert found is not None
    assert found.status is Status.PENDING
    await bot.after(timedelta(seconds=2))
    assert slack.texts == ["panel:g7"]


@pytest.fixture
def slack(clock: Clock) -> Loopback:
    return Loopback(clock.now)


@pytest.mark.at_length
async def test_what_may_have_been_done_is_not_asked_for_again(store: RedisStore, deployment: Several) -> None:
    impatient = store_at(f"{deployment.url}?socket_timeout=0.2")
    await counted(impatient, "b:{g:g7}:group", at_first=True)  # it knows by then who is who
    with pytest.raises(StoreDown):
        await impatient.connection.ask("b:{g:g7}:group", "EVAL", SLOW_COUNT, 1, "b:{g:g7}:group")
    await impatient.close()
    assert await counted(store, "b:{g:g7}:group") == 1


@pytest.mark.at_length
async def test_redis_py_left_to_itself_would_do_it_again(store: RedisStore, deployment: Several) -> None:
    """Why its retries are off. Should this fail, they may have become harmless."""
    if isinstance(deployment, Watched) or "valkey" in str(deployment.program):
        pytest.skip("about its cluster client, shown once")
    server = deployment.servers[0]
    eager = RedisCluster(host="127.0.0.1", port=server.port, socket_timeout=0.2)
    with pytest.raises(RedisError):
        await eager.eval(SLOW_COUNT, 1, "b:{g:g7}:group")  # type: ignore[misc]
    await eager.nodes_manager.aclose()
    await eager.nodes_manager.aclose("startup_nodes")
    assert await counted(store, "b:{g:g7}:group") > 1


async def counted(store: RedisStore, key: str, at_first: bool = False) -> int:
    """Once whatever is still under way there is done."""
    while True:
        with suppress(StoreDown):
            found = await store.connection.ask(key, "GET", key)
            if found or at_first:
                return int(found or 0)
        await asyncio.sleep(0.2)


async def test_a_server_that_forgot_our_scripts_is_told_them_again(store: RedisStore, deployment: Several) -> None:
    await save(store, "before")
    await store.connection.everywhere("SCRIPT FLUSH")
    await save(store)
    assert await store.plates.get("g7", "sam", round="2026-W48") == WORDS


async def test_while_a_primary_is_gone_its_leaders_are_told_and_the_others_are_served(
    store: RedisStore, deployment: Several
) -> None:
    if isinstance(deployment, Watched):
        pytest.skip("there are no others")
    elsewhere = next(n for n in range(99) if deployment.holder(f"b:{{g:h{n}}}") is not deployment.holder(PLATES))
    async with without_replicas(deployment, PLATES) as primary:
        await asyncio.to_thread(primary.kill)
        try:
            with pytest.raises(StoreDown):
                await save(store)
            await store.plates.change(f"h{elsewhere}", "sam", lambda _: WORDS, round="2026-W48")
        finally:
            await asyncio.to_thread(primary.start)


async def test_a_slot_on_its_way_to_another_server_is_followed(store: RedisStore, deployment: Several) -> None:
    """Some of its records are here and some are there, and then all of them there."""
    if isinstance(deployment, Watched):
        pytest.skip("there is nowhere to go")
    await save(store, "before")
    await store.people.change("sam", lambda _: SAM)
    here = deployment.holder(PLATES)
    there = next(server for server in deployment.primaries() if server is not here)
    slot = await asyncio.to_thread(deployment.begin_move, PLATES, here, there)
    with pytest.raises(NotKept):  # still here, but what speaks for it would be there: a moment's refusal
        await save(store)
    here.ask("MIGRATE", "127.0.0.1", there.port, PLATES, 0, 5000)
    assert await store.plates.get("g7", "sam", round="2026-W48") == WORDS
    with pytest.raises(StoreDown):  # the key that seals it is here still: the same
        await save(store, "half-way")
    here.ask("MIGRATE", "127.0.0.1", there.port, GROUPS_KEY, 0, 5000)
    await save(store, "moved")  # ASK
    await store.leaders.drop("g7")
    await asyncio.to_thread(deployment.end_move, slot, there)
    await save(store, "at home")  # MOVED
    await store.people.change("jo", lambda _: JO)
    assert await store.people.many(["sam", "jo"]) == {"sam": SAM, "jo": JO}
    assert await store.plates.all("g7", round="2026-W48") == {"sam": plate("at home")}
    assert await asyncio.to_thread(until, lambda: deployment.holder(PLATES) is there, "all to know where it is")
