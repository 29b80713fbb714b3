"""From the moment the worker starts on tasks that are due already until the last one's handler is done."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable

BEAT = 0.005


class Handled:
    """Counts handled tasks; `all` is set when there have been `tasks`."""

    def __init__(self, tasks: int) -> None:
        self.left = tasks
        self.all = asyncio.Event()
        self.at = 0.0

    def one(self) -> None:
        self.left -= 1
        if not self.left:
            self.at = time.perf_counter()
            self.all.set()


class Pulse:
    """The longest that the event loop answered nobody, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Pulse:
        self._task = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()

    async def _beat(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(BEAT)
            now = time.perf_counter()
            self.longest = max(self.longest, now - last - BEAT)
            last = now


Work = Callable[[str, int, Handled], Awaitable[Callable[[], Awaitable[None]]]]
"""Puts so many tasks that are due into the Redis at a URL, and gives what works them off, which is then timed."""


async def timed(prepare: Work, url: str, tasks: int) -> dict[str, float]:
    handled = Handled(tasks)
    work = await prepare(url, tasks, handled)
    async with Pulse() as pulse:
        began, processor = time.perf_counter(), time.process_time()
        worker = asyncio.ensure_future(work())
        await asyncio.wait([worker, asyncio.ensure_future(handled.all.wait())], return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait_for(handled.all.wait(), 5)
        processor = time.process_time() - processor
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)
    return {
        "tasks_a_second": round(tasks / (handled.at - began), 1),
        "processor_microseconds_a_task": round(processor / tasks * 1e6, 1),
        "loop_blocked_ms": round(pulse.longest * 1000, 1),
    }


def main(prepare: Work) -> None:
    print(json.dumps(asyncio.run(timed(prepare, sys.argv[1], int(sys.argv[2])))))
