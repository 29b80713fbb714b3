"""The bot in a process of its own: all of it (`bot.app.started`), by the test's clock, told when to tick."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from aiohttp import ClientTimeout

from bot.app import Between, started, utc_now
from bot.ports import StoreDown
from bot.redis import server
from bot.settings import Settings
from bot.slack import calls
from bot.storage import RedisStore
from bot.store import compare_and_set, data_keys, keys
from bot.store.method_limiter import RedisMethodLimiter
from scheduler import members
from scheduler.outbox import delivery, pool
from scheduler.outbox.pace import NO_PACE
from scheduler.outbox.queue import RedisOutbox
from tests.crash.doom import Doom, Mortal, Order
from tests.crash.sharedclock import SharedClock
from tests.tracebacks import plain_tracebacks


@dataclass(frozen=True)
class Life:
    """How a bot is to live. Without a `clock` it is as in production: real time, and it ticks by itself.

    `quick`: seconds of a lease by the server's real clock, and all that follows from it; 0: the test's clock.
    `one_by_one`: it makes one call to Redis or Slack at a time, and nothing because time has passed that is not the
    test's, so that it does the same each time. `patient`: it would wait for Slack's answer for ever.
    """

    settings: dict[str, Any]
    log: Path
    clock: Path | None = None
    doom: tuple[Order, ...] = ()
    quick: float = 0.0
    one_by_one: bool = False
    patient: bool = False


def main(line: Connection, life: Life) -> None:
    log = os.open(life.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    plain_tracebacks()
    asyncio.run(_live(line, life))


async def _live(line: Connection, life: Life) -> None:
    if life.one_by_one:
        _ignore_real_time()
    if life.patient:
        delivery.LONGEST_CALL_S = AN_AGE_S
        calls.TIMEOUT = ClientTimeout()
    clock = SharedClock(life.clock) if life.clock else None
    now = clock.now if clock else utc_now
    settings = Settings.model_validate(life.settings)
    async with started(settings, clock=now, beating=clock is None) as bot:
        if clock:
            _arrange(bot, clock, life)
            stand = partial(_stand, line)
            _doomed(bot, Doom(life.doom, stand, one_by_one=life.one_by_one))
        line.send(("born", os.getpid()))
        hear = asyncio.get_running_loop().run_in_executor
        while (word := await hear(None, line.recv)) != "stop":
            line.send(await _done(bot, word))


AN_AGE_S = 3600.0
"""Longer than any call takes on the busiest machine."""


def _ignore_real_time() -> None:
    """What this life does may follow from its seed alone. In production a bot claims again where a delivery takes
    a second, leaves a slow workspace alone, puts back what was three seconds on its way, and gives up a slow Redis,
    or a look at who is in a channel.
    On a busy machine each would be one call more, and every kill after it would come elsewhere. The months that
    go by the wall, and those of four bots, keep these limits; how long a call to Slack may take stays here too.
    """
    pool.A_LOOK_S = pool.LEAST_LOOK_S = pool.SLOW_S = AN_AGE_S
    delivery.LONGEST_MARKING_S = members.LOOK_TIMEOUT_S = AN_AGE_S
    server.ANSWER_TIMEOUT_S = server.CONNECT_TIMEOUT_S = compare_and_set.CHANGE_TIMEOUT_S = AN_AGE_S
    data_keys.KEY_LIFE_S = AN_AGE_S


def _arrange(bot: Between, clock: SharedClock, life: Life) -> None:
    store = bot.deps.store
    assert isinstance(store, RedisStore)
    if life.quick:
        outbox = RedisOutbox(store.connection, store.due, pace=NO_PACE, lease=timedelta(seconds=life.quick))
        delivery.LONGEST_CALL_S = life.quick * 0.8
        delivery.LONGEST_MARKING_S = life.quick * 0.25
    else:
        outbox = RedisOutbox(store.connection, store.due, pace=NO_PACE, server_ms=clock.ms)
        store.method_limiter = RedisMethodLimiter(store.connection, server_ms=clock.ms)
    store.outbox = store.delivery = outbox


def _stand(line: Connection, point: str) -> None:
    """Nothing of this process moves until the test says so."""
    line.send(("at", point))
    line.recv()


def _doomed(bot: Between, doom: Doom) -> None:
    store: Any = Mortal(bot.deps.store, doom, "store")
    messenger: Any = Mortal(bot.deps.messenger, doom, "slack")
    bot.deps = replace(bot.deps, store=store, messenger=messenger)


async def _done(bot: Between, word: str) -> tuple[str, Any]:
    """What is due is done; `sweep` looks at every partition besides, as a bot does within six minutes."""
    said: tuple[str, Any] = ("down", None)
    with _none_of(StoreDown), suppress(StoreDown):
        if word == "sweep":
            for _ in range(keys.PARTITIONS):
                await bot.deps.store.due.sweep(bot.deps.now())
        await bot.tick()
        said = "done", await bot.next_due()
    return said


@contextmanager
def _none_of(kind: type[Exception]) -> Iterator[None]:
    try:
        yield
    except BaseExceptionGroup as group:
        if group.split(kind)[1]:
            raise
