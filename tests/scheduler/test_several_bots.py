"""Several bots on one Redis: they share the work, and one that was frozen does no harm when it wakes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Kind, Outcome, Status
from bot.storage import RedisStore
from tests.clock import Clock
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot, entry
from tests.scheduler.postroom import bot as a_bot

CARERS = Place(team_id="T1", channel="C-g7")
REF = MessageRef(team_id="T1", channel="C-g7", ts="1.0")


async def test_four_bots_at_once_send_everything_once(store: RedisStore, slack: Loopback, clock: Clock) -> None:
    bots = [a_bot(store, slack, clock) for _ in range(4)]
    names = [f"panel:{number}" for number in range(200)]
    added = [
        entry(Kind.PANEL, name, clock.now(), team_id=f"T{number % 20}", group_id=f"g{number}")
        for number, name in enumerate(names)
    ]
    await asyncio.gather(*(bot.store.outbox.add(added) for bot in bots))
    await asyncio.gather(*(carry(bot) for bot in bots))
    assert sorted(slack.texts) == sorted(names)


async def carry(bot: Bot) -> None:
    """As a bot does whose hold on the partitions ran out: everybody at everything."""
    for partition in range(8):
        await bot.store.due.look_at_partition(partition, bot.clock.now())  # type: ignore[attr-defined]
        await bot.tick()


async def frozen_with(bot: Bot, clock: Clock) -> tuple[int, object]:
    await bot.store.outbox.add([entry(Kind.PANEL, "panel:g7", clock.now())])
    due = await bot.store.due.due(clock.now(), 100)
    [claimed] = await bot.take(due.partitions[0])
    return due.partitions[0], claimed


async def test_a_bot_frozen_before_it_sent_may_not_send_when_it_wakes(
    store: RedisStore, slack: Loopback, clock: Clock
) -> None:
    frozen, other = (a_bot(store, slack, clock) for _ in range(2))
    _, claimed = await frozen_with(frozen, clock)
    await other.after(timedelta(minutes=10))
    assert slack.texts == ["panel:g7"]
    delivery = frozen.store.delivery
    assert not await delivery.mark_sending(claimed, CARERS, clock.now())
    assert not await delivery.put_back(claimed, clock.now(), after=timedelta(0))
    assert not await delivery.dead_letter(claimed, "I was away")
    await other.after(timedelta(minutes=1))
    assert slack.texts == ["panel:g7"]


async def test_a_bot_frozen_after_it_sent_is_believed_when_it_wakes(
    store: RedisStore, slack: Loopback, clock: Clock
) -> None:
    """Another has taken the entry over, but has not sent it yet: it must not."""
    frozen, other = (a_bot(store, slack, clock) for _ in range(2))
    partition, claimed = await frozen_with(frozen, clock)
    assert await frozen.store.delivery.mark_sending(claimed, CARERS, clock.now())
    clock.move_by(timedelta(seconds=13))
    [taken] = await other.take(partition)
    assert taken.marked_at
    assert not await frozen.store.delivery.mark_sent(claimed, REF)
    assert not await other.store.delivery.mark_sending(taken, CARERS, clock.now())
    await other.after(timedelta(seconds=13))
    assert slack.texts == []
    assert await other.store.delivery.status("panel:g7") == Outcome(status=Status.SENT, sent=REF)


async def test_a_bot_that_lost_its_hold_ends_nothing(store: RedisStore, slack: Loopback, clock: Clock) -> None:
    frozen, other = (a_bot(store, slack, clock) for _ in range(2))
    partition, claimed = await frozen_with(frozen, clock)
    clock.move_by(timedelta(seconds=13))
    [taken] = await other.take(partition)
    assert not await frozen.store.delivery.mark_sending(claimed, CARERS, clock.now())
    assert not await frozen.store.delivery.finish(claimed, Outcome(status=Status.DROPPED, why="late"))
    assert await other.store.delivery.mark_sending(taken, CARERS, clock.now())


async def test_every_step_said_twice_is_the_same_as_once(bot: Bot, clock: Clock) -> None:
    """The answer to the first was lost on its way back from Redis."""
    delivery = bot.store.delivery
    _, claimed = await frozen_with(bot, clock)
    for _ in range(2):
        assert await delivery.mark_sending(claimed, CARERS, clock.now())
    for _ in range(2):
        assert await delivery.mark_sent(claimed, REF)
    for _ in range(2):
        assert await delivery.finish(claimed, Outcome(status=Status.SENT, sent=REF))
    assert (await delivery.counts())["sent"] == 1
    assert await delivery.status("panel:g7") == Outcome(status=Status.SENT, sent=REF)


async def test_a_group_two_bots_plan_at_once_is_planned_as_by_one(store: RedisStore, clock: Clock) -> None:
    """The second to be done has the last word only if nobody asked for an earlier look."""
    due = store.due
    tomorrow, noon = clock.now() + timedelta(days=1), clock.now() + timedelta(hours=3)
    await due.look_at("g7", clock.now())
    held = await due.due(clock.now(), 10)
    assert held.groups == ("g7",)
    assert (await due.due(clock.now(), 10)).groups == ()
    await due.look_at("g7", noon)
    await due.done(held, "g7", tomorrow)
    assert await due.next_at() == noon
    await due.done(held, "g7", tomorrow)
    assert await due.next_at() == noon
