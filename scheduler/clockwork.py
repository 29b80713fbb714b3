"""The clockwork: the only file that knows APScheduler, which does nothing but call the tick.

It keeps no facts: its jobs live in memory, and what is due is decided from Redis and the time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC

import structlog
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ports import StoreDown

STOP_TICK_TIMEOUT_S = 5.0
"""Seconds for a tick under way to end at the stop."""

STUCK_BEATS = 3.0
"""Beats without a tick after which the clock must have been stepped back: APScheduler would wait for it."""

log = structlog.get_logger()


class _Beat:
    """Calls the tick and survives whatever it raises. An outage of the store is one line in the log, not one a
    second."""

    def __init__(self, tick: Callable[[], Awaitable[None]]) -> None:
        self._tick = tick
        self._down = False
        self.free = asyncio.Event()
        """Set while no tick is under way."""
        self.free.set()
        self.last = asyncio.get_running_loop().time()

    async def __call__(self) -> None:
        # Never two at once (`max_instances=1`), so one event tells of the only one there is.
        self.free.clear()
        try:
            await self._tick()
            if self._down:
                self._down = False
                log.info("the store answers again")
        except StoreDown as fault:
            if not self._down:
                self._down = True
                log.error("nothing can be planned or sent", reason=str(fault))
        except Exception:
            # Not out of here: APScheduler would log it with its own words, once a second, and go on just the same.
            log.exception("a tick failed; the next goes on")
        finally:
            # At its end, not its beginning: a tick that takes a minute is no silence.
            self.last = asyncio.get_running_loop().time()
            self.free.set()

    async def ended(self, within: float) -> None:
        """Waits `within` seconds for the tick under way, if there is one; it is not cancelled here."""
        try:
            await asyncio.wait_for(self.free.wait(), within)
        except TimeoutError:
            log.warning("a tick was cut short; its work is taken up after the next start")


@asynccontextmanager
async def clockwork(tick: Callable[[], Awaitable[None]], *, every: float = 1.0) -> AsyncIterator[Job]:
    """Call `tick` each `every` seconds, never two at once, until the block ends; the last one may finish."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # else a line each second that a tick takes longer
    scheduler = AsyncIOScheduler(timezone=UTC)
    beat = _Beat(tick)
    # No grace: APScheduler's default of one second drops what a stall delayed. `coalesce`: of several that were
    # missed one is made up for, which will do, since what is due is read from Redis.
    job = scheduler.add_job(
        beat.__call__, "interval", seconds=every, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.start()
    watch = _Watch(beat, job, every)
    try:
        yield job
    finally:
        # No new beat first, then the end of the one under way. Cut short it leaves leases, which end by themselves.
        watch.stop()
        job.remove()
        await beat.ended(STOP_TICK_TIMEOUT_S)
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # it shuts down in the loop's next turn


class _Watch:
    """Sets the job going again where the wall clock went back: the loop's own clock never does."""

    def __init__(self, beat: _Beat, job: Job, every: float) -> None:
        self._beat, self._job, self._every = beat, job, every
        self._next()

    def _next(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._every, self._look)

    def _look(self) -> None:
        silence = asyncio.get_running_loop().time() - self._beat.last
        if self._beat.free.is_set() and silence > STUCK_BEATS * self._every:
            self._job.reschedule("interval", seconds=self._every)
            # As if it had beaten just now, so that it has as long again before the next try.
            self._beat.last += silence
        self._next()

    def stop(self) -> None:
        """No more looks: done before the job goes, which one would set going again."""
        self._timer.cancel()
