"""streaQ."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from streaq import Worker

from benchmarks.engines.timed import Handled, main


async def prepare(url: str, tasks: int, handled: Handled) -> Callable[[], Awaitable[None]]:
    worker: Worker[None] = Worker(redis_url=url, concurrency=128, handle_signals=False)

    @worker.task()
    async def handle() -> None:
        handled.one()

    async with worker:
        await worker.enqueue_many([handle.enqueue() for _ in range(tasks)])

    async def work() -> None:
        await worker.run_async()

    return work


if __name__ == "__main__":
    main(prepare)
