"""docket, by PrefectHQ."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from docket import Docket, Worker

from benchmarks.engines.timed import Handled, main


async def prepare(url: str, tasks: int, handled: Handled) -> Callable[[], Awaitable[None]]:
    async def handle() -> None:
        handled.one()

    docket = Docket(name="bench", url=url)
    await docket.__aenter__()
    docket.register(handle)
    due = datetime.now(UTC) - timedelta(seconds=1)
    for number in range(tasks):
        await docket.add(handle, when=due, key=str(number))()

    async def work() -> None:
        async with Worker(docket, concurrency=128) as worker:
            await worker.run_until_finished()

    return work


if __name__ == "__main__":
    main(prepare)
