"""An Enterprise organisation installs Between for all its workspaces at once: one token, and no team of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from slack_sdk.oauth.installation_store import Installation as SdkInstallation

from bot.domain.installation import Installation
from bot.slack.installation_store import RecordInstallationStore
from bot.usecases import installation
from tests.connect.conftest import COUNCIL, HOSPITALS
from tests.stage import Stage

COUNTY = "E0COUNTY"


@pytest.fixture
async def whole(stage: Stage) -> Stage:
    """The hospitals are a workspace of the county's organisation, which has Between everywhere."""
    given = stage.pg.world.app("Between").installs[HOSPITALS]
    store = stage.bot.deps.store
    bolt = RecordInstallationStore(
        store.installations, stage.clock.now, lambda one: installation.installed(store, one), _no
    )
    await bolt.async_save(
        SdkInstallation(
            user_id="U0JO",
            enterprise_id=COUNTY,
            enterprise_name="Riverside County",
            team_id=None,
            bot_token=given.bot_token,
            bot_id=given.bot_id,
            bot_user_id=given.bot_user_id,
            bot_scopes=given.scopes,
            is_enterprise_install=True,
        )
    )
    return stage


async def _no(_: str) -> None:
    raise AssertionError


async def of_the_county(stage: Stage, command: str) -> None:
    """Jo's command, as Slack sends it from a workspace of an organisation."""
    jo = stage.person("Jo")
    app = jo.app("Between")
    channel = jo.channel("young-carers")
    fields = jo._command_fields(app, channel) | {"command": command, "text": ""}
    fields |= {"response_url": jo.response_url(app, channel)}
    fields |= {"enterprise_id": COUNTY, "enterprise_name": "county", "is_enterprise_install": "true"}
    ack = await stage.pg.courier.deliver(app, "slash_commands", fields)
    assert ack.ok
    await stage.settle()


async def stored(stage: Stage) -> Installation:
    found = await stage.bot.deps.store.installations.get(COUNTY)
    assert found is not None
    return found


async def test_it_is_kept_by_the_organisation_and_found_without_a_workspace(whole: Stage) -> None:
    one = await stored(whole)
    assert (one.key, one.org_wide, one.teams, one.name) == (COUNTY, True, (), "Riverside County")
    found = await whole.bot.book.find(COUNTY, None)
    assert found is not None
    assert found.key == COUNTY


async def test_jos_plate_opens_with_the_organisations_token_and_her_workspace_is_known_then(whole: Stage) -> None:
    await whole.gather("Jo")
    await of_the_county(whole, "/plate")
    assert "For Riverside Hospitals Trust: []" in whole.modal("Jo")
    assert (await stored(whole)).teams == (HOSPITALS,)
    assert await whole.bot.book.tokens(HOSPITALS) == (await stored(whole)).tokens.bot


async def test_a_workspaces_own_installation_comes_before_its_organisations(whole: Stage) -> None:
    assert (await whole.bot.book.find(COUNTY, COUNCIL)) is not None
    found = await whole.bot.book.find(COUNTY, COUNCIL)
    assert found is not None
    assert found.key == COUNCIL


async def test_when_the_hospitals_are_taken_out_of_it_their_people_are_told(whole: Stage) -> None:
    await whole.gather("Jo")
    await of_the_county(whole, "/plate")
    await whole.person("Jo").close(everything=True)
    whole.clock.advance(timedelta(minutes=1))
    await installation.left_workspace(whole.bot.deps, COUNTY, HOSPITALS, whole.clock.now())
    await whole.settle()
    one = await stored(whole)
    assert (one.active, one.teams) == (True, ())
    assert [text for text in whole.sent("Jo") if "has taken Between out" in text]


async def test_an_organisation_that_installs_again_keeps_the_workspaces_we_met(whole: Stage) -> None:
    await whole.gather("Jo")
    await of_the_county(whole, "/plate")
    await installation.installed(whole.bot.deps.store, replace(await stored(whole), teams=()))
    assert (await stored(whole)).teams == (HOSPITALS,)
