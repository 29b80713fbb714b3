"""Leaders who answer and bots that deliver, without a pause, while primaries die: what each was told is counted."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bot.app import utc_now
from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Entry, Kind, Status
from bot.ports import Deps, Message, StoreDown
from bot.storage import RedisStore
from scheduler.outbox.pace import NO_PACE
from scheduler.outbox.queue import RedisOutbox
from scheduler.tick import ticking
from tests.master_keys import store_at
from tests.scheduler.loopback import LOST, Loopback
from tests.scheduler.postroom import Letters
from tests.scheduler.postroom import entry as an_entry
from tests.store.leaders import plate

ROUND = "2026-W48"
LEASE = timedelta(seconds=4)
"""Longer than any post of `SlowSlack`, and short so that a test need not wait for the usual twelve."""


@dataclass
class SlowSlack(Loopback):
    """Takes its time before and after, so that servers die in between; of a hundred answers it loses three."""

    dice: random.Random = field(default_factory=random.Random)

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        await asyncio.sleep(self.dice.random() / 20)
        if self.dice.random() < 0.03:
            self.orders.append(LOST)
        ref = await super().post(place, message, delivery_id=delivery_id)
        await asyncio.sleep(self.dice.random() / 20)
        return ref


@dataclass
class Fleet:
    """What happened: `saved` and `added` were confirmed to whoever asked for it; `refused` were told that not."""

    url: str
    slack: SlowSlack
    dice: random.Random
    saved: dict[str, list[str]] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    refused: int = 0
    over: bool = False

    async def answering(self, group_id: str) -> None:
        """One leader after the other answers; who is told that it is not saved tries no more."""
        store = store_at(self.url)
        mine = self.saved.setdefault(group_id, [])
        number = 0
        while not self.over:
            number += 1
            try:
                await store.plates.change(group_id, f"p{number}", lambda _: plate("words"), round=ROUND)
                mine.append(f"p{number}")
            except StoreDown:
                self.refused += 1
            await asyncio.sleep(self.dice.random() / 50)
        await store.close()

    async def planning(self, team_id: str) -> None:
        """As the planner does: what may not have been added is added again, by the same name."""
        store = store_at(self.url)
        number = 0
        while not self.over:
            number += 1
            entry = an_entry(
                Kind.PANEL, f"panel:{team_id}:{number}", utc_now(), team_id=team_id, group_id=f"{team_id}g{number}"
            )
            await self._add(store, entry)
            await asyncio.sleep(self.dice.random() / 10)
        await store.close()

    async def _add(self, store: RedisStore, entry: Entry) -> None:
        while True:
            try:
                await store.outbox.add([entry])
                self.added.append(entry.name)
                return
            except StoreDown:
                self.refused += 1
                await asyncio.sleep(0.1)

    @asynccontextmanager
    async def a_bot(self) -> AsyncIterator[RedisStore]:
        store = store_at(self.url)
        store.outbox = store.delivery = RedisOutbox(store.connection, store.due, pace=NO_PACE, lease=LEASE)
        letters = Letters()
        deps = Deps(store=store, messenger=self.slack, now=utc_now, new_id=lambda: "n1")
        try:
            async with ticking(deps, dict.fromkeys(Kind, letters)):
                yield store
        finally:
            await store.close()

    async def delivered(self, store: RedisStore) -> None:
        """Waits until nothing is on its way any more, for as long as the test may take."""

        async def nothing_left() -> bool:
            with suppress(StoreDown):
                counts = await store.delivery.counts()
                return not counts[Status.PENDING] and not counts[Status.SENDING]
            return False

        await waited_for(nothing_left)

    async def missing(self, store: RedisStore) -> list[str]:
        """Answers that were confirmed and are not there."""
        lost = []
        for group_id, mine in self.saved.items():
            there = await store.plates.all(group_id, round=ROUND)
            lost += [f"{group_id} {key}" for key in mine if key not in there]
        return lost

    def told(self, lost: list[str]) -> str:
        saved, sent, twice = sum(map(len, self.saved.values())), len(self.slack.posted), len(self.slack.twice)
        return (
            f"{saved} answers confirmed, {len(lost)} of them lost; {len(self.added)} messages to send, "
            f"{sent} sent, {twice} of them twice; {self.refused} times somebody was told to try again"
        )


async def waited_for(true: Callable[[], Awaitable[bool]]) -> None:
    """As long as the test may take."""
    while not await true():  # noqa: ASYNC110
        await asyncio.sleep(0.05)


@asynccontextmanager
async def at_work(fleet: Fleet, *, groups: int = 12, teams: int = 12, bots: int = 2) -> AsyncIterator[RedisStore]:
    """Everybody at work until the block ends, and then until all that was added is delivered."""
    async with AsyncExitStack() as up:
        stores = [await up.enter_async_context(fleet.a_bot()) for _ in range(bots)]
        async with asyncio.TaskGroup() as tasks:
            for number in range(groups):
                tasks.create_task(fleet.answering(f"g{number}"))
            for number in range(teams):
                tasks.create_task(fleet.planning(f"T{number}"))
            try:
                yield stores[0]
            finally:
                fleet.over = True
        await fleet.delivered(stores[0])


def a_fleet(url: str, seed: int) -> Fleet:
    dice = random.Random(seed)
    return Fleet(url, SlowSlack(utc_now, dice=dice), dice)
