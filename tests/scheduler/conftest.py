"""Slack on one page, and a bot of each test's own."""

from __future__ import annotations

import pytest

from bot.storage import RedisStore
from tests.clock import Clock
from tests.scheduler.fortnight import carers_of
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot
from tests.scheduler.postroom import bot as a_bot


@pytest.fixture
def slack(clock: Clock) -> Loopback:
    return Loopback(clock.now)


@pytest.fixture
def bot(store: RedisStore, slack: Loopback, clock: Clock) -> Bot:
    return a_bot(store, slack, clock)


@pytest.fixture
async def carers(store: RedisStore) -> Bot:
    return await carers_of(store)
