"""Lives through a month while bot, Redis or both are killed again and again, and counts what came of it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from bot.storage import RedisStore
from tests import master_keys
from tests.crash import month
from tests.crash.botprocess import Life
from tests.crash.bots import BotProcess, Died
from tests.crash.doom import Order
from tests.crash.redisprocess import RedisProcess
from tests.crash.sharedclock import SharedClock
from tests.crash.slack import Slack

TAKEN_UP = timedelta(seconds=15)
"""By then, whatever a dead process held is taken up."""
A_MINUTE = timedelta(minutes=1)
SWEPT = timedelta(minutes=6)
"""A running bot has looked at every partition within this."""

STRUCK = 20
"""How often one bot may be struck: where only Redis was killed, it lives on."""
CALLS = 10_000
"""To Redis and Slack in a month, or somewhat more: few kills are spread over as many."""
OFTEN = 50
"""As many calls at most between two kills where there are more kills than one month can take."""


@dataclass
class Toll:
    """What was killed, where, and what each leader received beside what was due."""

    seed: int
    bots: int = 0
    redis: int = 0
    both: int = 0
    points: Counter[str] = field(default_factory=Counter)
    story: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    due: int = 0
    lost: list[str] = field(default_factory=list)
    double: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """One that took bot and Redis together is one."""
        return self.bots + self.redis - self.both

    @property
    def days(self) -> int:
        """Simulated ones on which something was killed."""
        return len({line.split()[0] for line in self.story})

    def __str__(self) -> str:
        faults = ", ".join(f"{number} {what}" for what, number in sorted(self.faults.items()))
        return (
            f"seed {self.seed}: {self.kills} kills ({self.bots} of the bot, {self.redis} of Redis, "
            f"{self.both} of both), {self.points.total()} of them at {len(self.points)} named points, "
            f"on {self.days} days; "
            f"Slack's faults: {faults or 'none'}; {self.due} messages due, "
            f"lost {len(self.lost)}, double {len(self.double)}, stray {len(self.stray)}"
        )


@dataclass
class World:
    """What outlives the bots."""

    folder: Path
    slack: Slack
    redis: RedisProcess
    clock: SharedClock
    store: RedisStore

    def life(self, **more: Any) -> Life:
        settings = {
            "slack_bot_token": "xoxb-1",
            "slack_signing_secret": "s",
            "slack_api_url": self.slack.url,
            "redis_url": self.redis.url,
            "between_keys": master_keys.LINE,
            "http_port": 0,
        }
        return Life(**({"settings": settings, "log": self.folder / "log", "clock": self.folder / "clock"} | more))


class Ledger:
    """What is due, beside what stands in Slack; and the leaders, who do something about what they see."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.toll = Toll(seed)
        self.due = month.due()
        self._seen = 0

    async def react(self, next_at: datetime | None) -> datetime | None:
        """Leaders answer, skip, put off or stay silent as they see what came. When something is due next: at
        `next_at`, or a minute later at the soonest for what they pressed, lest a month has twice as many steps."""
        for posted in self.world.slack.posted[self._seen :]:
            name = self.due.get((posted.channel, posted.id))
            if name and not await month.react(self.world.store, name, self.world.clock.now()):
                return next_at
            self._seen += 1
        pressed = await self.world.store.due.next_at()
        soon = pressed and max(pressed, self.world.clock.now() + A_MINUTE)
        return min((at for at in (next_at, soon) if at), default=None)

    def counted(self) -> Toll:
        toll, posted = self.toll, self.world.slack.posted
        there = Counter((one.channel, one.id) for one in posted)
        toll.due = len(self.due)
        toll.lost = sorted(name for where, name in self.due.items() if not there[where])
        toll.double = sorted(self.due.get(where, where[1]) for where, number in there.items() if number > 1)
        toll.stray = sorted(one.text for one in posted if (one.channel, one.id) not in self.due)
        toll.faults = self.world.slack.struck
        return toll


class Month:
    """One bot at a time, each killed after a while, until `kills` have been; the rest of the month in peace.

    All follows from the seed: one call at a time, and a Redis that is killed is back before the bot goes on. Unless
    it goes `by_the_wall`: then many calls are under way, Redis takes its time, and the wall's clock strikes too.
    """

    def __init__(self, world: World, seed: int, kills: int, *, by_the_wall: bool = False) -> None:
        self.world, self.kills, self.by_the_wall = world, kills, by_the_wall
        self.dice = random.Random(seed)
        self.ledger = Ledger(world, seed)
        self.toll = self.ledger.toll
        self.bot: BotProcess | None = None

    async def live(self, until: datetime = month.END) -> Toll:
        await self.world.redis.up()
        await month.put_facts(self.world.store)
        async with self.world.redis.kept() if self.by_the_wall else nullcontext():
            while (next_at := await self._lived()) and next_at < until:
                self.world.clock.move_to(max(next_at, self.world.clock.now()))
            if self.bot:
                await self.bot.end()
        return self.ledger.counted()

    @property
    def _killing(self) -> bool:
        return self.toll.kills < self.kills

    async def _lived(self) -> datetime | None:
        """Do all that is due now. When something is next due; a while later if somebody died."""
        try:
            said, next_at = await self._step(self.bot or await self._born())
        except Died:
            said, next_at = "died", None
            await self._buried()
        await self.world.redis.up()
        self.toll.redis = self.world.redis.deaths
        next_at = await self.ledger.react(next_at)
        return next_at if said == "done" else self.world.clock.now() + TAKEN_UP

    async def _step(self, bot: BotProcess) -> tuple[str, datetime | None]:
        said, next_at = await self._ticked(bot, "tick")
        if said == "done" and (next_at is None or next_at > self.world.clock.now() + SWEPT):
            said, next_at = await self._ticked(bot, "sweep")
        return said, next_at

    async def _born(self) -> BotProcess:
        """Struck at calls of its own, of which one kills it; by the wall, one in four is only struck by that."""
        marked = self._killing and (self.dice.random() < 0.75 or not self.by_the_wall)
        most = max(OFTEN, 2 * CALLS // max(self.kills, 1))
        steps = accumulate(self.dice.randint(1, most) for _ in range(1 if self.by_the_wall else STRUCK))
        orders = tuple(Order(calls, self.dice.random() < 0.5) for calls in steps)
        self.bot = BotProcess(self.world.life(doom=orders if marked else (), one_by_one=not self.by_the_wall))
        self.bot.at_point = self._strike
        await self.bot.born()
        return self.bot

    def _strike(self, point: str = "") -> None:
        assert self.bot
        if not self._killing:
            return
        self.toll.points[point] += bool(point)
        what = self.dice.choice(("bot", "bot", "redis", "both"))
        self.toll.both += what == "both"
        self.toll.story.append(f"{self.world.clock.now()} {what} {point}")
        if what in ("redis", "both"):
            self.world.redis.kill()
            if not self.by_the_wall:
                self.world.redis.back()
        if what in ("bot", "both"):
            self.bot.kill()

    async def _ticked(self, bot: BotProcess, word: str) -> tuple[str, datetime | None]:
        struck = None
        if self.by_the_wall and self._killing and word == "tick" and self.dice.random() < 0.3:
            struck = asyncio.get_running_loop().call_later(self.dice.uniform(0, 0.02), self._strike)
        try:
            return await bot.tick(word)
        finally:
            if struck:
                struck.cancel()

    async def _buried(self) -> None:
        assert self.bot
        await self.bot.gone()
        self.bot = None
        self.toll.bots += 1
