"""The real bot, a Redis and the playground, in one process, on one clock that stands still until it is moved."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import yaml

from bot.app import Between, started
from bot.domain.groups import MessageRef
from bot.domain.outbox import Claimed, Entry
from bot.master_keys import new_master
from bot.settings import Settings
from bot.storage import RedisStore
from bot.store.method_limiter import RedisMethodLimiter
from playground.clock import Clock
from playground.config import SEED
from playground.server import Playground
from playground.traffic import ApiCall, Delivery
from playground.world import World
from scheduler.outbox.pace import NO_PACE
from scheduler.outbox.queue import RedisOutbox
from simulation.at_rest import at_rest
from simulation.cast import Group, world_of

ACK_TIMEOUT_S = 50.0
"""Real seconds that this Slack waits for an answer: a busy machine is not a late bot."""


class RecordingOutbox(RedisOutbox):
    """The outbox, and of each message that was sent its entry: Slack shows what it says, not what kind it is."""

    def __init__(self, store: RedisStore) -> None:
        super().__init__(store.connection, pace=NO_PACE)
        self.sent: dict[tuple[str, str], Entry] = {}

    async def mark_sent(self, claimed: Claimed, ref: MessageRef) -> bool:
        self.sent[ref.channel, ref.ts] = claimed.entry
        return await super().mark_sent(claimed, ref)


@dataclass
class Stage:
    """The parts, the moment at which it is, and what went over the wire since somebody asked."""

    pg: Playground
    bot: Between
    clock: Clock
    outbox: RecordingOutbox
    store: RedisStore

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def move_to(self, when: datetime) -> None:
        """Does all that is due on the way, in its order, and waits until it is done."""
        await self.bot.live_to(when, self.clock.move_to)
        await at_rest(self.pg)

    async def settle(self) -> None:
        """What somebody did has been taken, and what the bot does about it has been done."""
        await at_rest(self.pg)
        await self.bot.tick()
        await at_rest(self.pg)

    def drain(self) -> list[ApiCall | Delivery]:
        """What went between the bot and Slack since the last time."""
        log = self.pg.world.traffic.log
        found = list(log)
        log.clear()
        return found

    def names(self) -> dict[str, str]:
        world = self.pg.world
        people = {id_: f"@{user.name}" for id_, user in world.users.items()}
        return people | {id_: f"#{channel.name}" for id_, channel in world.channels.items()}


@asynccontextmanager
async def staged(redis_url: str, groups: tuple[Group, ...], opens: datetime) -> AsyncIterator[Stage]:
    """Everything on loopback, by Socket Mode. The Redis should be empty."""
    clock = Clock(opens, frozen=True)
    app = yaml.safe_load(SEED.read_text("utf-8"))["apps"][0]
    async with Playground(World.from_config(world_of(groups, app), clock)) as pg:
        pg.world.ack_timeout_s = ACK_TIMEOUT_S
        pg.world.traffic.log = deque()  # read and emptied all the time, and not one entry may be lost
        settings = Settings.model_validate(
            {
                "slack_bot_token": app["bot_token"],
                "slack_app_token": app["app_token"],
                "slack_api_url": pg.api_url,
                "redis_url": redis_url,
                "between_keys": new_master("simulation").line(),
                "log_level": "warning",
            }
        )
        async with started(settings, clock=clock.now, beating=False, ids=_counted()) as bot:
            store = bot.deps.store
            assert isinstance(store, RedisStore)
            outbox = _without_pace(store)
            await pg.settled()
            yield Stage(pg, bot, clock, outbox, store)


def _counted() -> Callable[[], str]:
    """As long as the bot's own, and the same each time: what is ordered by them is."""
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):016x}"


def _without_pace(store: RedisStore) -> RecordingOutbox:
    """The pace of messages is kept in real seconds, and thirteen weeks in one minute leave none for it."""
    each_time_later = itertools.count(0, 2000)
    store.method_limiter = RedisMethodLimiter(store.connection, server_ms=lambda: next(each_time_later))
    outbox = RecordingOutbox(store)
    store.outbox = store.delivery = outbox
    return outbox
