"""An Enterprise organisation installs Between for all its workspaces at once: one token, and no team of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from msgspec.structs import replace

from bot.domain.installation import Installation
from bot.domain.people import SlackIdentity
from bot.storage import RedisStore
from bot.usecases import installation
from bot.views.reach import IN_YOURS
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser, connected
from tests.connect.org_wide import install_org_wide
from tests.promises.watch import all_kept
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

COUNTY = "E0COUNTY"


@pytest.fixture
async def whole(stage: Stage) -> Stage:
    """The hospitals are a workspace of the county's organisation, which has Between everywhere."""
    await installed_by_the_county(stage, HOSPITALS)
    return stage


async def installed_by_the_county(stage: Stage, team: str) -> None:
    given = stage.pg.world.app("Between").installs[team]
    await install_org_wide(stage, COUNTY, "Riverside County", given, "U0JO")


async def of_the_county(stage: Stage, command: str) -> None:
    """Jo's command, as Slack sends it from a workspace of an organisation."""
    jo = stage.person("Jo")
    app = jo.app("Between")
    channel = jo.channel("young-carers")
    fields = jo._command_fields(app, channel) | {"command": command, "text": ""}
    fields |= {"response_url": jo.response_url(app, channel)}
    fields |= {"enterprise_id": COUNTY, "enterprise_name": "county", "is_enterprise_install": "true"}
    ack = await stage.pg.dispatcher.deliver(app, "slash_commands", fields)
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


async def test_where_slack_says_that_the_hospitals_are_let_in_jo_is_served_by_it_before_any_press(
    whole: Stage,
) -> None:
    told = {
        "type": "event_callback",
        "event_id": "Ev0GRANTED",
        "team_id": COUNTY,
        "enterprise_id": COUNTY,
        "authorizations": [{"enterprise_id": COUNTY, "team_id": None, "is_enterprise_install": True}],
        "event": {"type": "team_access_granted", "team_ids": [HOSPITALS]},
    }
    assert (await whole.pg.dispatcher.deliver(whole.person("Sam").app("Between"), "events_api", told)).ok
    assert (await stored(whole)).teams == (HOSPITALS,)
    await whole.gather("Jo")
    assert [whole.dms("Jo")[0].team_id, IN_YOURS in whole.dm("Jo")] == [HOSPITALS, False]


async def test_jo_who_installed_it_for_all_reads_so_and_nobody_with_her_id_elsewhere_does(whole: Stage) -> None:
    await whole.gather("Jo")
    await of_the_county(whole, "/plate")
    await whole.person("Jo").close(everything=True)
    await whole.press_more("Jo", "Change my settings", "My data", "Read it here")
    assert "You installed Between in" in whole.modal("Jo")
    elsewhere = SlackIdentity(team_id="T0NOBODY", user_id="U0JO")
    assert await installation.installed_by_them(whole.bot.deps.store, elsewhere) == []


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
    await installation.installed(whole.bot.deps.store, replace(await stored(whole), teams=()), whole.clock.now())
    assert (await stored(whole)).teams == (HOSPITALS,)


# -- the host's organisation has it ---------------------------------------------------------------


@pytest.fixture
async def hosts(redis_url: str, store: RedisStore) -> AsyncIterator[Stage]:
    """The council is a workspace of the county's, and no token stands in the settings. The hospitals have their own
    installation."""
    async with (
        connected(redis_url, env=False, slack_allowed_workspaces=HOSPITALS) as stage,
        aiohttp.ClientSession() as http,
    ):
        await installed_by_the_county(stage, COUNCIL)
        await Browser(stage, http).install("U0PRIYA")
        stage.pg.dispatcher.deliver = of_the_councils(stage)  # type: ignore[method-assign]
        yield stage
        await all_kept(stage)


def of_the_councils(stage: Stage) -> Any:
    """Slack names the organisation in what comes from the council, and in an event's authorization no workspace."""
    deliver = stage.pg.dispatcher.deliver

    async def named(app: Any, kind: str, payload: dict[str, Any], *more: Any, **others: Any) -> Any:
        team = payload.get("team")
        if COUNCIL in (payload.get("team_id"), team.get("id") if isinstance(team, dict) else ""):
            whole = {"enterprise_id": COUNTY, "is_enterprise_install": True}
            payload = payload | whole | {"enterprise": {"id": COUNTY, "name": "County"}}
            if "authorizations" in payload:
                payload["authorizations"] = [one | whole | {"team_id": None} for one in payload["authorizations"]]
        return await deliver(app, kind, payload, *more, **others)

    return named


async def test_the_bot_says_hello_where_no_press_has_named_the_workspace_yet(hosts: Stage) -> None:
    await hosts.person("Sam").invite_bot("young-carers")
    await hosts.settle()
    assert "[Set up a group]" in hosts.shown(hosts.posts()[-1])
    assert (await stored(hosts)).teams == (COUNCIL,)


@pytest.mark.slow
async def test_a_group_in_its_channel_lives_as_any_other(hosts: Stage) -> None:
    await hosts.gather("Desmond", "Wei", "Jo", "Aoife")
    assert {name: hosts.dms(name)[0].team_id for name in ("Desmond", "Wei", "Jo", "Aoife")} == {
        "Desmond": COUNCIL,
        "Wei": COUNCIL,
        "Jo": HOSPITALS,
        "Aoife": COUNCIL,
    }
    await hosts.at("2026-11-25 16:00")
    for name in ("Desmond", "Wei", "Jo", "Aoife"):
        await hosts.answer(name, organisation=f"What {name} shares")
    await hosts.person("Wei").leave("young-carers")
    await hosts.at("2026-11-27 12:00")
    assert "no longer in its channel" in hosts.dm("Wei")
    [digest] = [one for one in hosts.posts() if "On our plates" in hosts.shown(one)]
    whole = "\n".join(map(hosts.shown, (digest, *hosts.replies(digest))))
    assert not [name for name in ("Desmond", "Jo", "Aoife") if f"What {name} shares" not in whole]
