"""Nothing lost, nothing twice: a bot dies before and after every single call, and another takes up its work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.outbox import Kind
from bot.storage import RedisStore
from tests.clock import Clock
from tests.kinds import ROUND, named
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import EXPECTED, FRIDAY, live, young_carers_in
from tests.scheduler.loopback import LOST, Loopback
from tests.scheduler.postroom import Bot, Death, Killed, doomed, entry
from tests.scheduler.postroom import bot as a_bot

pytestmark = pytest.mark.slow

TAKEN_UP = timedelta(seconds=15)


async def die_at(step: int, after: bool, bot: Bot, until: datetime) -> bool:
    """Live until death; then a healthy bot goes on. False where nobody had to die any more."""
    death = Death(step, after=after)
    with suppress(Killed, BaseExceptionGroup):
        await live(doomed(bot, death), until)
    await bot.after(TAKEN_UP)
    await live(bot, until)
    return death.came


@pytest.mark.dies
@pytest.mark.parametrize(
    ("orders", "after", "steps"),
    [
        ([], False, calls(19, 1, at_length=3)),
        ([], True, calls(19, 10, at_length=3)),
        ([LOST, LOST], False, calls(29, 2, at_length=5)),
        ([LOST, LOST], True, calls(29, 16, at_length=5)),
    ],
    ids=["before a call", "after a call", "before a call, answers lost", "after a call, answers lost"],
)
async def test_a_round_is_the_same_wherever_the_bot_dies(
    store: RedisStore, orders: list[Exception], after: bool, steps: Iterator[int]
) -> None:
    """At some of its calls."""
    came = True
    while came:
        step = next(steps)
        await store.connection.client.flushall()
        clock = Clock(FRIDAY)
        slack = Loopback(clock.now)
        slack.orders.extend(orders)
        bot = a_bot(store, slack, clock)
        await young_carers_in(bot)
        came = await die_at(step, after, bot, datetime(2026, 12, 2, 18, tzinfo=UTC))
        assert named(slack.texts, *ROUND) == EXPECTED, f"dead at step {step}"
        assert not slack.twice, f"dead at step {step}"
        sam = await store.leaders.get("g7", "sam")
        assert sam
        assert sam.silent_rounds == 1, f"dead at step {step}"
    assert step > 100


async def test_what_a_dead_bot_held_is_taken_up_within_fifteen_seconds(
    store: RedisStore, slack: Loopback, clock: Clock
) -> None:
    first, second = (a_bot(store, slack, clock) for _ in range(2))
    await first.store.outbox.add([entry(Kind.PANEL, "panel:g7", clock.now())])
    due = await first.store.due.due(clock.now(), 100)
    assert await first.take(due.partitions[0])
    await second.after(timedelta(seconds=5))
    assert slack.texts == []
    await second.after(timedelta(seconds=10))
    assert slack.texts == ["panel:g7"]


async def test_a_group_to_be_looked_at_in_years_is_found_before(bot: Bot, clock: Clock) -> None:
    """Its next look was set by a clock that was far ahead, and is right by now."""
    await bot.store.due.look_at("g7", clock.now() + timedelta(days=3650))
    for number in range(20):
        await bot.store.due.look_at(f"other{number}", clock.now() + timedelta(hours=number))
    await bot.store.due.sweep(clock.now())
    assert "g7" in (await bot.store.due.due(clock.now(), 100)).groups


async def test_what_its_adder_left_without_a_time_is_found(bot: Bot, slack: Loopback, clock: Clock) -> None:
    """Dead between adding and saying so, and the guard set before was spent by another's look."""
    await bot.store.outbox.add([entry(Kind.PANEL, "panel:g7", clock.now())])
    await bot.store.connection.client.delete("b:{due}")
    for _ in range(8):
        await bot.store.due.sweep(clock.now())
    await bot.tick()
    assert slack.texts == ["panel:g7"]
