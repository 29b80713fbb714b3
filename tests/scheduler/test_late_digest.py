"""The digest that the first words after a silent day make due: whoever dies in the press, or on its way into the
channel, it comes once, and with the words."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.plate import Audience
from bot.ports import Deps, SlackRefused
from bot.storage import RedisStore
from bot.usecases import plate
from bot.usecases.plate import PlateWords
from bot.views.plate import Words
from tests.members import as_leader
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import ROUND, SAM, carers_of, live, live_to
from tests.scheduler.loopback import LOST
from tests.scheduler.postroom import Bot, Death, Killed, doomed

pytestmark = pytest.mark.slow

AFTERNOON = datetime(2026, 12, 2, 15, tzinfo=UTC)
"""Wednesday: at ten there was nothing to say. They meet on Thursday."""
MEETING = datetime(2026, 12, 3, 14, tzinfo=UTC)
BEDS = "Beds are full again."


async def silent(store: RedisStore) -> Bot:
    bot = await carers_of(store)
    await live_to(bot, AFTERNOON)
    return bot


async def says(deps: Deps, now: datetime) -> None:
    nothing = Words(text="", audience=Audience.GROUP)
    words = PlateWords(organisation=Words(text=BEDS, audience=Audience.GROUP), me=nothing, question=nothing)
    await plate.share_plate(deps, await as_leader(deps, SAM, "g7"), ROUND, words, now)


def digests(bot: Bot) -> list[str]:
    return [one.text for one in bot.slack.posted if "the digest" in one.text]


async def test_whoever_dies_in_the_press_the_words_that_were_saved_are_posted_once(store: RedisStore) -> None:
    saved, came, step = 0, True, 0
    while came:
        bot, step = await silent(store), step + 1
        death = Death(step, after=False)
        with suppress(Killed):
            await says(doomed(bot, death).deps, bot.clock.now())
        there = await store.plates.get("g7", "sam", round=ROUND)
        await bot.after(timedelta(seconds=15))
        await live(bot, MEETING)
        assert len(digests(bot)) == (there is not None), f"dead at step {step}"
        assert all(BEDS in bot.slack.stands[one.ref.ts] for one in bot.slack.posted if "the digest" in one.text)
        saved, came = saved + (there is not None), death.came
    assert 1 < saved < step


@pytest.mark.dies
@pytest.mark.parametrize("orders", [[], [LOST]], ids=["", "the answer lost"])
@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after a call"])
async def test_wherever_the_bot_dies_on_its_way_it_is_there_once(
    store: RedisStore, after: bool, orders: list[BaseException | None]
) -> None:
    steps, came = calls(11, 1 + 5 * after, at_length=2), True
    while came:
        bot = await silent(store)
        await says(bot.deps, bot.clock.now())
        bot.slack.orders.extend(orders)
        death = Death(next(steps), after=after)
        with suppress(Killed, BaseExceptionGroup):
            await live(doomed(bot, death), MEETING)
        await bot.after(timedelta(seconds=15))
        await live(bot, MEETING)
        assert len(digests(bot)) == 1, f"dead at {death}"
        assert [one.text for one in bot.slack.posted].count(f"The Trust. Sam Tester: {BEDS}") == 1, "in its thread"
        came = death.came


async def test_where_slack_refuses_it_comes_when_it_can(store: RedisStore) -> None:
    bot = await silent(store)
    await says(bot.deps, bot.clock.now())
    bot.slack.orders.append(SlackRefused("not_in_channel", permanent=True, can_end=True))
    await live(bot, AFTERNOON + timedelta(minutes=30))
    assert digests(bot) == []
    await live(bot, MEETING)
    assert len(digests(bot)) == 1
