"""The council shares its own channel after the group was set up: nothing more is posted in it before one of the
leaders has seen what will be, and who can read it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from inline_snapshot import snapshot

from bot.storage import RedisStore
from playground.connect import share, unshare
from tests.connect.conftest import CHARITY, COUNCIL, HOSPITALS, Browser, connected
from tests.promises.watch import all_kept
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def council(redis_url: str, store: RedisStore) -> AsyncIterator[Stage]:
    """Sam and Wei of the council, in a channel of the council's alone."""
    async with connected(redis_url, slack_allowed_workspaces=HOSPITALS) as stage:
        channel = stage.pg.world.channels["C0CARERS"]
        for team in (HOSPITALS, CHARITY):
            unshare(stage.pg.world, channel, team)
        await stage.pg.settled()
        await stage.gather("Wei")
        await stage.at("2026-11-24 11:00")
        yield stage
        await all_kept(stage)


async def shared(stage: Stage, day: str) -> None:
    """With the hospitals; Slack tells of it."""
    share(stage.pg.world, stage.pg.world.channels["C0CARERS"], HOSPITALS, ["U0JO"])
    await stage.pg.settled()
    await stage.at(day)


async def looks(stage: Stage, name: str) -> None:
    await stage.press(name, "Look at it")


async def posts_it(stage: Stage, name: str) -> None:
    await looks(stage, name)
    assert await stage.person(name).submit() is None
    await stage.settle()


@pytest.mark.slow
async def test_nothing_is_posted_before_a_leader_has_seen_what_and_who_can_read_it(council: Stage) -> None:
    before = len(council.posts())
    await shared(council, "2026-11-25 10:00")
    await council.answer("Wei", organisation="We let eleven flats.")
    await council.at("2026-11-27 12:00")
    assert len(council.posts()) == before, "the digest was due at ten"
    for name in ("Sam", "Wei"):
        told = [text for text in council.sent(name) if "People of other organisations can read" in text]
        assert len(told) == 1
    await looks(council, "Wei")
    assert council.modal("Wei") == snapshot("""\
== Before I post again ==
*I have posted nothing since other organisations can read the channel.* When you press *Post it*, what you all share for everyone goes there again: digests, briefs, commitments, what is asked, and what is changed. What stands there of the group:
*Young carers* meets every second Monday at 14:00, London time, next Monday 30 November. Set up by Sam (Riverside Council) @sam.okafor.
Join: before each meeting I ask what's on your plate, post what you share, and write to nobody else.
----
Who can read it: everyone in #young-carers of Riverside Council and one more organisation, also whoever joins it later, and so can those who keep their organisations' records.
  Close this, and nothing is posted. *Change* or *Pull it back* what you shared first, if you like.
[Post it] [Cancel]\
""")  # noqa: E501
    await council.person("Wei").close(everything=True)
    assert len(council.posts()) == before
    await posts_it(council, "Sam")
    assert council.modal("Sam") == snapshot("""\
== Posted again ==
*Young carers*: I post in its channel again. What is due and still news follows.
[Close]\
""")
    assert "We let eleven flats." in council.shown(council.digest())
    await council.person("Sam").close(everything=True)


@pytest.mark.slow
async def test_what_was_due_meanwhile_is_planned_anew_and_what_is_no_news_any_more_is_not(council: Stage) -> None:
    before = len(council.posts())
    await shared(council, "2026-12-08 12:00")
    assert len(council.posts()) == before, "meetings have come and gone"
    await posts_it(council, "Sam")
    assert len(council.posts()) <= before + 1
    await council.person("Sam").close(everything=True)


@pytest.mark.slow
async def test_words_are_taken_back_from_the_channel_without_waiting(council: Stage) -> None:
    await council.at("2026-11-25 10:00")
    await council.answer("Wei", organisation="We let eleven flats.")
    await council.at("2026-11-27 12:00")
    assert "eleven flats" in council.shown(council.digest())
    await shared(council, "2026-11-27 13:00")
    await council.press("Wei", "Pull it back")
    await council.at("2026-11-27 14:00")
    assert "eleven flats" not in "\n".join(map(council.shown, council.posts()))


