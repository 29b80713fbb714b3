"""One line a minute for each kind of refusal, however many there are: nobody can fill the disk with our log."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger()

INTERVAL_S = 60.0


@dataclass(eq=False)
class LogLimiter:
    """The first of a kind is logged at once; those that follow, as one line with their number each minute.

    Runs in one loop. Kinds are the few that callers name, never what a stranger sent. `close` says what is unsaid.
    """

    interval_s: float = INTERVAL_S
    _unsaid: dict[tuple[str, str], int] = field(default_factory=dict)
    _timers: dict[tuple[str, str], asyncio.TimerHandle] = field(default_factory=dict)

    def warn(self, event: str, kind: str, detail: str = "") -> None:
        """`detail` is told of the first alone."""
        key = event, kind
        # As long as a timer runs for this kind, its line of the minute has been written.
        if key in self._timers:
            self._unsaid[key] = self._unsaid.get(key, 0) + 1
            return
        log.warning(event, kind=kind, count=1, **({"detail": detail} if detail else {}))
        self._wait(key)

    def close(self) -> None:
        """Says what has not been said yet, and counts no more."""
        for key, timer in self._timers.items():
            timer.cancel()
            self._say(key)
        self._timers.clear()

    def _wait(self, key: tuple[str, str]) -> None:
        self._timers[key] = asyncio.get_running_loop().call_later(self.interval_s, self._elapsed, key)

    def _elapsed(self, key: tuple[str, str]) -> None:
        # Another minute only where something was unsaid: a kind that has stopped leaves no timer behind.
        del self._timers[key]
        if self._say(key):
            self._wait(key)

    def _say(self, key: tuple[str, str]) -> bool:
        count = self._unsaid.pop(key, 0)
        if count:
            log.warning(key[0], kind=key[1], count=count)
        return bool(count)
