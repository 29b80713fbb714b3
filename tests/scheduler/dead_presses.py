"""A press whose bot dies before its first call, before its second, until it ends alive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from bot.ports import Deps
from bot.storage import RedisStore
from tests.scheduler.fortnight import carers_of, live_to
from tests.scheduler.postroom import Bot, Death, Killed, doomed

MORNING = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
"""Monday, before anybody has been nudged: half past seven."""

Press = Callable[[Deps, datetime], Awaitable[object]]


async def each_death(
    store: RedisStore, press: Press, *, ticking: bool, before: Callable[[Bot], Awaitable[None]] | None = None
) -> AsyncIterator[Bot]:
    """Die before the first call of the press, before the second … until it ends alive: dead after one is dead
    before the next. What there is to do between any two calls is done meanwhile by another bot, where `ticking`."""
    for step in range(1, 60):
        bot = await on_monday(store)
        if before:
            await before(bot)
        death = Watched(step, bot, after=False) if ticking else Death(step, after=False)
        with suppress(Killed):
            await press(doomed(bot, death).deps, bot.clock.now())
        yield bot
        if not death.came:
            return
    raise AssertionError("a press has no end")


class Watched(Death):
    """Another bot does all there is to do after each call of the press, until death comes."""

    def __init__(self, step: int, bot: Bot, *, after: bool) -> None:
        super().__init__(step, after=after)
        self.bot = bot

    async def around(self, name: str, call: Coroutine[Any, Any, Any]) -> object:
        found = await super().around(name, call)
        await self.bot.tick()
        return found


async def on_monday(store: RedisStore) -> Bot:
    bot = await carers_of(store)
    await live_to(bot, MORNING)
    return bot
