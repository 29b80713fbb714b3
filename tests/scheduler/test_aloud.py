"""A moved meeting that an earlier post of the day came to tell is also said aloud: once, whoever dies meanwhile."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest

from bot.storage import RedisStore
from bot.usecases.convening import hand_on
from bot.usecases.groups import move_meeting
from bot.usecases.snapshot import require_member
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import FRIDAY, JO, SAM, carers_of, live
from tests.scheduler.postroom import Bot, Death, Killed, doomed

MORNING = FRIDAY + timedelta(hours=2)
MOVED = "The meeting of Thursday 3 December moves to Friday 4 December"


async def moved_after_a_post(store: RedisStore) -> Bot:
    """The channel has had its post of the day, and is owed the move by an edit of it."""
    bot = await carers_of(store)
    await live(bot, MORNING)
    bot.clock.move_to(MORNING)
    sam = await require_member(store, SAM, "g7")
    await hand_on(bot.deps, sam, "jo", MORNING)
    await live(bot, MORNING + timedelta(minutes=1))
    bot.clock.move_to(MORNING + timedelta(minutes=1))
    jo = await require_member(store, JO, "g7")
    await move_meeting(bot.deps, jo, date(2026, 12, 3), date(2026, 12, 4), "14:00", bot.clock.now())
    return bot


def in_channel(bot: Bot) -> list[str]:
    """What makes the channel unread, in its order."""
    return [one.text for one in bot.slack.posted if one.place.channel == "C1"]


@pytest.mark.dies
@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after a call"])
async def test_whoever_dies_on_the_way_it_is_said_once(store: RedisStore, after: bool) -> None:
    for step in calls(7, 1 + 3 * after):
        bot = await moved_after_a_post(store)
        assert not any(MOVED in one for one in in_channel(bot))
        death = Death(step, after=after)
        with suppress(Killed, BaseExceptionGroup):
            await doomed(bot, death).tick()
        await bot.after(timedelta(seconds=15))
        await live(bot, MORNING + timedelta(minutes=30))
        assert sum(MOVED in one for one in in_channel(bot)) == 1, f"dead at step {step}: {in_channel(bot)}"
        post = next(one for one in bot.slack.posted if one.place.channel == "C1" and one.at >= MORNING)
        assert MOVED in bot.slack.stands[post.ref.ts], f"dead at step {step}"
        if not death.came:
            return
