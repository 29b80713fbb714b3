"""Two announcements that know nothing of each other, on their way at once: the channel has one post that day."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.channel_days import CLAIM_LASTS, claimed
from bot.domain.outbox import Kind
from bot.storage import RedisStore
from bot.usecases.convening import hand_on
from bot.usecases.groups import move_meeting
from bot.usecases.snapshot import require_member
from scheduler.outbox.delivery import deliver
from scheduler.outbox.messages import DeliveryContext
from tests.domain import young_carers
from tests.scheduler.fortnight import FRIDAY, JO, SAM, carers_of, live
from tests.scheduler.postroom import Bot, entry

NOON = FRIDAY + timedelta(hours=3)
MOVED = "The meeting of Thursday 3 December moves to Friday 4 December"
HANDED = "looks after the rhythm"


async def two_owed(store: RedisStore) -> Bot:
    """Sam hands the rhythm on and Jo moves a meeting in one minute; both are in the outbox, for now."""
    bot = await carers_of(store)
    await live(bot, NOON)
    bot.clock.move_to(NOON)
    await hand_on(bot.deps, await require_member(store, SAM, "g7"), "jo", NOON)
    await move_meeting(
        bot.deps, await require_member(store, JO, "g7"), date(2026, 12, 3), date(2026, 12, 4), "14:00", NOON
    )
    group = await store.groups.get("g7")
    assert group is not None
    ids = [f"change:g7:{id_}" for id_ in group.changes]
    found = [entry(Kind.CHANGE, name, NOON, subject=name.rpartition(":")[2]) for name in ids]
    await bot.store.outbox.add(found)
    return bot


def slow(bot: Bot) -> None:
    """Slack takes a moment, in which others go on."""
    post = bot.slack.post

    async def slowly(*args: Any, **more: Any) -> Any:
        await asyncio.sleep(0.1)
        return await post(*args, **more)

    bot.slack.post = slowly  # type: ignore[method-assign]


async def test_two_bots_post_once_and_what_came_second_is_added(store: RedisStore) -> None:
    bot = await two_owed(store)
    slow(bot)
    before = len(posts(bot))
    due = await bot.store.due.due(NOON, 100)
    taken = await bot.take(due.partitions[0])
    assert [each.entry.kind for each in taken] == [Kind.CHANGE] * 2
    ways = [DeliveryContext(each, bot.kinds[Kind.CHANGE], bot.deps, NOON, bot.deps) for each in taken]
    await asyncio.gather(*(deliver(each) for each in ways))
    await bot.after(timedelta(seconds=30))
    await live(bot, NOON + timedelta(minutes=10))
    assert len(posts(bot)) == before + 1
    stands = bot.slack.stands[posts(bot)[-1]]
    assert MOVED in stands
    assert HANDED in stands


def posts(bot: Bot) -> list[str]:
    """What stands in the channel by itself, as it came."""
    return [one.ref.ts for one in bot.slack.posted if one.place.channel == "C1" and not one.place.thread]


@pytest.mark.parametrize(
    ("by", "later", "has_it"),
    [
        ("a", timedelta(0), True),
        ("b", timedelta(minutes=1), False),
        ("b", CLAIM_LASTS, True),
        ("b", -timedelta(minutes=1), False),
        ("b", -CLAIM_LASTS, True),
    ],
    ids=["its own", "another's", "another's, long ago", "a clock behind", "a clock far behind"],
)
def test_claimed__a_claim_is_anothers_for_five_minutes(by: str, later: timedelta, has_it: bool) -> None:
    now = datetime.fromisoformat("2026-12-01T10:00+00:00")
    carers = claimed(young_carers.group(), entry(Kind.CHANGE, "a", now), now)
    after = claimed(carers, entry(Kind.CHANGE, by, now), now + later)
    assert after.day_claim is not None
    assert (after.day_claim.by == by) is has_it
