"""APScheduler 3 with its Redis job store; no grace, or it would drop what it can't start within a second."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from apscheduler.jobstores.redis import RedisJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from benchmarks.engines.timed import Handled, main

HANDLED: list[Handled] = []
"""Jobs are stored by their name in a module, so what they count with has to be found there."""


async def handle() -> None:
    HANDLED[0].one()


async def prepare(url: str, tasks: int, handled: Handled) -> Callable[[], Awaitable[None]]:
    from benchmarks.engines import apscheduler3  # as the job store will import it

    apscheduler3.HANDLED.append(handled)
    where = urlsplit(url)
    store = RedisJobStore(host=where.hostname, port=where.port)
    scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
    scheduler.start(paused=True)
    now = datetime.now(UTC)
    for number in range(tasks):
        scheduler.add_job(apscheduler3.handle, "date", run_date=now, id=str(number), misfire_grace_time=None)

    async def work() -> None:
        scheduler.resume()
        await asyncio.Event().wait()

    return work


if __name__ == "__main__":
    main(prepare)
