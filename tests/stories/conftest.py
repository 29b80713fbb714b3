"""Stories are told on a clean stage, in Socket Mode unless they say otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.storage import RedisStore
from tests.promises.watch import all_kept
from tests.stage import Stage, staged
from tests.stories.named import found_by_own_name_alone


@pytest.fixture
def opens() -> str:
    """When the curtain rises, on London's wall: Monday 23 November 2026, unless a file says otherwise."""
    return "2026-11-23 09:00"


@pytest.fixture
async def stage(redis_url: str, store: RedisStore, opens: str) -> AsyncIterator[Stage]:
    """A clean stage, whose promises are looked over at the end: all that was sent in the story, to everybody.
    `store` empties the Redis and looks for keys left behind."""
    async with staged(redis_url, opens) as stage:
        yield stage
        await all_kept(stage)
        await found_by_own_name_alone(stage)
