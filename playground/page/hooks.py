"""What the page may ask of whoever mounts it: what happens next, and what to do once the clock has moved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.acts import PersonCannot
from playground.server import Playground


class CannotTell(Exception):
    """Whoever was asked what comes next, or to move the clock, can't just now; the words say why."""


NextThing = Callable[[], Awaitable[tuple[datetime, str] | None]]
MoveTo = Callable[[datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Hooks:
    """Both are optional: without them there is no *skip to the next thing*, and the clock merely moves.

    `move_to` moves the clock, and lets what is due on the way happen in its order.
    """

    next_thing: NextThing | None = None
    move_to: MoveTo | None = None

    async def upcoming(self) -> tuple[datetime, str] | None:
        """When the next thing happens and what it is, if anybody knows. Raises CannotTell."""
        return await self.next_thing() if self.next_thing else None


async def move(pg: Playground, hooks: Hooks, by: timedelta | None) -> None:
    """Move the clock on by so much, or to the next thing, and let everything that follows happen.

    Raises CannotTell.
    """
    upcoming = await hooks.upcoming() if by is None else None
    now = pg.world.clock.now()
    try:
        target = now + by if by is not None else max(upcoming[0], now) if upcoming else now
    except OverflowError:
        raise PersonCannot("The clock goes no further.") from None
    if hooks.move_to:
        await hooks.move_to(target)
    else:
        pg.world.clock.move_to(target)
    pg.world.touch()
    with suppress(TimeoutError):
        await pg.settled()
