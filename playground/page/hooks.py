"""What the page may ask of whoever mounts it: what happens next, and what to do once the clock has moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from playground.acts import PersonCannot
from playground.server import Playground


class CannotTell(Exception):
    """Whoever was asked what comes next, or to move the clock, can't just now; the words say why."""


MOST_SKIPPED = 200
"""Things until the landmark; where none comes, skipping ends all the same."""
NextThing = Callable[[], Awaitable[tuple[datetime, str] | None]]
MoveTo = Callable[[datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Hooks:
    """Both are optional: without them there is no *skip to the next thing*, and the clock merely moves.

    `move_to` moves the clock, and lets what is due on the way happen in its order. `landmark` is how the words of
    what most people wait for begin, such as `digest`: it may be skipped to over all that comes before it.
    """

    next_thing: NextThing | None = None
    move_to: MoveTo | None = None
    landmark: str = ""

    async def upcoming(self) -> tuple[datetime, str] | None:
        """When the next thing happens and what it is, if anybody knows. Raises CannotTell."""
        return await self.next_thing() if self.next_thing else None


async def move(pg: Playground, hooks: Hooks, by: timedelta) -> None:
    """Move the clock on by so much, and let everything that follows happen. Raises CannotTell."""
    try:
        target = pg.world.clock.now() + by
    except OverflowError:
        raise PersonCannot("The clock goes no further.") from None
    await _move_to(pg, hooks, target)


async def skip(pg: Playground, hooks: Hooks, to: str = "") -> list[str]:
    """Move the clock to the next thing or, with `to`, on to the first whose words begin so and that came: what was
    planned is not posted where nobody had anything to say.

    Returns what happened on the way, in its order. Raises CannotTell.
    """
    passed: list[str] = []
    for _ in range(MOST_SKIPPED):
        upcoming = await hooks.upcoming()
        if upcoming is None:
            break
        when, what = upcoming
        before = _posts(pg)
        await _move_to(pg, hooks, max(when, pg.world.clock.now()))
        awaited = bool(hooks.landmark) and what.startswith(hooks.landmark)
        came = not awaited or _posts(pg) > before
        passed.append(what if came else f"{what} (nothing to say)")
        if came and what.startswith(to):
            break
    return passed


def _posts(pg: Playground) -> int:
    """How much has been said in channels, threads and all."""
    return sum(len(channel.messages) for channel in pg.world.channels.values() if channel.is_named)


async def _move_to(pg: Playground, hooks: Hooks, target: datetime) -> None:
    if hooks.move_to:
        await hooks.move_to(target)
    else:
        pg.world.clock.move_to(target)
    pg.world.touch()
    with suppress(TimeoutError):
        await pg.settled()


def in_words(passed: list[str]) -> str:
    """What was skipped, alike things counted: `Skipped to digest of tea, past a nudge (3 times).`"""
    *before, last = passed
    counted = [what if n == 1 else f"{what} ({n} times)" for what, n in Counter(before).items()]
    return f"Skipped to {last}{', past ' if counted else ''}{', '.join(counted)}."