@pytest.mark.slow
async def test_who_has_had_two_messages_this_week_looks_from_home_or_from_more(council: Stage) -> None:
    """The word of it takes a place in their week like any other."""
    await council.at("2026-11-26 13:00")
    await shared(council, "2026-11-27 12:00")
    assert not [text for text in council.sent("Wei") if "People of other organisations can read" in text]
    await council.press_more("Wei", "Look at it")
    assert "Before I post again" in council.modal("Wei")
    await council.person("Wei").close(everything=True)
    await council.person("Sam").open_home()
    await council.settle()
    await council.person("Sam").press_home("Look at it")
    assert await council.person("Sam").submit() is None
    await council.person("Sam").close(everything=True)
    await council.at("2026-12-01 12:00")
    assert not [text for text in council.sent("Wei") if "People of other organisations can read" in text]


@pytest.mark.slow
async def test_another_bot_that_takes_over_posts_nothing_before_the_look_either(council: Stage) -> None:
    await shared(council, "2026-11-25 10:00")
    await council.answer("Wei", organisation="We let eleven flats.")
    before = len(council.posts())
    async with aiohttp.ClientSession() as http:
        await Browser(council, http).install("U0JO")
    await council.person("Jo").invite_bot("young-carers")
    council.pg.world.uninstall("Between", COUNCIL)
    await council.settle()
    await council.at("2026-11-27 12:00")
    (group,) = (await council.bot.deps.store.groups.many(await council.bot.deps.store.index.groups())).values()
    assert (group.place.team_id, len(council.posts())) == (HOSPITALS, before)


@pytest.mark.slow
async def test_once_it_is_the_councils_alone_again_it_goes_on(council: Stage) -> None:
    await council.at("2026-11-25 10:00")
    await council.answer("Wei", organisation="We let eleven flats.")
    await shared(council, "2026-11-27 11:00")
    before = len(council.posts())
    unshare(council.pg.world, council.pg.world.channels["C0CARERS"], HOSPITALS)
    await council.pg.settled()
    await council.at("2026-11-27 12:00")
    assert council.digest() in council.posts()[before:]
    assert "eleven flats" in council.shown(council.digest())


async def test_whoever_looks_after_another_has_is_told_that_it_has_changed(council: Stage) -> None:
    await shared(council, "2026-11-24 12:00")
    await posts_it(council, "Sam")
    await council.person("Sam").close(everything=True)
    await looks(council, "Wei")
    assert council.person("Wei").modal is None
    assert "changed" in council.notes("Wei")[-1]


@pytest.mark.slow
async def test_whoever_looked_has_read_that_more_may_come_so_one_more_organisation_stops_nothing(
    council: Stage,
) -> None:
    await shared(council, "2026-11-25 10:00")
    await looks(council, "Sam")
    assert "also whoever joins it later" in council.modal("Sam")
    assert await council.person("Sam").submit() is None
    await council.person("Sam").close(everything=True)
    await council.answer("Wei", organisation="We let eleven flats.")
    share(council.pg.world, council.pg.world.channels["C0CARERS"], CHARITY, ["U0AOIFE"])
    await council.pg.settled()
    await council.at("2026-11-27 12:00")
    assert [post for post in council.posts() if "We let eleven flats." in council.shown(post)]


async def test_in_a_channel_that_was_shared_when_it_was_set_up_one_look_is_enough(
    redis_url: str, store: RedisStore
) -> None:
    async with connected(redis_url) as stage:
        await stage.gather("Jo")
        await stage.at("2026-11-25 12:00")
        assert not [text for name in ("Sam", "Jo") for text in stage.sent(name) if "People of other org" in text]
        (group,) = (await stage.bot.deps.store.groups.many(await stage.bot.deps.store.index.groups())).values()
        assert group.connection.teams == (COUNCIL, HOSPITALS, CHARITY)
        assert group.trouble is None
