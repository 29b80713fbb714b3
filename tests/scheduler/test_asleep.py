"""A bot that slept in the midst of a delivery: what it decided no longer holds, and another may have sent it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.outbox import Claimed, Kind
from bot.ports import Message, MessageRef, Place
from bot.storage import RedisStore
from scheduler.outbox import stopwatch
from scheduler.outbox.delivery import deliver
from scheduler.outbox.messages import DeliveryContext
from tests.clock import Clock
from tests.scheduler.fortnight import FRIDAY, young_carers_in
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot, entry
from tests.scheduler.postroom import bot as a_bot

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 29, 3, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


async def held(bot: Bot) -> list[Claimed]:
    """Nine on Friday: the check-ins are claimed, and there the bot falls asleep."""
    await young_carers_in(bot)
    bot.clock.move_to(NINE)
    await bot.store.outbox.add(
        [entry(Kind.CHECK_IN, f"checkin:g7:2026-W49:{who}", NINE, team_id="T2", person_id=who, round="2026-W49",
               lasts=timedelta(days=4)) for who in ("sam", "jo")]
    )  # fmt: skip
    return [one for partition in range(8) for one in await bot.take(partition)]


@pytest.mark.parametrize("server", ["its clock went on", "its clock stood still, being asleep too"])
async def test_what_was_claimed_on_friday_does_not_go_in_the_night_of_sunday(
    store: RedisStore, slack: Loopback, server: str
) -> None:
    clock = Clock(FRIDAY)
    bot = a_bot(store, slack, clock, server=None if server == "its clock went on" else lambda: 1_000_000)
    taken = await held(bot)
    assert len(taken) == 2
    clock.move_to(SUNDAY_NIGHT)
    for claimed in taken:
        await deliver(DeliveryContext(claimed, bot.kinds[claimed.entry.kind], bot.deps, NINE, bot.deps))
    await bot.tick()
    assert slack.texts == []
    clock.move_to(MONDAY_NOON)
    await bot.store.due.look_at_partition(0, clock.now())  # type: ignore[attr-defined]
    for _ in range(8):
        await bot.store.due.sweep(clock.now())
    await bot.tick()
    assert sorted(slack.texts) == ["checkin:g7:2026-W49:jo", "checkin:g7:2026-W49:sam"]


@dataclass
class Asleep(Loopback):
    """The machine falls asleep as the connection to Slack is being made. What happens meanwhile is `dream`."""

    to: Loopback | None = None
    dream: Callable[[], Awaitable[object]] = field(default=lambda: asyncio.sleep(0))
    slept: int = 0

    async def post(self, place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        assert self.to
        self.slept += 1
        if self.slept == 1:
            await self.dream()
        return await self.to.post(place, message, delivery_id=delivery_id)


def asleep(bot: Bot) -> tuple[Bot, Asleep]:
    falls = Asleep(bot.clock.now, to=bot.slack)
    return replace(bot, deps=replace(bot.deps, messenger=falls)), falls


async def take_over(other: Bot) -> None:
    await other.after(TEN_MINUTES)
    for _ in range(8):
        await other.store.due.sweep(other.clock.now())
    await other.tick()


async def test_one_that_slept_on_its_way_to_slack_does_not_send_what_another_sent_meanwhile(
    store: RedisStore, slack: Loopback, clock: Clock
) -> None:
    """The loop's clock stood still; the wall says how late it is."""
    one, falls = asleep(a_bot(store, slack, clock))
    other = a_bot(store, slack, clock)
    falls.dream = lambda: take_over(other)
    await one.store.outbox.add([entry(Kind.PANEL, "panel:g7", clock.now())])
    await one.tick()
    await take_over(other)
    assert falls.slept == 1
    assert slack.texts == ["panel:g7"]


async def test_the_clock_that_counts_through_sleep_is_enough_where_the_wall_is_not_yet_put_right(
    store: RedisStore, slack: Loopback, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, awake = 0.0, stopwatch.through_sleep
    monkeypatch.setattr(stopwatch, "through_sleep", lambda: awake() + seconds)
    require_member = Clock(clock.now())
    ticks = lambda: int(clock.now().timestamp() * 1000)  # noqa: E731
    one, falls = asleep(a_bot(store, slack, require_member, server=ticks))
    other = a_bot(store, slack, clock)

    async def dream() -> None:
        nonlocal seconds
        seconds = TEN_MINUTES.total_seconds()
        await take_over(other)

    falls.dream = dream
    await one.store.outbox.add([entry(Kind.PANEL, "panel:g7", clock.now())])
    await one.tick()
    await take_over(other)
    assert slack.texts == ["panel:g7"]


@pytest.mark.parametrize("leap", [timedelta(days=7), timedelta(minutes=-10)], ids=["a week on", "stepped back"])
async def test_a_clock_that_leaps_during_a_delivery_loses_and_doubles_nothing(
    store: RedisStore, slack: Loopback, clock: Clock, leap: timedelta
) -> None:
    """As the demo's does; it goes back once, and then goes."""
    now = clock.now()
    bot = a_bot(store, slack, clock, server=lambda: 1_000_000)
    bot.deps = replace(bot.deps, now=lambda: now)
    one, falls = asleep(bot)

    async def dream() -> None:
        nonlocal now
        now += leap

    falls.dream = dream
    await one.store.outbox.add([entry(Kind.PANEL, "panel:g7", clock.now() - TEN_MINUTES, lasts=timedelta(days=9))])
    await one.tick()
    assert falls.slept == 2
    assert slack.texts == ["panel:g7"]
