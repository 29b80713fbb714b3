"""What was pulled back is gone from the channel in the end, whatever happens to the correction on its way."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.groups import MessageRef, Place
from bot.ports import Message, SlackRefused
from bot.usecases import plate
from tests.members import as_leader
from tests.scheduler.fortnight import JO, ROUND, SAM, live, live_to, shared
from tests.scheduler.postroom import Bot, DeathAt, Killed, doomed, pool_of

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
UNREACHED = SlackRefused("connection_lost", permanent=False)


def digest(bot: Bot) -> str:
    """What the digest says as it stands in the channel now."""
    [ref] = [one.ref for one in bot.slack.posted if "digest" in one.text]
    return bot.slack.stands[ref.ts]


@pytest.fixture
async def posted(carers: Bot) -> Bot:
    """It is noon on the Wednesday of the digest."""
    await shared(carers)
    await live_to(carers, NOON)
    assert "Word of sam." in digest(carers)
    return carers


async def pulled_back(bot: Bot, who: object = SAM) -> None:
    await plate.pull_back_plate(bot.deps, await as_leader(bot.deps, who, "g7"), ROUND, bot.clock.now())  # type: ignore[arg-type]


async def test_it_is_gone_where_the_bot_dies_before_it_asks_for_the_correction(posted: Bot) -> None:
    with suppress(Killed):
        await pulled_back(doomed(posted, DeathAt("look_at", 2)))
    await live(posted, NOON + timedelta(hours=1))
    assert "Word of sam." not in digest(posted)


async def test_pressing_again_after_such_a_death_corrects_at_once(posted: Bot) -> None:
    with suppress(Killed):
        await pulled_back(doomed(posted, DeathAt("look_at", 2)))
    posted.clock.move_by(timedelta(seconds=1))
    await pulled_back(posted)
    await posted.tick()
    assert "Word of sam." not in digest(posted)


async def test_it_is_gone_where_the_bot_dies_between_the_words_and_the_digest(posted: Bot) -> None:
    with suppress(Killed):
        await pulled_back(doomed(posted, DeathAt("get", 4)))
    await live(posted, NOON + timedelta(hours=1))
    assert "Word of sam." not in digest(posted)


async def test_what_is_pulled_back_while_the_digest_is_on_its_way_is_gone_though_the_sender_dies(
    carers: Bot,
) -> None:
    await shared(carers)
    await live_to(carers, NOON - timedelta(hours=2, seconds=1))
    post = carers.slack.post

    async def slow(place: Place, message: Message, *, delivery_id: str) -> MessageRef:
        await pulled_back(carers)
        return await post(place, message, delivery_id=delivery_id)

    carers.slack.post = slow  # type: ignore[method-assign]
    carers.clock.move_by(timedelta(seconds=1))
    dying = DeathAt("look_at", 2)  # the first adds the digest
    with suppress(Killed, BaseExceptionGroup):
        await doomed(carers, dying).tick()
    assert dying.came
    carers.slack.post = post  # type: ignore[method-assign]
    await carers.after(timedelta(seconds=15))
    await live(carers, NOON)
    assert "Word of jo." in digest(carers)
    assert "Word of sam." not in digest(carers)


async def test_a_slow_correction_that_lands_after_a_newer_one_does_not_bring_words_back(posted: Bot) -> None:
    update, slow, calls = posted.slack.update, asyncio.Event(), 0

    async def first_is_slow(ref: MessageRef, message: Message) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            await slow.wait()
        await update(ref, message)

    posted.slack.update = first_is_slow  # type: ignore[method-assign]
    async with pool_of(posted) as look:
        for who in (SAM, JO):
            posted.clock.move_by(timedelta(seconds=2))
            await pulled_back(posted, who)
            await look()
        slow.set()
    await live(posted, NOON + timedelta(hours=1))
    assert digest(posted) == "Young carers: everything in this digest was pulled back by its authors."


@pytest.mark.slow
async def test_it_is_gone_though_slack_could_not_be_reached_for_a_day(posted: Bot) -> None:
    posted.slack.cannot_update = UNREACHED
    await pulled_back(posted)
    for _ in range(100):
        await posted.after(timedelta(minutes=15))
    posted.slack.cannot_update = None
    await posted.after(timedelta(minutes=15))
    assert "Word of sam." not in digest(posted)


async def test_words_saved_just_as_the_digest_went_are_in_it(carers: Bot) -> None:
    """Whoever pressed had read the round before its digest was posted, and saved their words after."""
    await shared(carers)
    await live_to(carers, NOON - timedelta(hours=2, seconds=1))
    change = carers.store.plates.change

    async def late(*args: object, **more: object) -> object:
        carers.store.plates.change = change  # type: ignore[method-assign]
        carers.clock.move_by(timedelta(seconds=1))
        await carers.tick()
        return await change(*args, **more)  # type: ignore[arg-type]

    carers.store.plates.change = late  # type: ignore[method-assign, assignment]
    await pulled_back(carers)
    await live(carers, NOON)
    assert "Word of sam." not in digest(carers)
