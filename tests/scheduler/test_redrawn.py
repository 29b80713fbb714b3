"""A check-in follows its meeting, also where that moves while the message is on its way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.groups import Group, MessageRef, Place
from bot.domain.rhythm import Moved
from bot.ports import Message
from bot.storage import RedisStore
from tests.scheduler.fortnight import FRIDAY, carers_of, live
from tests.scheduler.postroom import Bot

MEETING = datetime(2026, 12, 3, 14, 0, tzinfo=UTC)
LATER = Moved(planned=date(2026, 12, 3), to=date(2026, 12, 4), at="14:00")


@pytest.fixture
async def asked(store: RedisStore) -> Bot:
    bot = await carers_of(store)
    await live(bot, FRIDAY + timedelta(hours=2))
    assert len(bot.slack.posted) == len(check_ins(bot)) == 2
    return bot


async def move(bot: Bot, *moved: Moved) -> None:
    """Without a day: somebody objected, and it is as before."""

    def changed(stored: Group | None) -> Group | None:
        return stored and replace(stored, rhythm=replace(stored.rhythm, moved=moved))

    await bot.store.groups.change("g7", changed)
    await bot.store.due.look_at("g7", bot.clock.now())


def check_ins(bot: Bot) -> list[str]:
    """As they read now."""
    return [bot.slack.stands[one.ref.ts] for one in bot.slack.posted if one.place.channel.startswith("D-")]


async def test_one_that_is_changed_as_somebody_objects_is_changed_back(asked: Bot) -> None:
    update, before = asked.slack.update, check_ins(asked)

    async def slow(ref: MessageRef, message: Message) -> None:
        await move(asked)
        await update(ref, message)

    await move(asked, LATER)
    asked.slack.update = slow  # type: ignore[method-assign]
    await asked.tick()
    asked.slack.update = update  # type: ignore[method-assign]
    asked.clock.move_to(asked.clock.now() + timedelta(minutes=1))
    await asked.tick()
    assert check_ins(asked) == before


@pytest.mark.parametrize("dies", [False, True])
async def test_one_whose_meeting_moves_while_it_is_on_its_way_reads_as_the_meeting_stands(
    store: RedisStore, dies: bool
) -> None:
    """Posted with the old day; whoever sent it dies before that is noted, or does not."""
    bot = await carers_of(store)
    post = bot.slack.post

    async def slow(place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        ref = await post(place, message, delivery_id=delivery_id)
        bot.slack.post = post  # type: ignore[method-assign]
        await move(bot, LATER)
        if dies:
            raise RuntimeError("it died")
        return ref

    bot.clock.move_to(FRIDAY + timedelta(minutes=2))
    bot.slack.post = slow  # type: ignore[method-assign]
    await live(bot, FRIDAY + timedelta(hours=2))
    drawn = check_ins(bot)
    assert len(drawn) == 2
    assert all("Friday" in one for one in drawn), drawn


async def test_one_whose_new_close_is_no_whole_second_is_changed_once(asked: Bot) -> None:
    """The meeting comes so soon that answers close four hours from the very moment at which it was moved."""
    changed: list[MessageRef] = []
    update = asked.slack.update

    async def counted(ref: MessageRef, message: Message) -> None:
        changed.append(ref)
        await update(ref, message)

    asked.slack.update = counted  # type: ignore[method-assign]
    asked.clock.move_to(asked.clock.now() + timedelta(microseconds=123_456))
    await move(asked, Moved(planned=date(2026, 12, 3), to=date(2026, 11, 28), at="16:00"))
    for _ in range(5):
        await asked.tick()
        asked.clock.move_to(asked.clock.now() + timedelta(minutes=1))
    assert (await asked.store.rounds.get("g7", "2026-W49") or pytest.fail("no round")).closes_at.microsecond
    assert len(changed) == 2


async def test_one_that_nobody_answered_names_no_meeting_once_answers_have_closed(asked: Bot) -> None:
    """It may move without them, or have been."""
    closes_at = (await asked.store.rounds.get("g7", "2026-W49") or pytest.fail("no round")).closes_at
    await live(asked, closes_at - timedelta(minutes=1))
    assert all("Thursday" in one for one in check_ins(asked)), check_ins(asked)
    await live(asked, closes_at + timedelta(minutes=1))
    assert all("Thursday" not in one and "closed" in one for one in check_ins(asked)), check_ins(asked)
    stands = check_ins(asked)
    await live(asked, MEETING + timedelta(days=3))
    assert check_ins(asked) == stands


async def test_one_whose_meeting_moves_in_the_afternoon_still_wishes_a_good_morning(asked: Bot) -> None:
    asked.clock.move_to(FRIDAY + timedelta(hours=6))
    await move(asked, LATER)
    await asked.tick()
    assert all(one.startswith("Morning") and "Friday" in one for one in check_ins(asked)), check_ins(asked)
