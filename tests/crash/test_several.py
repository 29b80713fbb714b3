"""Several bots on one Redis, each a process of its own: work left is taken up, and one that froze does no harm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.app import utc_now
from bot.domain.outbox import Entry, Kind, Status
from bot.store import keys
from scheduler.outbox.entries import partition_of
from tests.crash import month
from tests.crash.bots import BotProcess, Died
from tests.crash.conftest import a_world
from tests.crash.doom import Order
from tests.crash.fleet import Fleet
from tests.crash.killer import World

PANEL = "panel:g0"
LEASE = 2.0
"""Seconds of a lease that a test can wait for to end; all that must be shorter than it is shorter in proportion."""


@pytest.mark.timeout(300)  # ten seconds where nothing else is at work; how long it takes is nobody's promise
@pytest.mark.parametrize("part", range(1, 4))
async def test_four_bots_live_through_a_month_and_those_that_freeze_do_no_harm(
    world: World, seed: int, part: int
) -> None:
    fleet = Fleet(world, seed + 1000 * (part - 1))
    toll = await fleet.live()
    print(f"{toll}; {fleet.freezes} freezes")  # noqa: T201
    assert (toll.lost, toll.double, toll.stray) == ([], [], []), f"CRASH_SEED={seed} leads to much the same"
    assert fleet.freezes > 0


@pytest.fixture
async def today(tmp_path: Path) -> AsyncIterator[World]:
    """A world whose clock is the real one."""
    async with a_world(tmp_path / "w") as world:
        world.slack.now = utc_now
        group = month.groups()[0]
        await world.store.groups.change(group.id, lambda _: group)
        yield world


def panel(now: datetime | None = None) -> Entry:
    now = now or utc_now()
    return Entry(
        name=PANEL,
        kind=Kind.PANEL,
        group_id="g0",
        team_id="T1",
        due_at=now,
        expires_at=now + timedelta(days=1),
    )


async def status(world: World) -> Status | None:
    """How the entry ended, once it has. Unknown without a reason is no end: somebody is about to look in Slack."""
    found = await world.store.delivery.status(PANEL)
    going_on = found is None or (found.status in (Status.PENDING, Status.SENDING, Status.UNKNOWN) and not found.why)
    return None if going_on else found.status


ARRIVED = pytest.mark.parametrize("arrived", [False, True], ids=["before it arrived", "after it arrived"])


@ARRIVED
async def test_what_a_killed_process_left_is_taken_up_within_fifteen_seconds(world: World, arrived: bool) -> None:
    """By the one clock that all go by, and that the test moves: one second is for the wait until the next beat."""
    group = month.groups()[0]
    await world.store.groups.change(group.id, lambda _: group)
    first, second = BotProcess(world.life()), BotProcess(world.life())
    await asyncio.gather(first.born(), second.born())
    await world.store.outbox.add([panel(world.clock.now())])
    world.slack.hang_after = arrived
    world.slack.gate.clear()
    hanging = asyncio.ensure_future(first.tick())  # noqa: TID251
    await world.slack.waiting.wait()
    first.kill()
    with pytest.raises(Died):
        await hanging
    world.slack.gate.set()
    by = world.clock.now() + timedelta(seconds=14)
    while (at := (await second.tick())[1]) and at <= by:
        world.clock.move_to(at)
    assert await status(world) is Status.SENT
    assert len(world.slack.posted) == 1
    await asyncio.gather(first.gone(), second.end())


@ARRIVED
async def test_what_a_killed_process_left_is_taken_up_by_another_that_ticks_by_itself(
    today: World, arrived: bool
) -> None:
    """With the times of production, a lease of twelve seconds and one look a second. The second was up before."""
    slack = today.slack
    slack.hang_after = arrived
    slack.gate.clear()
    first = BotProcess(today.life(clock=None))
    await first.born()
    await today.store.outbox.add([panel()])
    await slack.waiting.wait()
    second = BotProcess(today.life(clock=None))
    await second.born()
    first.kill()
    slack.gate.set()
    while await status(today) is not Status.SENT:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    assert len(slack.posted) == 1
    await asyncio.gather(first.gone(), second.end())


@pytest.mark.parametrize(
    ("point", "after"),
    [
        ("store.delivery.claim", True),
        ("store.delivery.mark_sending", False),
        ("store.delivery.mark_sending", True),
        ("slack.post", False),
        ("slack.post", True),
        ("store.delivery.mark_sent", False),
        ("store.delivery.finish", False),
    ],
    ids=lambda what: {True: "after", False: "before"}.get(what, what),
)
async def test_one_frozen_for_longer_than_its_lease_wakes_and_sends_nothing_twice(
    tmp_path: Path, point: str, after: bool
) -> None:
    async with a_world(tmp_path / "w") as world:
        await frozen_at(world, Order(1, after, point))


async def frozen_at(world: World, order: Order) -> None:
    world.clock.move_to(utc_now())
    group = month.groups()[0]
    await world.store.groups.change(group.id, lambda _: group)
    frozen = BotProcess(world.life(doom=(order,), quick=LEASE))
    other = BotProcess(world.life(quick=LEASE))
    stands = asyncio.Event()
    frozen.at_point = lambda _: (frozen.freeze(), stands.set())  # type: ignore[func-returns-value, assignment]
    await asyncio.gather(frozen.born(), other.born())
    await world.store.outbox.add([panel()])
    world.clock.move_to(utc_now())
    asleep = asyncio.ensure_future(frozen.tick())  # noqa: TID251
    await stands.wait()
    await leases_end(world)
    assert not asleep.done()
    while await status(world) is None:
        world.clock.move_by(timedelta(seconds=15))
        await other.tick("sweep")
    frozen.thaw()
    await asleep
    world.clock.move_by(timedelta(seconds=15))
    await leases_end(world)
    await other.tick("sweep")
    assert (len(world.slack.posted), await status(world)) == (1, Status.SENT)
    await asyncio.gather(frozen.end(), other.end())


async def leases_end(world: World) -> None:
    """Until no lease is left that Redis's clock has not passed: whoever was frozen with one has lost it."""
    redis, key = world.store.connection.client, keys.outbox(partition_of("T1"), "leases")
    while last := await redis.zrange(key, -1, -1, withscores=True):
        seconds, microseconds = await redis.time()
        if seconds * 1000 + microseconds / 1000 > last[0][1]:
            return
        await asyncio.sleep(0.05)


