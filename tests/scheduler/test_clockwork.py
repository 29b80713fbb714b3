"""The clockwork calls the tick, one at a time, whatever happens, and stops when asked to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.domain.outbox import Kind
from bot.ports import Message, MessageRef, Place, StoreDown
from bot.storage import RedisStore
from bot.store import keys
from scheduler.clockwork import clockwork
from scheduler.tick import ticking
from tests.clock import Clock
from tests.master_keys import store_at
from tests.scheduler.fortnight import FRIDAY, young_carers_in
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import bot as a_bot
from tests.scheduler.postroom import entry, pool_of

QUICK = 0.01
"""Seconds between ticks, so that a test need not wait."""


class Ticks:
    """Counts them; `faults` are raised by the first ones. `seen` is set once `until` have been."""

    def __init__(self, *faults: Exception | None, until: int = 3) -> None:
        self.faults = list(faults)
        self.until = until
        self.count = self.at_once = self.most_at_once = 0
        self.seen = asyncio.Event()
        self.during: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)

    async def __call__(self) -> None:
        self.count += 1
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await self.during()
            if self.count >= self.until:
                self.seen.set()
            if self.faults and (fault := self.faults.pop(0)):
                raise fault
        finally:
            self.at_once -= 1


async def five_beats() -> None:
    """As long as another clockwork takes to tick five times."""
    others = Ticks(until=5)
    async with clockwork(others, every=QUICK):
        await others.seen.wait()


async def test_it_ticks_until_the_block_ends() -> None:
    ticks = Ticks()
    async with clockwork(ticks, every=QUICK):
        await ticks.seen.wait()
    count = ticks.count
    await five_beats()
    assert ticks.count == count


async def test_a_tick_that_fails_is_logged_and_the_next_goes_on() -> None:
    ticks = Ticks(ValueError("a bug"))
    with structlog.testing.capture_logs() as logged:
        async with clockwork(ticks, every=QUICK):
            await ticks.seen.wait()
    assert [one["event"] for one in logged] == ["a tick failed; the next goes on"]


async def test_an_outage_of_the_store_is_told_once_and_so_is_its_end() -> None:
    down = StoreDown("Can't reach Redis")
    ticks = Ticks(down, down, down, None, until=5)
    with structlog.testing.capture_logs() as logged:
        async with clockwork(ticks, every=QUICK):
            await ticks.seen.wait()
    assert [one["event"] for one in logged] == ["nothing can be planned or sent", "the store answers again"]


async def test_a_tick_without_a_store_says_so_and_nothing_else(unused_tcp_port: int, clock: Clock) -> None:
    gone = store_at(f"redis://127.0.0.1:{unused_tcp_port}/0")
    with pytest.raises(StoreDown):
        await a_bot(gone, Loopback(clock.now), clock).tick()
    await gone.close()


async def test_two_ticks_are_never_under_way_at_once() -> None:
    ticks = Ticks()
    ticks.during = five_beats
    async with clockwork(ticks, every=QUICK):
        await ticks.seen.wait()
    assert ticks.most_at_once == 1


async def test_the_stop_waits_for_the_tick_under_way() -> None:
    ticks, begun, ended = Ticks(), asyncio.Event(), []

    async def slow() -> None:
        begun.set()
        await five_beats()
        ended.append(True)

    ticks.during = slow
    async with clockwork(ticks, every=QUICK):
        await begun.wait()
    assert ended


async def test_it_goes_on_when_the_wall_clock_is_stepped_back() -> None:
    """To APScheduler its next call is then ten minutes away."""
    ticks = Ticks(until=1)
    async with clockwork(ticks, every=QUICK) as job:
        await ticks.seen.wait()
        job.modify(next_run_time=job.next_run_time + timedelta(minutes=10))
        ticks.until, ticks.seen = ticks.count + 2, asyncio.Event()
        await ticks.seen.wait()


@dataclass
class Hanging(Loopback):
    """Slack does not answer the `silent` workspaces until `answers` is set."""

    silent: set[str] = field(default_factory=lambda: {"T1"})
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        if place.team_id in self.silent:
            self.asked.set()
            await self.answers.wait()
        return await super().post(place, message, delivery_id=delivery_id)


async def test_a_workspace_that_does_not_answer_delays_no_other(store: RedisStore, clock: Clock) -> None:
    """It is left alone once eight of its answers are awaited, so that hands are free for the other."""
    slack = Hanging(clock.now)
    bot = a_bot(store, slack, clock)
    stuck = [entry(Kind.PANEL, f"panel:T1:{number}", clock.now(), group_id=f"g{number}") for number in range(100)]
    fine = [entry(Kind.PANEL, f"panel:T2:{n}", clock.now(), team_id="T2", group_id=f"g{n}") for n in range(3)]
    async with pool_of(bot, at_once=16) as look:
        for one in range(0, 100, 25):
            await bot.store.outbox.add(stuck[one : one + 25])
            await look()
        await bot.store.outbox.add(fine)
        await look()
        assert sorted(slack.texts) == [one.name for one in fine]
        slack.answers.set()


async def test_a_bot_at_rest_asks_redis_next_to_nothing(store: RedisStore, clock: Clock) -> None:
    """However many groups there are: one plain question a tick."""
    for number in range(500):
        await store.due.look_at(f"g{number}", clock.now() + timedelta(days=1))
    bot = a_bot(store, Loopback(clock.now), clock)
    await bot.tick()
    before = await commands(store)
    for _ in range(10):
        await bot.tick()
    assert await commands(store) - before <= 10 + 2  # the questions about the count itself


async def commands(store: RedisStore) -> int:
    return int((await store.connection.client.info("stats"))["total_commands_processed"])


@pytest.mark.slow
async def test_the_running_bot_sends_what_becomes_due(store: RedisStore) -> None:
    clock = Clock(datetime(2026, 11, 23, 9, tzinfo=UTC))
    slack = Hanging(clock.now)
    bot = a_bot(store, slack, clock)
    await bot.store.outbox.add([entry(Kind.PANEL, "panel:g7", clock.now())])
    async with ticking(bot.deps, bot.kinds):
        await slack.asked.wait()
        slack.answers.set()
    assert slack.texts == ["panel:g7"]


@dataclass
class OneByOne(Loopback):
    """Answers workspace T1 as often as `answers` says, and every other at once."""

    answers: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        if place.team_id == "T1":
            await self.answers.acquire()
        ref = await super().post(place, message, delivery_id=delivery_id)
        self.arrived.set()
        return ref

    async def has(self, count: int) -> None:
        while len(self.posted) < count:
            self.arrived.clear()
            await self.arrived.wait()

    async def answer(self, count: int) -> None:
        """So many more, one after the other."""
        for _ in range(count):
            self.answers.release()
            await self.has(len(self.posted) + 1)


async def test_what_becomes_due_meanwhile_does_not_wait_for_a_long_fan_out(store: RedisStore) -> None:
    """Neither another workspace's message nor another group's look: there is always some of the first under way."""
    clock = Clock(FRIDAY - timedelta(days=1))
    slack = OneByOne(clock.now)
    bot = a_bot(store, slack, clock)
    await young_carers_in(bot)
    many = [entry(Kind.PANEL, f"panel:T1:{n:03}", clock.now(), group_id=f"g{n}") for n in range(60)]
    await bot.store.outbox.add(many)
    async with pool_of(bot) as look:
        await look()
        await slack.answer(12)
        await bot.store.outbox.add([entry(Kind.PANEL, "panel:T2", clock.now(), team_id="T2")])
        await bot.store.due.look_at("g7", clock.now())
        await look()
        await slack.has(12 + 1)
        assert slack.texts[-1] == "panel:T2"
        assert await store.rounds.all("g7") == {}  # not yet its time; but it was looked at:
        assert await next_look(store, "g7") > clock.now()
        await slack.answer(len(many) - 12)


async def next_look(store: RedisStore, group_id: str) -> datetime:
    score = await store.connection.client.zscore(keys.DUE, f"g:{group_id}")
    return datetime.fromtimestamp(score / 1000, UTC)


async def test_eight_workspaces_that_hang_leave_hands_for_the_ninth(store: RedisStore, clock: Clock) -> None:
    slack = Hanging(clock.now, silent={f"T{number}" for number in range(8)})
    bot = a_bot(store, slack, clock)
    for team in (*sorted(slack.silent), "T8"):
        panels = [
            entry(Kind.PANEL, f"panel:{team}:{number}", clock.now(), team_id=team, group_id=f"g{number}")
            for number in range(20)
        ]
        await bot.store.outbox.add(panels)
    async with pool_of(bot) as look:
        for _ in range(100):
            await look()
            if len(slack.posted) == 20:
                break
        assert [one.place.team_id for one in slack.posted] == 20 * ["T8"]
        slack.answers.set()
