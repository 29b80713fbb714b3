"""Slack takes our key no more, or refuses with words that nobody knows: what is owed to the channel stays owed
while it is news, and nobody reads that the key is dead by the key that came in its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.groups import Group
from bot.domain.installation import Installation
from bot.domain.people import Person
from bot.domain.trouble import KEYLESS, troubled
from bot.ports import SlackRefused
from bot.slack.refusals import refused
from bot.storage import RedisStore
from bot.usecases.home import home_sections
from bot.usecases.installation import installed
from bot.views.home import home
from bot.views.trouble import OUR_KEY, why
from tests import screen
from tests.domain import young_carers
from tests.scheduler.fortnight import SAM, carers_of, live, live_to, shared
from tests.scheduler.loopback import ODD
from tests.scheduler.postroom import Bot
from tests.stage import also, staged

pytestmark = pytest.mark.slow

DIGEST_AT = datetime(2026, 12, 2, 10, tzinfo=UTC)
"""Wednesday."""
MEETING = datetime(2026, 12, 3, 14, tzinfo=UTC)
"""More than a day later."""
REVOKED = refused("token_revoked")


async def wednesday(store: RedisStore, refusal: SlackRefused) -> Bot:
    """Sam and Jo have shared; from before the digest on Slack refuses whatever is posted. Both are written to by
    the bot that posts in the channel."""
    bot = await carers_of(store)
    for name in ("sam", "jo"):
        await reached_by(bot, name, "T1")
    await shared(bot)
    await live_to(bot, DIGEST_AT - timedelta(minutes=5))
    bot.slack.cannot_post = refusal
    return bot


async def reached_by(bot: Bot, name: str, team_id: str) -> None:
    def by(one: Person | None) -> Person | None:
        return one and replace(one, reach=replace(one.reach, via_team=team_id, dm_channel=None))

    await bot.store.people.change(name, by)


async def carers(bot: Bot) -> Group:
    group = await bot.store.groups.get("g7")
    assert group is not None
    return group


def digests(bot: Bot) -> list[datetime]:
    return [one.at for one in bot.slack.posted if "the digest" in one.text]


@pytest.mark.parametrize("refusal", [REVOKED, ODD], ids=["a dead key", "words nobody knows"])
async def test_the_digest_comes_though_it_was_refused_for_more_than_a_day(
    store: RedisStore, refusal: SlackRefused
) -> None:
    bot = await wednesday(store, refusal)
    again = MEETING - timedelta(hours=2)
    await live_to(bot, again)
    assert digests(bot) == []
    bot.slack.cannot_post = None
    await live_to(bot, MEETING - timedelta(minutes=1))
    assert len(digests(bot)) == 1
    assert (await carers(bot)).trouble is None


async def test_once_there_is_a_new_key_it_comes_within_the_hour(store: RedisStore) -> None:
    bot = await wednesday(store, REVOKED)
    again = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
    await live_to(bot, again)
    bot.slack.cannot_post = None
    await live_to(bot, MEETING - timedelta(minutes=1))
    [came] = digests(bot)
    assert came - again <= timedelta(hours=1)


async def test_where_we_are_installed_again_it_comes_at_once(store: RedisStore) -> None:
    bot = await wednesday(store, REVOKED)
    again = datetime(2026, 12, 2, 12, 20, tzinfo=UTC)
    await live_to(bot, again)
    bot.slack.cannot_post = None
    new = Installation(key="T1", name="Wye", bot_id="B1", bot_user_id="U1", installed_at=again)
    await installed(bot.store, replace(new, key="T2"), bot.clock.now())
    await bot.tick()
    assert digests(bot) == [], "that is another workspace's"
    await installed(bot.store, new, bot.clock.now())
    await bot.tick()
    assert digests(bot) == [again]


async def test_a_key_that_is_dead_for_some_minutes_is_nobodys_trouble(store: RedisStore) -> None:
    bot = await wednesday(store, REVOKED)
    await live_to(bot, DIGEST_AT + timedelta(minutes=3))
    bot.slack.cannot_post = None
    await live_to(bot, DIGEST_AT + timedelta(minutes=9))
    assert len(digests(bot)) == 1
    assert (await carers(bot)).trouble is None


async def test_nobody_reads_that_the_key_is_dead_by_that_key(store: RedisStore) -> None:
    bot = await wednesday(store, REVOKED)
    await live_to(bot, DIGEST_AT + timedelta(minutes=30))
    assert why(await carers(bot), bot.clock.now()) == OUR_KEY
    bot.slack.cannot_post = None  # the DMs go by the key that came in its place
    await live_to(bot, DIGEST_AT + timedelta(minutes=59))
    assert not [text for text in bot.slack.texts if OUR_KEY in text]
    assert OUR_KEY not in await home_of_sam(bot)


async def test_who_is_reached_through_another_workspace_is_told(store: RedisStore) -> None:
    bot = await wednesday(store, REVOKED)
    await reached_by(bot, "jo", "T2")
    await live_to(bot, DIGEST_AT + timedelta(minutes=30))
    bot.slack.cannot_post = None
    await live_to(bot, DIGEST_AT + timedelta(minutes=50))
    told = [one.place.channel for one in bot.slack.posted if OUR_KEY in one.text]
    assert told == ["D-T2-U-jo"]


async def test_with_words_nobody_knows_one_leader_hears_and_home_says_so(store: RedisStore) -> None:
    bot = await wednesday(store, ODD)
    await live_to(bot, DIGEST_AT + timedelta(minutes=30))
    group = await carers(bot)
    assert why(group, bot.clock.now()) in await home_of_sam(bot)
    bot.slack.cannot_post = None
    await live(bot, DIGEST_AT + timedelta(minutes=50))
    reason = why(group, bot.clock.now())
    assert len([text for text in bot.slack.texts if reason in text]) == 1, "nobody looks after the rhythm"


@pytest.mark.parametrize("code", sorted(KEYLESS))
def test_each_code_of_a_dead_key_is_said_as_that(code: str) -> None:
    assert why(troubled(young_carers.group(), code, DIGEST_AT), DIGEST_AT) == OUR_KEY


async def test_before_it_is_news_no_longer_it_is_tried_a_last_time(store: RedisStore) -> None:
    bot = await wednesday(store, refused("restricted_action"))
    tried: list[datetime] = []
    post = bot.slack.post

    async def noting(*args: object, **more: object) -> object:
        tried.append(bot.clock.now())
        return await post(*args, **more)  # type: ignore[arg-type]

    bot.slack.post = noting  # type: ignore[assignment, method-assign]
    await live_to(bot, MEETING - timedelta(hours=1, minutes=1))
    before = len(tried)
    await live_to(bot, MEETING - timedelta(minutes=30))
    assert tried[before:], "an hour before the meeting"
    assert max(tried) == MEETING - timedelta(hours=1)


async def home_of_sam(bot: Bot) -> str:
    person, sections = await home_sections(bot.deps, SAM, bot.clock.now())
    return screen.home(dict(home(person, sections, bot.clock.now())), {})


@pytest.mark.parametrize(("code", "stands"), [("token_revoked", False), ("is_archived", True)])
async def test_a_bot_that_starts_tries_what_a_new_key_may_open(
    redis_url: str, store: RedisStore, code: str, stands: bool
) -> None:
    async with staged(redis_url) as stage:
        await stage.set_up()
        [group_id] = await store.index.groups()
        await store.groups.change(group_id, lambda one: one and troubled(one, code, stage.clock.now()))
        async with also(stage):
            group = await store.groups.get(group_id)
            assert group is not None
            assert (group.trouble is not None) is stands
