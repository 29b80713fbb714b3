"""Installing an app in another workspace by OAuth v2, and removing it.

https://docs.slack.dev/authentication/installing-with-oauth
"""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.connect import meet
from playground.world import World
from tests.playground.connect.conftest import Stage
from tests.playground.connect.installing import BACK, CLIENT, decided, installed
from tests.playground.refusals import code

Json = dict[str, Any]
# slack_sdk sends client id and secret with a class that aiohttp is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


# -- the exchange ------------------------------------------------------------------------


async def test_a_code_becomes_a_token_in_slacks_shape(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access; slack_sdk authenticates by HTTP Basic."""
    answer = await installed(stage, http)
    bot = stage.world.app("Between").installs["T0CARERS"].bot_user_id
    assert answer == {
        "ok": True,
        "app_id": "A0BETWEEN",
        "authed_user": {"id": "U0AOIFE"},
        "scope": "chat:write,commands",
        "token_type": "bot",
        "access_token": answer["access_token"],
        "bot_user_id": bot,
        "team": {"id": "T0CARERS", "name": "Young Carers Together"},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    assert answer["access_token"].startswith("xoxb-")
    client = AsyncWebClient(answer["access_token"], base_url=stage.pg.api_url)
    assert (await client.auth_test())["team_id"] == "T0CARERS"
    assert bot not in {"U0BETWEEN", "U0BETWEENT"}


async def test_the_secret_may_stand_in_the_form(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access"""
    given = await decided(stage, http)
    form = CLIENT | {"code": given["code"], "redirect_uri": BACK}
    async with http.post(f"{stage.pg.api_url}oauth.v2.access", data=form) as answer:
        assert (await answer.json())["ok"] is True


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_id": "nobody"}, "invalid_client_id"),
        ({"client_secret": "wrong"}, "bad_client_secret"),
        ({"code": "1.2"}, "invalid_code"),
        ({"redirect_uri": "http://127.0.0.1:9/other"}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "invalid_grant_type"),
    ],
)
async def test_a_wrong_exchange_is_refused(
    stage: Stage, http: aiohttp.ClientSession, change: Json, error: str
) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access"""
    given = await decided(stage, http)
    args = CLIENT | {"code": given["code"], "redirect_uri": BACK} | change
    client = AsyncWebClient(base_url=stage.pg.api_url)
    assert await code(client, "oauth.v2.access", **args) == error


async def test_a_code_is_used_once_and_within_ten_minutes(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth: the code expires after ten minutes."""
    client = AsyncWebClient(base_url=stage.pg.api_url)
    args = CLIENT | {"code": (await decided(stage, http))["code"], "redirect_uri": BACK}
    await client.oauth_v2_access(**args)
    assert await code(client, "oauth.v2.access", **args) == "code_already_used"
    args["code"] = (await decided(stage, http))["code"]
    stage.world.clock.advance(timedelta(minutes=11))
    assert await code(client, "oauth.v2.access", **args) == "invalid_code"


