"""SAQ."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from saq import Queue, Worker

from benchmarks.engines.timed import Handled, main


async def prepare(url: str, tasks: int, handled: Handled) -> Callable[[], Awaitable[None]]:
    async def handle(context: Any) -> None:
        handled.one()

    queue = Queue.from_url(url)
    await queue.connect()
    for _ in range(tasks):
        await queue.enqueue("handle", scheduled=int(time.time()) - 1)
    worker = Worker(queue, functions=[("handle", handle)], concurrency=128)

    async def work() -> None:
        await worker.start()

    return work


if __name__ == "__main__":
    main(prepare)
