"""One channel, three organisations' workspaces: who has installed Between speaks through their own, who has not
presses."""

from __future__ import annotations

import aiohttp
import pytest

from bot.storage import RedisStore
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser, connected
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def group(stage: Stage, browser: Browser) -> Stage:
    """Jo's hospitals have installed Between too; she and Aoife, whose charity has not, are in Sam's group."""
    await browser.install("U0JO")
    await stage.gather("Jo", "Aoife")
    return stage


async def test_jos_plate_opens_in_the_workspace_that_installed_between_too(group: Stage) -> None:
    await group.person("Jo").command("/plate", where="young-carers")
    assert "For Riverside Hospitals Trust: []" in group.modal("Jo")


async def test_each_is_written_to_by_their_own_workspaces_bot_where_it_has_one(group: Stage) -> None:
    people = group.bot.deps.store.people
    via = {one.name: one.reach.via_team for one in (await people.many(await _ids(group))).values()}
    assert via == {"Sam": COUNCIL, "Jo": HOSPITALS, "Aoife": COUNCIL}
    assert [len(group.dms(name)) for name in ("Jo", "Aoife")] == [1, 1]


async def test_who_joined_before_their_workspace_installed_it_is_written_to_by_its_bot_from_the_next_day(
    stage: Stage, browser: Browser
) -> None:
    await stage.gather("Jo", "Aoife")
    await browser.install("U0JO")
    await stage.at("2026-11-25 12:00")
    people = stage.bot.deps.store.people
    via = {one.name: one.reach.via_team for one in (await people.many(await _ids(stage))).values()}
    assert via == {"Sam": COUNCIL, "Jo": HOSPITALS, "Aoife": COUNCIL}
    await stage.answer("Jo", organisation="Discharge letters now ask who else is at home")


@pytest.mark.slow
async def test_each_answers_as_they_can_and_one_bot_posts_the_digest(group: Stage) -> None:
    await group.at("2026-11-25 12:00")
    await group.answer("Sam", organisation="Two schools are piloting a quiet room")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await group.answer("Aoife", organisation="A waiting list of forty")
    await group.at("2026-12-02 12:00")
    digests = [post for post in group.posts() if "Discharge letters" in group.shown(post)]
    assert len(digests) == 1
    assert "forty" in group.shown(digests[0])
    assert digests[0].team_id == COUNCIL


async def _ids(stage: Stage) -> list[str]:
    return await stage.bot.deps.store.index.people()


async def test_a_workspace_that_slack_knows_and_we_have_no_key_of_reads_why(stage: Stage) -> None:
    """Jo's hospitals pressed Install in the app's settings, so Slack offers the command; nobody gave us the
    token."""
    await stage.gather("Jo")
    await stage.person("Jo").command("/plate", where="young-carers")
    assert "Between has no key to your workspace" in stage.notes("Jo")[-1]


async def test_the_hosts_bot_speaks_though_the_other_said_hello(stage: Stage, browser: Browser) -> None:
    await browser.install("U0JO")
    sam = stage.person("Sam")
    await stage.person("Jo").invite_bot("young-carers")
    await stage.settle()
    await sam.invite_bot("young-carers")
    await stage.settle()
    hello = [post for post in stage.posts() if post.team_id == HOSPITALS][-1]
    await sam.press(hello, "Set up a group")
    await sam.fill("Your organisation", "Riverside Council")
    await sam.fill("What you work on together", "Young carers")
    assert await sam.submit() is None
    assert await sam.submit() is None, "Post it: other organisations read the channel"
    await sam.close()
    await stage.settle()
    assert stage.panel().team_id == COUNCIL


@pytest.mark.slow
async def test_where_the_hosts_bot_is_put_out_of_the_channel_the_other_posts(group: Stage) -> None:
    await group.person("Jo").invite_bot("young-carers")
    await group.settle()
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await group.answer("Aoife", organisation="A waiting list of forty")
    group.pg.world.channels["C0CARERS"].members.remove("U0BETWEEN")
    await group.at("2026-11-27 12:00")
    digests = [post for post in group.posts() if "Discharge letters" in group.shown(post)]
    assert [post.team_id for post in digests] == [HOSPITALS]
    await group.person("Sam").invite_bot("young-carers")
    await group.settle()
    groups = group.bot.deps.store.groups
    (one,) = (await groups.many(await group.bot.deps.store.index.groups())).values()
    assert one.place.team_id == COUNCIL, "the host's again, as soon as it is back"


@pytest.mark.parametrize("by_socket", [True, False])
async def test_one_process_serves_all_without_a_token_in_its_settings(
    redis_url: str, store: RedisStore, by_socket: bool
) -> None:
    """Nobody's token stands in .env: each workspace installs Between, and is served by the same process."""
    allowed = f"{COUNCIL},{HOSPITALS}"
    async with (
        connected(redis_url, env=False, by_socket=by_socket, slack_allowed_workspaces=allowed) as stage,
        aiohttp.ClientSession() as http,
    ):
        for who in ("U0SAM", "U0JO"):
            assert "Between is in" in await Browser(stage, http).install(who)
        await stage.gather("Jo", "Aoife")
        for name in ("Sam", "Jo"):
            await stage.person(name).command("/plate", where="young-carers")
            assert "What's on your plate?" in stage.modal(name)
