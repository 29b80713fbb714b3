"""One channel, three organisations' workspaces: who has installed Between speaks through their own, who has not
presses."""

from __future__ import annotations

import pytest

from tests.connect.conftest import COUNCIL, HOSPITALS, Browser
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
