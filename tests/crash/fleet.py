"""Four bots on one Redis through a month, ticking at the same moments; now and then one freezes for ten minutes."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime, timedelta

from tests.crash import month
from tests.crash.bots import BotProcess
from tests.crash.doom import Order
from tests.crash.killer import SWEPT, TAKEN_UP, Ledger, Toll, World

FROZEN_FOR = timedelta(minutes=10)

POINTS = (
    ("store.delivery.claim", True),
    ("store.delivery.mark_sending", False),
    ("store.delivery.mark_sent", False),
    ("store.delivery.finish", False),
    ("store.due.due", True),
    ("store.due.done", False),
    ("store.outbox.add", False),
    ("store.checkins.change", False),
)
"""Where one may freeze, and whether after that call; never while another delivery of the same bot is between
intent and post. What guards those is time, and here ten minutes are none: `test_several` freezes one there."""


class Fleet:
    def __init__(self, world: World, seed: int, size: int = 4) -> None:
        self.world, self.size = world, size
        self.dice = random.Random(seed)
        self.ledger = Ledger(world, seed)
        self.bots: list[BotProcess] = []
        self.frozen: dict[BotProcess, datetime] = {}
        self.asleep: dict[BotProcess, asyncio.Future[tuple[str, datetime | None]]] = {}
        self.moments: list[datetime] = []
        self.freezes = 0
        self._froze = asyncio.Event()

    async def live(self) -> Toll:
        await month.put_facts(self.world.store)
        for number in range(self.size):
            self.bots.append(await self._born(number))
        while (next_at := await self._lived()) and next_at < month.END:
            self.world.clock.move_to(max(next_at, self.world.clock.now()))
        for tick in self.asleep.values():
            tick.cancel()
        await asyncio.gather(*(bot.end() for bot in self.bots))
        return self.ledger.counted()

    async def _born(self, number: int) -> BotProcess:
        """The first stays awake all month; each other freezes again and again."""
        orders = [Order(self.dice.randint(1, 8), after, point, alone=True) for point, after in POINTS]
        orders = orders if number else []
        bot = BotProcess(self.world.life(doom=tuple(orders)))
        bot.at_point = lambda _: self._freeze(bot)
        await bot.born()
        return bot

    def _freeze(self, bot: BotProcess) -> None:
        bot.freeze()
        self.frozen[bot] = self.world.clock.now() + FROZEN_FOR
        self.moments += [self.world.clock.now() + TAKEN_UP, self.frozen[bot]]  # what it holds comes free; it wakes
        self.freezes += 1
        self._froze.set()

    async def _lived(self) -> datetime | None:
        """Everybody who is awake does all that is due now, at once. When something is due next is asked once all
        are back: what one of them still looks at is put off by its lease, and nothing is due when that ends."""
        self._wake()
        await self._all("tick")
        next_at = await self.world.store.due.next_at()
        if next_at is None or next_at > self.world.clock.now() + SWEPT:
            await self._all("sweep")
        next_at = await self.ledger.react(await self.world.store.due.next_at())
        self.moments = [at for at in self.moments if at > self.world.clock.now()]
        return min([*([next_at] if next_at else []), *self.moments], default=None)

    def _wake(self) -> None:
        for bot in [bot for bot, until in self.frozen.items() if until <= self.world.clock.now()]:
            del self.frozen[bot]
            bot.thaw()

    async def _all(self, word: str) -> None:
        """Who wakes goes on with what they were at; who freezes is not waited for."""
        waiting = {bot for bot in self.bots if bot not in self.frozen}
        ticks = {bot: self.asleep.pop(bot, None) or asyncio.ensure_future(bot.tick(word)) for bot in waiting}  # noqa: TID251
        while waiting:
            self._froze.clear()
            froze = asyncio.ensure_future(self._froze.wait())  # noqa: TID251
            await asyncio.wait([froze, *(ticks[bot] for bot in waiting)], return_when=asyncio.FIRST_COMPLETED)
            froze.cancel()
            self.asleep |= {bot: ticks[bot] for bot in waiting & self.frozen.keys()}
            waiting -= self.frozen.keys()
            waiting -= {bot for bot in waiting if ticks[bot].done() and ticks[bot].result()}
