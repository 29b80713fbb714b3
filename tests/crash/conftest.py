"""A world for the crash tests: Slack, Redis and the clock, which outlive the bots."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.crash import month
from tests.crash.bots import end_all
from tests.crash.killer import World
from tests.crash.redisprocess import RedisProcess
from tests.crash.sharedclock import SharedClock
from tests.crash.slack import Slack
from tests.master_keys import store_at

SEED = int(os.environ.get("CRASH_SEED") or random.SystemRandom().randrange(10**6))  # noqa: TID251
KILLS = int(os.environ.get("CRASH_KILLS") or 0)  # noqa: TID251


@pytest.fixture
def seed() -> int:
    """Of this run; `CRASH_SEED` plays an earlier one again."""
    return SEED


@pytest.fixture
def wanted() -> int:
    """How many kills there are to be; 0 where nobody said."""
    return KILLS


@asynccontextmanager
async def a_world(folder: Path, seed: int = 0) -> AsyncIterator[World]:
    folder.mkdir(exist_ok=True)  # noqa: ASYNC240
    clock = SharedClock(folder / "clock", month.BEGIN)
    redis = RedisProcess(folder)
    await redis.up()
    store = store_at(redis.url)
    try:
        async with Slack(clock.now, random.Random(seed)).open() as slack:
            yield World(folder, slack, redis, clock, store)
    finally:
        await end_all()
        await store.close()
        redis.end()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path / "w") as made:
        yield made
