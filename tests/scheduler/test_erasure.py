"""A bot dies anywhere in an erasure, at the press or in a look: Sam is erased all the same, and Jo is not."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from bot.domain.commitments import FirstStep, make
from bot.domain.snapshot import Section
from bot.storage import RedisStore
from bot.usecases import erasure
from scheduler.due import plan_group
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import ROUND, carers_of, live_to, shared
from tests.scheduler.postroom import Bot, Death, Killed, doomed

pytestmark = pytest.mark.slow

AFTER_DIGEST = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
EVENING = AFTER_DIGEST.replace(hour=20)
"""What is only told waits for whatever has the day. By then that has gone."""


async def with_words(store: RedisStore) -> Bot:
    """Both shared a word, the digest is out, and Sam has said what he will do."""
    bot = await carers_of(store)
    await shared(bot)
    walk = make(id="c1", by="sam", what="Walk", part="", first_step=FirstStep(), benefit="", now=bot.clock.now())
    await store.commitments.change("g7", "c1", lambda _: walk)
    await live_to(bot, AFTER_DIGEST)
    assert any("Word of sam." in text for text in bot.slack.stands.values())
    return bot


async def left_of_sam(bot: Bot) -> list[str]:
    """Where he is still found, but in entries that were sent: those hold ids alone."""
    client, found = bot.store.connection.client, []
    async for key in client.scan_iter("b:*"):
        name = key.decode()
        if name.startswith("b:{o"):
            continue
        kind = (await client.type(key)).decode()
        reads = {"hash": client.hgetall, "string": client.get, "set": client.smembers}
        text = str(await (client.zrange(key, 0, -1) if kind == "zset" else reads[kind](key)))
        if re.search(r"\bsam\b|Walk", text + name):
            found.append(name)
    return found


async def wholly_erased(bot: Bot) -> None:
    assert await left_of_sam(bot) == []
    said = "".join(bot.slack.stands.values())
    assert "Word of sam." not in said
    assert "Word of jo." in said
    assert said.count("Somebody who was in this group has had what they shared here erased. Digests, briefs and "
        "questions that held it are corrected where Slack lets me.") == 1  # fmt: skip
    assert await bot.store.leaders.get("g7", "jo")
    assert (await bot.store.plates.get("g7", "jo", round=ROUND)) is not None


@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after it"])
async def test_a_press_that_dies_erases_him_or_changes_nothing(store: RedisStore, after: bool) -> None:
    ends = set()
    for step in range(1, 40):
        bot, death = await with_words(store), Death(step, after=after)
        with suppress(Killed):
            await erasure.ask_to_erase(doomed(bot, death).deps.store, "sam", bot.clock.now(), left=False)
        group = await store.groups.get("g7")
        noted = bool(group and group.erasing)
        await live_to(bot, EVENING)
        if noted:
            await wholly_erased(bot)
        else:
            assert await bot.store.leaders.get("g7", "sam")
        ends.add(noted)
        if not death.came:
            break
    assert ends == {False, True}


@pytest.mark.dies
@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after it"])
async def test_a_look_that_dies_leaves_it_to_the_next(store: RedisStore, after: bool) -> None:
    steps = 0
    for step in calls(13, 1 + 6 * after):
        bot, death = await with_words(store), Death(step, after=after)
        await erasure.ask_to_erase(bot.store, "sam", bot.clock.now(), left=False)
        with suppress(Killed):
            await plan_group("g7", doomed(bot, death).deps, bot.clock.now())
        await live_to(bot, EVENING)
        await wholly_erased(bot)
        steps += 1
        if not death.came:
            break
    assert steps > 2


async def test_two_bots_at_once_erase_him_once(store: RedisStore) -> None:
    bot = await with_words(store)
    await erasure.ask_to_erase(bot.store, "sam", bot.clock.now(), left=False)
    await erasure.ask_to_erase(bot.store, "sam", bot.clock.now(), left=True)
    snapshot = await store.snapshots.group("g7", Section.NOTHING)
    assert snapshot
    first = erasure.take_out_all(bot.deps, snapshot, bot.clock.now())
    second = erasure.take_out_all(bot.deps, snapshot, bot.clock.now())
    await first
    await second
    await live_to(bot, EVENING)
    await wholly_erased(bot)


async def test_words_of_a_press_that_was_under_way_are_erased_too(store: RedisStore) -> None:
    bot = await with_words(store)
    plate = await bot.store.plates.get("g7", "sam", round=ROUND)
    await erasure.ask_to_erase(bot.store, "sam", bot.clock.now(), left=False)
    await plan_group("g7", bot.deps, bot.clock.now())
    await bot.store.plates.change("g7", "sam", lambda _: plate, round=ROUND)
    await live_to(bot, EVENING)
    await wholly_erased(bot)
