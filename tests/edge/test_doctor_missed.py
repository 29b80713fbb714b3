"""What nobody can say arrived is named by the doctor, whatever kind it is; what arrived after all is not."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.app import utc_now
from bot.doctor.store import redis
from bot.domain.brief import Brief
from bot.domain.digest import Digest
from bot.domain.groups import ChannelTrouble
from bot.domain.outbox import Kind, Status
from bot.ports import SlackRefused
from bot.storage import RedisStore
from tests.domain import young_carers
from tests.scheduler.loopback import GONE, LOST, NO_SCOPE, Loopback
from tests.scheduler.postroom import bot as a_bot
from tests.scheduler.postroom import entry


@pytest.fixture
def bot(store: RedisStore, clock):
    return a_bot(store, Loopback(clock.now), clock)


async def noted(redis_url, settings_for):
    found = await redis(settings_for("http://127.0.0.1:1/api/", redis_url=redis_url), utc_now)
    return [one.what for one in found if one.note]


async def lived(bot, *orders):
    bot.slack.orders.extend(orders)
    names = [(Kind.DIGEST, "digest:g7:2026-W48"), (Kind.WELCOME, "welcome:g8"), (Kind.PANEL, "panel:g9")]
    for kind, name in names:
        await bot.store.outbox.add([entry(kind, name, bot.clock.now())])
        await bot.tick()
    for _ in range(3):
        await bot.after(timedelta(minutes=1))


async def test_a_digest_that_is_unknown_and_a_welcome_that_was_refused_are_named(bot, redis_url, settings_for):
    bot.slack.cannot_look = NO_SCOPE
    await lived(bot, LOST, GONE)
    assert await noted(redis_url, settings_for) == [
        "Outbox: 1 of the last 60 days may or may not have arrived, and are not sent again: "
        "digest:g7:2026-W48 (missing_scope).",
        "Outbox: 1 of the last 60 days Slack refused for good: welcome:g8 (channel_not_found).",
    ]


async def test_a_channel_that_can_not_be_posted_in_and_what_is_owed_there_are_named(store, redis_url, settings_for):
    now = utc_now()
    trouble = ChannelTrouble(code="not_in_channel", since=now, try_at=now)
    panel = {"panel": young_carers.A_MESSAGE, "panel_at": now, "panel_refused_at": now}
    group = replace(young_carers.group(), trouble=trouble, to_correct={"2026-W48": now}, **panel)
    await store.groups.change("g7", lambda _: group)
    await store.index.list_group("g7")
    behind = {"posted": young_carers.A_MESSAGE, "corrections": 1, "corrected_at": now, "round": "2026-W48"}
    of = {"group_id": "g7", "group_name": "Young carers"}
    await store.digests.change("g7", "2026-W48", lambda _: Digest(composed_at=now, question="", **of, **behind))
    await store.briefs.change("g7", "2026-W48", lambda _: Brief(**of, **behind))
    assert await noted(redis_url, settings_for) == [
        "Owed: channels that can't be posted in: g7 (not_in_channel).",
        "Owed: messages in channels to change: correction:g7:2026-W48:0.0, brief_correction:g7:2026-W48:0.0, "
        "panel:g7.",
    ]


async def test_what_waits_for_a_refusal_to_end_is_named_until_it_has_gone(bot, redis_url, settings_for):
    """As to somebody, and in a channel without a group: no group's channel is in trouble."""
    ended = SlackRefused("messages_tab_disabled", permanent=True, can_end=True)
    bot.slack.orders.append(ended)
    await bot.store.outbox.add([entry(Kind.HELLO, "hello:g8", bot.clock.now())])
    await bot.tick()
    owed = "Owed: messages that Slack does not take for now: hello:g8 (messages_tab_disabled)."
    assert await noted(redis_url, settings_for) == [owed]
    bot.slack.orders.append(ended)
    await bot.after(timedelta(hours=1))
    assert await noted(redis_url, settings_for) == [owed]
    await bot.after(timedelta(hours=1))
    assert (await bot.store.delivery.counts())[Status.SENT] == 1
    assert await noted(redis_url, settings_for) == []


async def test_what_arrived_is_not_named(bot, redis_url, settings_for):
    await lived(bot, LOST)
    assert (await bot.store.delivery.counts())[Status.SENT] == 3
    assert await noted(redis_url, settings_for) == []
