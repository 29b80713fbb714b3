"""What can't be said to have reached a leader is never sent blindly again; and what Slack doubles does no harm."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest

from bot.domain.people import SlackIdentity
from bot.ports import SlackRefused
from bot.storage import RedisStore
from bot.usecases.home import home_sections
from tests.clock import Clock
from tests.scheduler.fortnight import FRIDAY, young_carers_in
from tests.scheduler.loopback import GONE, LOST, NO_SCOPE, Loopback
from tests.scheduler.postroom import Bot
from tests.scheduler.postroom import bot as a_bot
from tests.stage import staged

SAM = SlackIdentity(team_id="T1", user_id="U-sam")


@pytest.fixture
async def friday(store: RedisStore) -> Bot:
    """Nine on the Friday when Young carers are asked."""
    clock = Clock(FRIDAY)
    bot = a_bot(store, Loopback(clock.now), clock)
    await young_carers_in(bot)
    await store.index.put_person(SAM, "sam")
    await store.index.join("sam", "g7", FRIDAY)
    return bot


async def unsent(bot: Bot) -> bool:
    _, [section] = await home_sections(bot.deps, SAM, bot.clock.now())
    return section.unsent


async def nine_oclock(bot: Bot, *orders: SlackRefused) -> None:
    bot.slack.orders.extend(orders)
    for _ in range(4):
        await bot.after(timedelta(minutes=1))


async def test_without_leave_to_look_it_is_not_sent_again_and_home_says_so(friday: Bot) -> None:
    friday.slack.cannot_look = NO_SCOPE
    await nine_oclock(friday, LOST, LOST)
    assert len(friday.slack.posted) == 2
    assert friday.slack.twice == []
    assert await unsent(friday)


async def test_what_slack_refused_for_good_is_said_in_home(friday: Bot) -> None:
    await nine_oclock(friday, *[GONE] * 6)
    assert friday.slack.posted == []
    assert await unsent(friday)


@pytest.mark.parametrize("orders", [[], [LOST, LOST]], ids=["at once", "after a look"])
async def test_what_is_there_is_not_said_to_be_missing(friday: Bot, orders: list[SlackRefused]) -> None:
    await nine_oclock(friday, *orders)
    assert sorted(friday.slack.texts) == ["checkin:g7:2026-W49:jo", "checkin:g7:2026-W49:sam"]
    assert not await unsent(friday)


async def test_while_somebody_is_about_to_look_nothing_is_said(friday: Bot) -> None:
    friday.slack.orders.extend([LOST, LOST])
    await friday.after(timedelta(minutes=1))
    assert not await unsent(friday)


async def test_a_double_that_slack_made_answers_for_the_same_check_in(redis_url: str, store: RedisStore) -> None:
    async with staged(redis_url) as stage:
        await stage.gather("Jo")
        await stage.at("2026-11-25 09:00")
        first = stage.dms("Jo")[-1]
        channel = next(c for c in stage.pg.world.channels.values() if first in c.messages.values())
        double = copy.deepcopy(first)
        double.ts = f"{float(first.ts) + 1:.6f}"
        channel.messages[double.ts] = double
        jo = stage.person("Jo")
        await jo.press(double, "Skip this one")
        await stage.settle()
        await jo.press(first, "Answer")
        assert await stage.send("Jo", {"For me": "Tired."}) is None
        assert "Saved for" in stage.shown(first)
        await jo.press(first, "Change")
        assert "Tired." in stage.modal("Jo")
