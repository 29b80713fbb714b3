"""A tick: look at what is due, plan those groups, carry what may go. The clockwork calls it once a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.domain.outbox import Due
from bot.ports import Deps, StoreDown
from bot.usecases.installation_upkeep import look_after_installations
from scheduler.clockwork import clockwork
from scheduler.due import look_at_group
from scheduler.outbox.messages import Kinds
from scheduler.outbox.pool import DeliveryPool

AT_A_LOOK = 100
"""Groups and partitions taken from the index at a time."""

GROUPS_AT_ONCE = 16

MOST_LOOKS = 1000
"""In one tick: something that is due again and again must not keep it for ever."""

SWEEP_EVERY = 40
"""Ticks between looks at a partition that nobody asked for; a bot that has nothing to do is nearly silent."""

STOP_TIMEOUT_S = 4.0
"""Seconds for those under way to come in at the stop."""


async def tick(deps: Deps, kinds: Kinds) -> None:
    """Do all that is due at `deps.now()`, wait until it is done, and go on until nothing more is.

    For tests and the demo's clock: after moving it, one call settles everything. Raises StoreDown.
    """
    with _unwrapped():
        async with DeliveryPool(deps, kinds) as pool:
            await look_until_quiet(deps, pool, until_delivered=True)


@asynccontextmanager
async def ticking(deps: Deps, kinds: Kinds) -> AsyncIterator[None]:
    """Once a second until the block ends, which takes up to ten seconds where something is under way."""
    async with DeliveryPool(deps, kinds) as pool:
        beats = 0

        async def beat() -> None:
            nonlocal beats
            beats += 1
            # For what a crash, or a clock that was far ahead for a while, left with no look of its own. Every bot
            # sweeps, each in turns of its own.
            if beats % SWEEP_EVERY == 0:
                await deps.store.due.sweep(deps.now())
                await look_after_installations(deps, deps.now())
            await look_until_quiet(deps, pool)

        try:
            async with clockwork(beat):
                yield
        finally:
            # After the beats, which would start new runs; before the task group ends, which waits for all without
            # end.
            await pool.stop(STOP_TIMEOUT_S)


async def look_until_quiet(deps: Deps, pool: DeliveryPool, *, until_delivered: bool = False) -> None:
    """Plan and start on all that is due; with `until_delivered`, come back only when it has been carried."""
    for _ in range(MOST_LOOKS):
        # Taken from the index with a lease of ten seconds: other bots get others, and what we die with comes back.
        due = await deps.store.due.due(deps.now(), AT_A_LOOK)
        if not due.groups and not due.partitions:
            return
        await _look(due, deps, pool, until_delivered)


async def _look(due: Due, deps: Deps, pool: DeliveryPool, until_delivered: bool) -> None:
    """Groups first, so that what they put in the outbox goes at once."""
    few = asyncio.Semaphore(GROUPS_AT_ONCE)

    async def group(id_: str) -> None:
        # Each is several packets to Redis and some milliseconds of ours: more at once would only hold up a press.
        async with few:
            await look_at_group(due, id_, deps)

    async def deliver_partition(number: int) -> None:
        next_at = await pool.carry(number)
        await deps.store.due.partition_done(due, number, next_at)

    with _unwrapped():
        async with asyncio.TaskGroup() as looks:
            for id_ in due.groups:
                looks.create_task(group(id_))
            for number in due.partitions:
                # A beat only starts them: a workspace that hangs must not keep the next groups from being looked
                # at.
                if until_delivered:
                    looks.create_task(deliver_partition(number))
                else:
                    pool.start(due, number)


@contextmanager
def _unwrapped() -> Iterator[None]:
    """A StoreDown as itself, where it comes out of a group of tasks."""
    try:
        yield
    except BaseExceptionGroup as faults:
        down, rest = faults.split(StoreDown)
        if rest or not down:
            raise
        # Groups within groups, one for each task group on the way. All say the same of the store, so the first will
        # do.
        error: BaseException = down
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise StoreDown(str(error)) from faults
