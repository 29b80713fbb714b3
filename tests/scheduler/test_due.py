"""Looking at a group: its round opens, its silence is counted, and looking twice is the same as once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from bot.domain.outbox import Kind
from bot.domain.rhythm import Moved
from bot.domain.rounds import coming_round, opens_at
from bot.domain.trouble import ARCHIVED, troubled
from bot.storage import RedisStore
from scheduler.due import plan_group
from scheduler.outbox.ends import AFTER_A_DM
from tests.clock import Clock
from tests.domain import young_carers
from tests.kinds import ROUND, named
from tests.scheduler.fortnight import EXPECTED, FRIDAY, live, young_carers_in
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot, entry
from tests.scheduler.postroom import bot as a_bot


async def test_a_round_opens_goes_out_and_is_counted(store: RedisStore) -> None:
    clock = Clock(FRIDAY)
    slack = Loopback(clock.now)
    bot = a_bot(store, slack, clock)
    await young_carers_in(bot)
    await live(bot, datetime(2026, 12, 2, 18, tzinfo=UTC))
    assert named(slack.texts, *ROUND) == EXPECTED
    assert not slack.twice
    [round] = (await store.rounds.all("g7")).values()
    assert (round.counted, round.digested) == (True, True)


async def test_silence_is_counted_once_by_however_many(store: RedisStore) -> None:
    clock = Clock(FRIDAY)
    bots = [a_bot(store, Loopback(clock.now), clock) for _ in range(4)]
    await young_carers_in(bots[0])
    await live(bots[0], datetime(2026, 12, 1, 17, tzinfo=UTC))
    clock.move_to(datetime(2026, 12, 1, 18, tzinfo=UTC))
    await asyncio.gather(*(plan_group("g7", bot.deps, clock.now()) for bot in bots))
    await plan_group("g7", bots[0].deps, clock.now())
    sam = await store.leaders.get("g7", "sam")
    assert sam
    assert (sam.silent_rounds, sam.counted_round) == (1, "2026-W49")


async def test_silence_is_not_counted_while_the_channel_is_archived(store: RedisStore) -> None:
    """What they would have said could not be shown."""
    clock = Clock(FRIDAY)
    bot = a_bot(store, Loopback(clock.now), clock)
    await young_carers_in(bot)
    await live(bot, datetime(2026, 12, 1, 16, 59, tzinfo=UTC))
    clock.move_to(datetime(2026, 12, 1, 16, 59, tzinfo=UTC))
    await store.groups.change("g7", lambda one: one and troubled(one, ARCHIVED, clock.now()))
    await live(bot, datetime(2026, 12, 1, 19, tzinfo=UTC))
    [round], sam = (await store.rounds.all("g7")).values(), await store.leaders.get("g7", "sam")
    assert sam
    assert (round.counted, sam.silent_rounds) == (True, 0)


async def test_a_look_later_in_this_millisecond_is_not_due_before_it(bot: Bot) -> None:
    """Times are kept in milliseconds: rounded down, it would be due at once, and again, until that has passed."""
    now = bot.clock.now().replace(microsecond=443_000)
    await bot.store.due.look_at("g7", now)
    due = await bot.store.due.due(now, 10)
    await bot.store.due.done(due, "g7", now + timedelta(microseconds=600))
    assert (await bot.store.due.due(now, 10)).groups == ()
    assert await bot.store.due.next_at() == now + timedelta(milliseconds=1)


async def test_a_group_that_is_no_more_is_not_looked_at_again(bot: Bot) -> None:
    await bot.store.due.look_at("gone", bot.clock.now())
    await bot.tick()
    assert await bot.store.due.next_at() is None


async def test_a_group_is_looked_at_again_once_something_of_its_round_went(bot: Bot) -> None:
    """The nudge follows from when the check-in went. This group is gone, so the look ends its turn in the index."""
    now = bot.clock.now()
    await bot.store.due.look_at("g7", now + timedelta(hours=20))
    await bot.store.outbox.add([entry(Kind.CAPTURE, "capture:g7:2026-W48", now, round="2026-W48")])
    await bot.tick()
    assert await bot.store.due.next_at() is None


async def test_a_group_whose_record_is_damaged_does_not_stop_the_others(store: RedisStore) -> None:
    clock = Clock(FRIDAY + timedelta(minutes=1))
    slack = Loopback(clock.now)
    bot = a_bot(store, slack, clock)
    await young_carers_in(bot)
    await store.connection.client.set("b:{g:bad}:group", b"rubbish")
    await store.due.look_at("bad", clock.now() - timedelta(hours=1))
    await bot.tick()
    assert named(slack.texts, *ROUND) == EXPECTED[:2]
    again = clock.now() + timedelta(minutes=5)
    clock.move_by(AFTER_A_DM)
    await bot.tick()
    assert await store.due.next_at() == again


async def test_a_laptop_that_slept_over_the_weekend_does_not_wake_to_a_flood(store: RedisStore) -> None:
    """Asleep from Friday's check-in until the window had closed: no check-in, no nudge; the digest is on time."""
    clock = Clock(FRIDAY)
    slack = Loopback(clock.now)
    bot = a_bot(store, slack, clock)
    await young_carers_in(bot)
    await bot.tick()
    clock.move_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    await live(bot, datetime(2026, 12, 2, 18, tzinfo=UTC))
    assert named(slack.texts, *ROUND) == ["digest:g7:2026-W49"]
    assert [slack.to("sam"), slack.to("jo")] == [[], []]
    assert not slack.twice


async def test_a_meeting_that_moves_moves_the_round_with_it(store: RedisStore) -> None:
    clock = Clock(FRIDAY)
    slack = Loopback(clock.now)
    bot = a_bot(store, slack, clock)
    await young_carers_in(bot)
    await bot.after(timedelta(minutes=1))
    moved = young_carers.group(moved=(Moved(planned=date(2026, 12, 3), to=date(2026, 12, 8), at="14:00"),))
    await store.groups.change("g7", lambda _: moved)
    await store.due.look_at("g7", clock.now())
    await bot.tick()
    [round] = (await store.rounds.all("g7")).values()
    assert round.meeting_at == datetime(2026, 12, 8, 14, tzinfo=UTC)
    assert named(slack.texts, *ROUND) == EXPECTED[:2]


async def test_a_clock_that_was_years_ahead_for_a_moment_leaves_the_fortnight_as_it_is(store: RedisStore) -> None:
    clock = Clock(FRIDAY - timedelta(days=1))
    bot = a_bot(store, Loopback(clock.now), clock)
    await young_carers_in(bot)
    ahead = opens_at(coming_round(young_carers.group(), None, FRIDAY + timedelta(days=3650)))
    await plan_group("g7", bot.deps, ahead)
    assert len(await store.rounds.all("g7")) == 1
    await store.due.look_at("g7", clock.now())
    await live(bot, datetime(2026, 12, 2, 18, tzinfo=UTC))
    assert named(bot.slack.texts, *ROUND) == EXPECTED
    assert not bot.slack.twice
