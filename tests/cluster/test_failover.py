"""A primary dies in the midst of it all: what was confirmed is there, nothing goes twice, no bot is restarted.

Each test prints its seed and what it counted. A seed replays who is hit and how slow Slack is, not the instant.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.storage import RedisStore
from bot.store import keys
from tests.cluster.fleet import Fleet, a_fleet, at_work, waited_for
from tests.cluster.many import Cluster, Watched
from tests.cluster.servers import Server
from tests.cluster.shapes import on
from tests.master_keys import store_at

pytestmark = [
    *on("redis-cluster", "redis-sentinel", "valkey-cluster", at_length=("valkey-sentinel",)),
    pytest.mark.timeout(400),  # how long servers take to agree is nobody's promise
    # redis-py lets go of lines behind sentinels that it is still closing; asyncio says so when they are collected.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

Several = Cluster | Watched
Blow = Callable[[Several, str], Awaitable[None]]

SOMEWHERE = [f"b:{{g:g{number}}}:plates" for number in range(12)] + [
    keys.outbox(number, "entries") for number in range(keys.PARTITIONS)
]


async def killed(deployment: Several, key: str) -> None:
    """Whoever holds `key` is killed, and comes back some time after somebody took over."""
    primary = await asyncio.to_thread(deployment.holder, key)
    await asyncio.to_thread(primary.kill)
    await taken_over(deployment, key, primary)
    await asyncio.to_thread(deployment.restart, primary)


async def frozen(deployment: Several, key: str) -> None:
    """Whoever holds `key` says nothing for a while, and wakes believing that it still holds it."""
    primary = await asyncio.to_thread(deployment.holder, key)
    with primary.frozen():
        await taken_over(deployment, key, primary)


async def taken_over(deployment: Several, key: str, old: Server) -> None:
    def by_another() -> bool:
        try:
            return deployment.holder(key) is not old
        except AssertionError:
            return False

    await waited_for(lambda: asyncio.to_thread(by_another))


async def the_work_goes_on(fleet: Fleet) -> None:
    """Everybody's answers are saved, and something is sent."""
    before = {group_id: len(mine) for group_id, mine in fleet.saved.items()}
    posted = len(fleet.slack.posted)

    async def it_does() -> bool:
        return len(fleet.slack.posted) > posted and all(len(fleet.saved[g]) > n for g, n in before.items())

    await waited_for(it_does)


async def live_through(deployment: Several, blow: Blow, times: int, say: Callable[[str], None]) -> None:
    seed = random.randrange(10_000)
    fleet = a_fleet(deployment.url, seed)
    async with at_work(fleet):
        for _ in range(times):
            await the_work_goes_on(fleet)
            await blow(deployment, fleet.dice.choice(SOMEWHERE))
            await asyncio.to_thread(deployment.wait_until_well)
        await the_work_goes_on(fleet)
    async with looking_at(deployment.url) as store:
        lost = await fleet.missing(store)
    say(f"seed {seed}, {times} x {blow.__name__}: {fleet.told(lost)}")
    assert lost == []
    assert fleet.slack.twice == []
    assert sorted(fleet.slack.texts) == sorted(fleet.added)
    assert fleet.added


@asynccontextmanager
async def looking_at(url: str) -> AsyncIterator[RedisStore]:
    store = store_at(url)
    yield store
    await store.close()


@pytest.fixture
def say(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Printed whether the test fails or not."""

    def line(text: str) -> None:
        with capsys.disabled():
            request.config.get_terminal_writer().line(f"\n{request.node.callspec.id}: {text}")

    return line


@pytest.fixture(autouse=True)
def clean(store: RedisStore) -> None:
    """Servers that are well and hold nothing; and at the end, nothing that belongs to nobody."""


async def test_a_primary_that_is_killed_loses_no_answer_and_sends_nothing_twice(
    deployment: Several, say: Callable[[str], None]
) -> None:
    await live_through(deployment, killed, 1, say)


@pytest.mark.at_length
async def test_a_primary_that_wakes_and_believes_it_still_is_one_does_no_harm(
    deployment: Several, say: Callable[[str], None]
) -> None:
    await live_through(deployment, frozen, 1, say)


@pytest.mark.at_length
@pytest.mark.timeout(900)
@pytest.mark.parametrize("blow", [killed, frozen])
async def test_blow_upon_blow(deployment: Several, blow: Blow, say: Callable[[str], None]) -> None:
    await live_through(deployment, blow, 5, say)
