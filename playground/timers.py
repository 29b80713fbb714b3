"""Things to be done when the playground's clock gets there: by itself, or because somebody moved it."""

import asyncio
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from playground.clock import Clock

Act = Callable[[], None]


@dataclass(order=True, slots=True)
class Timer:
    """One thing to be done at `when`; `cancel()` forgets it."""

    when: datetime
    number: int
    act: Act = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Timers:
    """Keeps what is to be done. On a frozen clock nothing happens until the clock is moved there."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[Timer] = []
        self._numbers = count()
        self._alarm: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        clock.on_move(self._moved)

    def at(self, when: datetime, act: Act) -> Timer:
        """Call `act` once the clock shows `when`, soon if it does already."""
        timer = Timer(when, next(self._numbers), act)
        heapq.heappush(self._heap, timer)
        self._set_alarm()
        return timer

    def after(self, wait: timedelta, act: Act) -> Timer:
        return self.at(self._clock.now() + wait, act)

    def close(self) -> None:
        """Forget everything."""
        self._heap.clear()
        self._set_alarm()

    def _moved(self, _: datetime) -> None:
        self._ring()

    def _ring(self) -> None:
        """Do what is due, oldest first. What an act adds for a time already past comes with the next alarm."""
        now, due = self._clock.now(), []
        while self._heap and self._heap[0].when <= now:
            due.append(heapq.heappop(self._heap))
        for timer in due:
            if not timer.cancelled:
                timer.act()
        self._set_alarm()

    def _set_alarm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if not self._heap:
            return
        left = (self._heap[0].when - self._clock.now()).total_seconds()
        if left > 0 and self._clock.frozen:
            return
        self._alarm = self._loop.call_later(max(left, 0.0), self._ring)
