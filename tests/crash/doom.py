"""Where something is to happen to a bot: at its n-th call to Redis or Slack, before or after it.

It stands still there, tells the test, and goes on only when told to; killed or frozen, it never hears that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Order:
    """Stand still at the `calls`th call; of those named `point`, where that is given."""

    calls: int
    after: bool
    point: str = ""


class Doom:
    """Counts the calls. `stand` is called with the name of the point, and blocks."""

    def __init__(self, orders: Iterable[Order], stand: Callable[[str], None]) -> None:
        self._left = {order: order.calls for order in orders}
        self._stand = stand

    async def around(self, name: str, call: Callable[..., Any], *args: Any, **more: Any) -> Any:
        now = self._due(name)
        if now and not now.after:
            self._stand(f"before {name}")
        try:
            return await call(*args, **more)
        finally:
            if now and now.after:
                self._stand(f"after {name}")

    def _due(self, name: str) -> Order | None:
        """Counts the call for every order that waits for one like it."""
        due = None
        for order in [one for one in self._left if one.point in ("", name)]:
            self._left[order] -= 1
            if self._left[order] == 0:
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