async def test_in_a_quiet_system_nothing_is_two_seconds_late(today: World) -> None:
    """Two seconds are promised for a quiet system, and where this runs may be none. So it goes on until one is as
    prompt as that, which whatever is late by its nature never would be."""
    for group in month.groups():
        await today.store.groups.change(group.id, lambda _, group=group: group)
    bot = BotProcess(today.life(clock=None))
    await bot.born()
    for number in count():
        due = utc_now() + timedelta(seconds=1.3)
        await today.store.outbox.add([replace(panel(), name=f"panel:{number}", due_at=due)])
        while len(today.slack.posted) <= number:
            today.slack.arrived.clear()
            await today.slack.arrived.wait()
        late = today.slack.posted[-1].at - due
        assert late >= timedelta(0)
        if late < timedelta(seconds=2):
            break
    await bot.end()


WEDNESDAY_NINE = datetime(2026, 11, 11, 9, 0, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 15, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("point", "after"),
    [("store.delivery.mark_sending", False), ("store.delivery.mark_sending", True)],
    ids=["before", "after"],
)
async def test_one_alone_that_is_stopped_on_wednesday_sends_nothing_in_the_night_of_sunday(
    world: World, point: str, after: bool
) -> None:
    """Stopped as it notes that it is about to ask London's leaders, and nobody else there to take over."""
    await month.put_facts(world.store)
    world.clock.move_to(WEDNESDAY_NINE - timedelta(minutes=1))
    before = BotProcess(world.life())
    await before.born()
    await before.tick("sweep")
    await before.end()
    bot, stopped = BotProcess(world.life(doom=(Order(1, after, point),))), asyncio.Event()
    await bot.born()
    bot.at_point = lambda _: (bot.freeze(), stopped.set())  # type: ignore[func-returns-value, assignment]
    there = len(world.slack.posted)
    world.clock.move_to(WEDNESDAY_NINE)
    asleep = asyncio.ensure_future(bot.tick())  # noqa: TID251
    await stopped.wait()
    world.clock.move_to(SUNDAY_NIGHT)
    bot.thaw()
    await asleep
    await bot.tick("sweep")
    late = [one for one in world.slack.posted[there:] if one.channel.startswith("D-U-g0")]
    assert late == []
    await bot.end()
