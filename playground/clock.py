"""The playground's own clock: it follows real time until someone moves it, and it may stand still.

This is the only module of the playground that reads the computer's clock.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Listener = Callable[[datetime], None]


def real_seconds() -> int:
    """Real Unix seconds, for signatures: whoever verifies one compares it with real time."""
    return int(time.time())


def stopwatch() -> float:
    """Real seconds that only grow, for timeouts that is measured in real time."""
    return time.monotonic()


class Clock:
    """Tells the playground's time (aware, UTC). `frozen` makes it stand still between moves."""

    def __init__(self, start: datetime | None = None, frozen: bool = False) -> None:
        self._frozen = frozen
        self._listeners: list[Listener] = []
        self._set(start or datetime.now(UTC))

    @property
    def frozen(self) -> bool:
        return self._frozen

    def now(self) -> datetime:
        return self._base if self._frozen else datetime.now(UTC) + self._offset

    def minute(self) -> int:
        """Which minute it is, counted from 1970: whether a clock face would show another time than before."""
        return int(self.now().timestamp() // 60)

    def move_to(self, when: datetime) -> None:
        """Set the time and tell every listener. `when` must carry a time zone."""
        self._set(when)
        self._tell()

    def thaw(self) -> None:
        """Follow real time from the present moment on."""
        self._set(self.now())
        self._frozen = False
        self._tell()

    def advance(self, by: timedelta) -> None:
        self.move_to(self.now() + by)

    def on_move(self, callback: Listener) -> None:
        """Call `callback(now)` after each move and thaw; the mere passing of time calls nobody."""
        self._listeners.append(callback)

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener(self.now())

    def _set(self, when: datetime) -> None:
        if when.tzinfo is None:
            raise ValueError("The clock needs a time with its zone.")
        self._base = when.astimezone(UTC)
        self._offset = self._base - datetime.now(UTC)