async def test_installing_again_adds_scopes_and_keeps_the_token(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth: scopes are additive."""
    first = await installed(stage, http)
    second = await installed(stage, http, scope="users:read")
    assert second["scope"] == "chat:write,commands,users:read"
    assert second["access_token"] == first["access_token"]


async def test_once_installed_aoife_has_commands(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/slack-connect: another team must install the app to use them."""

    @stage.bolt.command("/plate")
    async def plate(ack: Any, body: Json) -> None:
        await ack(body["team_id"])

    await installed(stage, http)
    await stage.person("Aoife").command("/plate")
    assert stage.person("Aoife").last("Between").text == "T0CARERS"


# -- the end -----------------------------------------------------------------------------


async def test_a_removed_app_hears_of_it_and_its_token_is_dead(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/apps.uninstall, https://docs.slack.dev/reference/events/app_uninstalled"""
    gone, revoked = stage.listen("app_uninstalled"), stage.listen("tokens_revoked")
    await stage.trust.apps_uninstall(**CLIENT)
    await stage.pg.settled()
    assert gone[0]["team_id"] == "T0TRUST"
    assert revoked[0]["event"]["tokens"] == {"oauth": [], "bot": ["U0BETWEENT"]}
    assert await code(stage.trust, "auth.test") == "account_inactive"
    assert (await stage.river.auth_test())["ok"]


async def test_a_removed_bot_leaves_its_channels(world: World) -> None:
    """https://docs.slack.dev/reference/methods/auth.revoke: the bot user is deactivated."""
    assert meet(world, "U0BETWEEN", "U0SAM")
    world.uninstall("Between", "T0RIVER")
    assert not meet(world, "U0BETWEEN", "U0SAM")
    assert world.users["U0BETWEEN"].deleted


async def test_an_app_can_come_back_with_a_new_token(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/app-management/distribution"""
    stage.world.uninstall("Between", "T0TRUST")
    answer = await installed(stage, http, "U0JO")
    assert answer["access_token"] != stage.trust.token
    assert answer["bot_user_id"] == "U0BETWEENT"
    assert await code(stage.trust, "auth.test") == "account_inactive"


async def test_a_token_can_be_given_back(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/auth.revoke"""
    heard, gone = stage.listen("tokens_revoked"), stage.listen("app_uninstalled")
    assert (await stage.trust.auth_revoke(test=True))["revoked"] is False
    assert (await stage.trust.auth_revoke())["revoked"] is True
    await stage.pg.settled()
    assert await code(stage.trust, "auth.test") == "token_revoked"
    assert (len(heard), len(gone)) == (1, 0)


async def test_when_the_installer_leaves_the_app_goes_too(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/app-management/distribution: "automatically uninstalled"."""
    heard = stage.listen("app_uninstalled")
    stage.listen("tokens_revoked")
    await installed(stage, http)
    stage.world.leave_workspace("Aoife")
    await stage.pg.settled()
    assert heard[0]["team_id"] == "T0CARERS"
    assert stage.world.users["U0AOIFE"].deleted


async def test_when_the_installer_becomes_a_guest_too_but_not_for_light_apps(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    """https://docs.slack.dev/app-management/distribution: all but apps with `commands` and the like."""
    app = stage.world.app("Between")
    await installed(stage, http, "U0AOIFE", scope="commands")
    stage.world.make_guest("Aoife")
    assert "T0CARERS" in app.installs
    await installed(stage, http, "U0TOMASZ", scope="chat:write")
    stage.world.make_guest("Tomasz")
    assert "T0CARERS" not in app.installs


@pytest.mark.parametrize(
    ("change", "error"),
    [({"client_secret": "wrong"}, "bad_client_secret"), ({"client_id": "nobody"}, "invalid_client_id")],
)
async def test_removing_an_app_wants_its_secret(stage: Stage, change: Json, error: str) -> None:
    """https://docs.slack.dev/reference/methods/apps.uninstall"""
    assert await code(stage.trust, "apps.uninstall", **(CLIENT | change)) == error


async def test_many_codes_at_once_are_told_apart(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access: Each code belongs to one workspace."""
    people = ["U0SAM", "U0JO", "U0AOIFE"]
    answers = await asyncio.gather(*(installed(stage, http, one) for one in people))
    assert [one["team"]["id"] for one in answers] == ["T0RIVER", "T0TRUST", "T0CARERS"]


async def test_a_code_of_one_app_is_nothing_to_another(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access (`invalid_code`)"""
    from playground.apps import App

    stage.world.apps["A0OTHER"] = App("A0OTHER", "Other", "s", client_id="other", client_secret="other")
    given = await decided(stage, http)
    client = AsyncWebClient(base_url=stage.pg.api_url)
    with pytest.raises(SlackApiError, match="invalid_code"):
        await client.oauth_v2_access(
            client_id="other", client_secret="other", code=given["code"], redirect_uri=BACK
        )
