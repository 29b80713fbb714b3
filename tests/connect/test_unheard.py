"""Whether Slack tells that people of other workspaces come and go is not documented: here it does not."""

from __future__ import annotations

import pytest

from bot.domain.people import Leader
from tests.connect.conftest import Browser
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


async def leaders(stage: Stage) -> dict[str, Leader]:
    store = stage.bot.deps.store
    (group_id,) = await store.index.groups()
    return {**await store.leaders.all(group_id)}
