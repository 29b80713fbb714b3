"""When bot and playground have nothing left to do. Both live in the loop of whoever waits, so that it can be known
and need not be waited for by the clock: a fixed pause is too long on a quiet machine, too short on a busy one."""

from __future__ import annotations

import asyncio
from typing import Any

from playground.clock import stopwatch
from playground.server import Playground

WAITING_FOR_WORK = {
    "RequestHandler.start",
    "RequestHandler._handle_request",
    "SocketModeClient.receive_messages",
    "SocketModeClient.monitor_current_session",
    "AsyncBaseSocketModeClient.process_messages",
    "_Line.keep_alive",
}
"""Tasks that live as long as a connection. A request that is served belongs to somebody who waits for its answer,
and a payload that was sent stays under way at the playground until it is acknowledged."""

IN_A_ROW = 3
"""Steps of the loop without work: what one callback hands to the next, a queue to its reader, takes one each."""

TIMEOUT_S = 60.0


async def at_rest(pg: Playground) -> None:
    """Return when neither side has a task at work. TimeoutError, naming them, where that takes a minute."""
    calm, ends = 0, stopwatch() + TIMEOUT_S
    while calm < IN_A_ROW:
        await asyncio.sleep(0)
        if at_work := [task for task in asyncio.all_tasks() if not _waits(task)]:
            if stopwatch() > ends:
                raise TimeoutError(f"still at work: {at_work}")
            await asyncio.wait(at_work, timeout=1)
            calm = 0
        elif pg.dispatcher.under_way:
            await asyncio.sleep(0.001)
            calm = 0
        else:
            calm += 1


def _waits(task: asyncio.Task[Any]) -> bool:
    return task is asyncio.current_task() or getattr(task.get_coro(), "__qualname__", "") in WAITING_FOR_WORK
