"""A method of Slack's that had enough of us: nobody calls it for as long as Slack said, and the rest goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.outbox import Kind, Status
from bot.ports import Method, SlackRefused
from bot.storage import RedisStore
from scheduler.outbox.pool import MAX_PER_WORKSPACE
from tests.clock import Clock
from tests.domain import young_carers
from tests.scheduler.loopback import BUSY, LOST, Loopback
from tests.scheduler.postroom import Bot, entry
from tests.scheduler.postroom import bot as a_bot

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
A_MINUTE = SlackRefused("ratelimited", permanent=False, retry_after=60)


def panels(count: int, clock: Clock) -> list[object]:
    return [entry(Kind.PANEL, f"panel:{n:02}", clock.now(), group_id=f"g{n}") for n in range(count)]


@pytest.mark.slow
async def test_forty_in_doubt_ask_for_history_no_more_often_than_slack_allows(
    bot: Bot, slack: Loopback, clock: Clock
) -> None:
    """An app may have one look a minute. The first to be told so tells all, and then they go one by one."""
    slack.orders.extend([LOST] * 40)
    slack.cannot_look = A_MINUTE
    await bot.store.outbox.add(panels(40, clock))  # type: ignore[arg-type]
    await bot.tick()
    for _ in range(55):
        await bot.after(SECOND)
    assert 1 <= slack.looked <= MAX_PER_WORKSPACE  # those under way when the first was told
    before = slack.looked
    for _ in range(180):
        await bot.after(SECOND)
    assert slack.looked - before <= 4
    slack.cannot_look = None
    for _ in range(20):
        await bot.after(10 * SECOND)
    assert len(slack.texts) == 40
    assert slack.twice == []
    assert (await bot.store.delivery.counts())[Status.SENT] == 40


async def test_all_bots_hear_of_it_and_other_workspaces_do_not(
    store: RedisStore, slack: Loopback, clock: Clock
) -> None:
    one, other = (a_bot(store, slack, clock).store.method_limiter for _ in range(2))
    await one.block("T1", Method.HISTORY, 60 * SECOND)
    assert await other.wait("T1", Method.HISTORY) == 60 * SECOND
    assert await other.wait("T2", Method.HISTORY) == timedelta(0)
    assert await other.wait("T1", Method.OPEN) == timedelta(0)
    clock.move_by(60 * SECOND)
    assert await other.wait("T1", Method.HISTORY) == timedelta(0)
    assert await one.wait("T1", Method.HISTORY) > timedelta(0)


async def test_where_no_dm_can_be_opened_just_now_the_channel_still_hears(bot: Bot, slack: Loopback) -> None:
    await bot.store.people.change("sam", lambda _: young_carers.person())
    slack.cannot_open = BUSY
    now = bot.clock.now()
    await bot.store.outbox.add([entry(Kind.WELCOME, "welcome", now, person_id="sam")])
    await bot.tick()
    await bot.store.outbox.add([entry(Kind.PANEL, "panel:g7", now)])
    await bot.tick()
    assert slack.texts == ["panel:g7"]
    slack.cannot_open = None
    await bot.after(31 * SECOND)
    assert slack.texts == ["panel:g7", "welcome"]


async def test_the_second_attempt_is_looked_for_where_it_was_made(bot: Bot, slack: Loopback) -> None:
    """The first was lost on its way there and the second on its way back, an hour later."""
    slack.orders.append(SlackRefused("http_503", permanent=False, in_doubt=True))
    slack.cannot_look = SlackRefused("http_503", permanent=False, in_doubt=True)
    await bot.store.outbox.add([entry(Kind.PANEL, "panel:g7", bot.clock.now())])
    await bot.tick()
    await bot.after(HOUR)
    slack.cannot_look = None
    slack.orders.append(LOST)
    await bot.after(HOUR)
    assert slack.texts == ["panel:g7"]
    await bot.after(HOUR)
    assert slack.texts == ["panel:g7"]
    assert (await bot.store.delivery.counts())[Status.SENT] == 1
