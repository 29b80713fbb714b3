"""Redis stops, hangs, refuses: the person is told within Slack's three seconds, and all is well when it is back."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.embedded.server import EmbeddedServer
from bot.ports import StoreDown
from bot.storage import RedisStore
from tests.master_keys import store_at
from tests.store.leaders import CHANNEL, SAM, plate

pytestmark = pytest.mark.real_timeouts

SLACKS_TIMEOUT_S = 3.0
A_MOMENT = 0.05


@asynccontextmanager
async def within_slacks_timeout() -> AsyncIterator[None]:
    """Three seconds of moments in which this process did run. By the wall, a machine that has no processor for it
    would be taken for a bot that is late."""

    async def pass_by(limit: asyncio.Timeout) -> None:
        for _ in range(round(SLACKS_TIMEOUT_S / A_MOMENT)):
            await asyncio.sleep(A_MOMENT)
        limit.reschedule(asyncio.get_running_loop().time())

    async with asyncio.timeout(None) as limit:
        passing = asyncio.create_task(pass_by(limit))  # noqa: TID251
        try:
            yield
        finally:
            passing.cancel()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[EmbeddedServer]:
    server = EmbeddedServer(tmp_path / "d")
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def own(server: EmbeddedServer) -> AsyncIterator[RedisStore]:
    """A store whose server this test may hurt, with Sam in it."""
    store = store_at(server.url)
    await store.people.change("sam", lambda _: SAM)
    yield store
    await store.close()


async def pid(store: RedisStore) -> int:
    return int((await store.connection.client.info("server"))["process_id"])


async def keep_saving(store: RedisStore) -> None:
    for n in range(10_000):
        await store.plates.change("g7", f"sam-{n}", lambda _: plate("words"), round="2026-W48")


async def back(store: RedisStore) -> None:
    """Waits, as a person who taps again would."""
    while True:
        try:
            assert await store.people.get("sam") == SAM
            return
        except StoreDown:
            await asyncio.sleep(0.02)


@pytest.mark.slow
async def test_sam_is_told_when_redis_is_gone_and_needs_no_restart_when_it_is_back(own: RedisStore) -> None:
    os.kill(await pid(own), signal.SIGKILL)
    async with within_slacks_timeout():
        with pytest.raises(StoreDown, match=r"Can't reach Redis at .*redis.sock; is it running\?"):
            await keep_saving(own)
    await back(own)
    await own.plates.change("g7", "sam", lambda _: plate("words"), round="2026-W48")
    assert await own.plates.get("g7", "sam", round="2026-W48") == plate("words")


@pytest.mark.slow
async def test_every_answer_that_was_confirmed_outlives_a_kill(own: RedisStore) -> None:
    """Leaders answer without a pause while Redis is killed: what was said to be saved is there afterwards."""
    confirmed: list[str] = []

    enough = asyncio.Event()

    async def answer(leader: str) -> None:
        for n in range(10_000):
            try:
                await own.plates.change("g7", f"{leader}-{n}", lambda _: plate("words"), round="2026-W48")
            except StoreDown:
                return
            confirmed.append(f"{leader}-{n}")
            if len(confirmed) == 300:
                enough.set()

    async with asyncio.TaskGroup() as group:
        for leader in range(10):
            group.create_task(answer(str(leader)))
        await enough.wait()
        os.kill(await pid(own), signal.SIGKILL)
    await back(own)
    assert set(confirmed) <= set(await own.plates.all("g7", round="2026-W48"))


@pytest.mark.slow
async def test_a_redis_that_hangs_keeps_nobody_waiting_past_slacks_timeout(own: RedisStore) -> None:
    wishes = (
        own.people.get("sam"),
        own.people.change("sam", lambda _: None),
        own.people.many(["sam", "jo"]),
        own.leaders.all("g7"),
        own.warnings_at_start(),
        *(own.index.groups_of(str(n)) for n in range(100)),
    )
    hung = await pid(own)
    os.kill(hung, signal.SIGSTOP)
    try:
        async with within_slacks_timeout():
            told = await asyncio.gather(*wishes, return_exceptions=True)
    finally:
        os.kill(hung, signal.SIGCONT)
    assert [each for each in told if not isinstance(each, StoreDown)] == []
    await back(own)


async def test_a_full_redis_says_so_and_reads_go_on(own: RedisStore) -> None:
    await own.connection.client.config_set("maxmemory", "1")
    with pytest.raises(StoreDown, match="can't do that just now"):
        await own.plates.change("g7", "sam", lambda _: plate("words"), round="2026-W48")
    with pytest.raises(StoreDown, match="can't do that just now"):
        await own.index.put_group(CHANNEL, "g7")
    assert await own.people.get("sam") == SAM
    await own.connection.client.config_set("maxmemory", "0")
    await own.plates.change("g7", "sam", lambda _: plate("words"), round="2026-W48")


async def test_a_replica_says_that_it_can_not_write(own: RedisStore) -> None:
    await own.connection.client.replicaof("127.0.0.1", "1")
    with pytest.raises(StoreDown, match="can't do that just now"):
        await own.people.change("sam", lambda _: None)
    assert any("is a replica" in said for said in await own.warnings_at_start())


async def test_a_wrong_password_is_said_without_the_password(server: EmbeddedServer, own: RedisStore) -> None:
    await own.connection.client.config_set("requirepass", "open sesame")
    stranger = store_at(f"{server.url}?password=hush")
    with pytest.raises(StoreDown, match="doesn't accept our user or password") as told:
        await stranger.people.get("sam")
    await stranger.close()
    assert "hush" not in str(told.value)


async def test_lines_that_the_server_closed_are_opened_again_unseen(own: RedisStore) -> None:
    other = store_at(f"unix://{own.connection.address}")
    await other.connection.client.client_kill_filter(_type="normal", skipme=True)
    assert await own.people.get("sam") == SAM
    await other.close()


async def test_nobody_listening_at_all_is_a_sentence() -> None:
    nowhere = store_at("redis://:secret@127.0.0.1:1/0")
    with pytest.raises(StoreDown) as told:
        await nowhere.people.get("sam")
    await nowhere.close()
    assert "Can't reach Redis at redis://127.0.0.1:1/0; is it running?" in str(told.value)
    assert "secret" not in str(told.value)
