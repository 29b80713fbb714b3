"""How long ago something began, by whichever of our clocks saw the most of it.

The loop's clock goes on while this process is stopped, but stands still on Linux while the machine sleeps; the one
that counts through sleep stands still with a paused virtual machine, whose wall clock is put right some time after.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

_THROUGH_SLEEP: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Where there is no CLOCK_BOOTTIME (macOS, BSD), the other counts through sleep, or the wall tells."""


def through_sleep() -> float:
    """Seconds since some moment, those slept counted."""
    return time.clock_gettime(_THROUGH_SLEEP)


class Stopwatch:
    """Begins when made. `now` is the bot's wall clock: where it leaps, in the demo, more seems to have passed."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._began = self._read()

    def _read(self) -> tuple[float, float, float]:
        return time.monotonic(), through_sleep(), self._now().timestamp()

    def seconds(self) -> float:
        """A wall clock that was stepped back counts by as much: nobody can tell how long that took."""
        # The largest of the three: each of them stands still in a way that another does not, and saying "too long"
        # of what was quick costs one more claim, where the other mistake posts twice.
        loop, slept, wall = self._read()
        began, slept_before, wall_before = self._began
        return max(loop - began, abs(slept - slept_before), abs(wall - wall_before))
