"""Where something is to happen to a bot: at its n-th call to Redis or Slack, before or after it.

It stands still there, tells the test, and goes on only when told to; killed or frozen, it never hears that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Order:
    """Stand still at the `calls`th call; of those named `point`, where that is given. Where it is to be `alone`, at
    the first such call from then on at which nobody else in that process stands between intent and post."""

    calls: int
    after: bool
    point: str = ""
    alone: bool = False


class Doom:
    """Counts the calls. `stand` is called with the name of the point, and blocks.

    `one_by_one`: no call begins before the one before it has ended, so that the n-th call is the same each time.
    """

    def __init__(self, orders: Iterable[Order], stand: Callable[[str], None], *, one_by_one: bool = False) -> None:
        self._left = {order: order.calls for order in orders}
        self._stand = stand
        self._turn = asyncio.Lock() if one_by_one else None
        self._sending: set[asyncio.Task[Any]] = set()

    async def around(self, name: str, call: Callable[..., Any], *args: Any, **more: Any) -> Any:
        async with AsyncExitStack() as turn:
            if self._turn:
                await turn.enter_async_context(self._turn)
            now = self._due(name)
            if now and not now.after:
                self._stand(f"before {name}")
            self._begins(name)
            try:
                return await call(*args, **more)
            finally:
                self._ends(name)
                if now and now.after:
                    self._stand(f"after {name}")

    def _begins(self, name: str) -> None:
        task = asyncio.current_task()
        if task and name == "store.delivery.mark_sending":
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    def _ends(self, name: str) -> None:
        task = asyncio.current_task()
        if task and name in ("slack.post", "store.delivery.put_back"):
            self._sending.discard(task)

    def _alone(self) -> bool:
        return not self._sending - {asyncio.current_task()}

    def _due(self, name: str) -> Order | None:
        """Counts the call for every order that waits for one like it."""
        due = None
        for order in [one for one in self._left if one.point in ("", name)]:
            self._left[order] -= 1
            if self._left[order] <= 0 and (self._alone() or not order.alone):
                del self._left[order]
                due = order
        return due


class Mortal:
    """Anything whose every call may be its last."""

    def __init__(self, inner: Any, doom: Doom, name: str) -> None:
        self._inner, self._doom, self._name = inner, doom, name

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        called = f"{self._name}.{name}"
        if not callable(found):
            return Mortal(found, self._doom, called)
        return lambda *args, **more: self._doom.around(called, found, *args, **more)
