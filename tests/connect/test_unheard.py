"""Whether Slack tells that people of other workspaces come and go, and shows them what is for their eyes alone in a
channel, is not documented: here it does not."""

from __future__ import annotations

import pytest

from bot.domain.people import Leader
from tests.connect.conftest import HOSPITALS, Browser
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def group(stage: Stage, browser: Browser) -> Stage:
    """The hospitals have installed Between, the charity has not."""
    stage.pg.world.guesses.external_membership = False
    await browser.install("U0PRIYA")
    await stage.gather("Jo", "Aoife")
    await stage.at("2026-11-24 11:00")
    return stage


async def test_the_daily_look_finds_who_has_left_and_each_is_dealt_with_as_ever(group: Stage) -> None:
    for name in ("Jo", "Aoife"):
        await group.person(name).leave("young-carers")
    await group.at("2026-11-25 18:00")
    assert "you're no longer in its channel" in group.sent("Jo")[-1]
    posts = "\n".join(map(group.shown, group.posts()))
    assert "Aoife (Young Carers Together) is no longer in this channel and I can't reach them" in posts
    assert "*Jo* (" not in posts


async def test_who_is_back_is_so_as_they_press(group: Stage) -> None:
    await group.person("Jo").leave("young-carers")
    await group.at("2026-11-25 18:00")
    group.pg.world.channels["C0CARERS"].members.append("U0JO")
    await group.person("Jo").press(group.panel(), "Answer")
    await group.settle()
    await group.at("2026-11-26 18:00")
    assert [one.in_group and one.absence is None for one in (await leaders(group)).values()] == [True] * 3


async def test_jo_sets_a_group_up_in_the_councils_channel_though_she_can_be_shown_nothing_there(
    stage: Stage,
) -> None:
    stage.pg.world.guesses.external_ephemeral = False
    del stage.pg.world.app("Between").installs[HOSPITALS]
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.settle()
    await stage.person("Jo").press(stage.posts()[-1], "Set up a group")
    asked = {"Your organisation": "Riverside Hospitals Trust", "What you work on together": "Young carers"}
    zones = {"Your time zone": "London", "The group's time zone": "London", "Public holidays of": "England"}
    for label, words in (asked | zones).items():
        await stage.person("Jo").fill(label, words)
    assert await stage.person("Jo").submit() is None
    assert await stage.person("Jo").submit() is None, "what she was shown may be posted"
    await stage.person("Jo").close(everything=True)
    await stage.settle()
    assert "Hello Jo. You set up Between for it" in stage.dm("Jo")
    await stage.at("2026-11-25 16:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.person("Jo").press(stage.panel(), "Answer")
    assert await stage.person("Jo").submit() is None
    assert "Saved" in stage.modal("Jo"), "where nothing can be shown in the channel, the form says so"


async def leaders(stage: Stage) -> dict[str, Leader]:
    store = stage.bot.deps.store
    (group_id,) = await store.index.groups()
    return {**await store.leaders.all(group_id)}
