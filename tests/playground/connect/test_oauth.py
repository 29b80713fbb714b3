"""Installing an app in another workspace by OAuth v2, and removing it.

https://docs.slack.dev/authentication/installing-with-oauth
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.connect import meet
from playground.oauth import PATH
from playground.world import World
from tests.playground.connect.conftest import Stage
from tests.playground.refusals import code

Json = dict[str, Any]
CLIENT = {"client_id": "playground.between", "client_secret": "playground-client-secret"}
BACK = "http://127.0.0.1:9/back"
# slack_sdk sends client id and secret with a class that aiohttp is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def decided(stage: Stage, http: aiohttp.ClientSession, person: str = "U0AOIFE", **more: str) -> Json:
    """Somebody presses a button on the page; what the app is sent, or the page's status."""
    asked = {"client_id": CLIENT["client_id"], "scope": "chat:write,commands", "state": "s1", "redirect_uri": BACK}
    form = asked | {"person": person, "decision": "allow"} | more
    async with http.post(f"{stage.pg.url}{PATH}", data=form, allow_redirects=False) as answer:
        if answer.status != 302:
            return {"status": answer.status, "page": await answer.text()}
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {key: values[0] for key, values in query.items()}


async def installed(stage: Stage, http: aiohttp.ClientSession, person: str = "U0AOIFE", **more: str) -> Json:
    """Allowed, and the code exchanged."""
    given = await decided(stage, http, person, **more)
    client = AsyncWebClient(base_url=stage.pg.api_url)
    answer = await client.oauth_v2_access(**CLIENT, code=given["code"], redirect_uri=BACK)
    return dict(answer.data)  # type: ignore[arg-type]


# -- the page ----------------------------------------------------------------------------


async def test_the_page_says_who_where_and_what(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth: the user reviews the scopes."""
    asked = {"client_id": CLIENT["client_id"], "scope": "chat:write,commands", "redirect_uri": BACK}
    async with http.get(f"{stage.pg.url}{PATH}", params=asked) as answer:
        page = await answer.text()
    assert "<h1>Install Between?</h1>" in page
    assert "Aoife Brennan, Young Carers Together" in page
    assert "<code>chat:write</code>" in page
    assert "Wei Zhang" not in page


async def test_the_page_can_be_for_one_workspace(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth (`team`)"""
    asked = {"client_id": CLIENT["client_id"], "scope": "commands", "redirect_uri": BACK, "team": "T0CARERS"}
    async with http.get(f"{stage.pg.url}{PATH}", params=asked) as answer:
        page = await answer.text()
    assert "Aoife" in page
    assert "Sam" not in page


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"client_id": "nobody"}, "invalid_client_id"),
        ({"scope": ""}, "invalid_scope"),
        ({"redirect_uri": "http://elsewhere.example/"}, "bad_redirect_uri"),
    ],
)
async def test_a_wrong_link_leads_nowhere(
    stage: Stage, http: aiohttp.ClientSession, change: Json, fault: str
) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth"""
    stage.world.app("Between").redirect_urls.append("http://127.0.0.1:9/")
    answer = await decided(stage, http, **change)
    assert answer["status"] == 400
    assert fault in answer["page"]


AGREED = "https://good.example/oauth"


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        (AGREED, True),
        (f"{AGREED}/", True),
        (f"{AGREED}/back?from=slack", True),
        ("https://good.example/oauthEVIL@x", False),
        ("https://good.example/other", False),
        ("https://good.example.evil.com/oauth", False),
        ("https://good.example@evil.com/oauth", False),
        ("https://good.example:444/oauth", False),
        ("http://good.example/oauth", False),
        (f"{AGREED}/../other", False),
        (f"{AGREED}/%2e%2e/other", False),
        ("https://[oauth", False),
    ],
)
async def test_an_app_is_answered_at_or_below_the_address_that_was_agreed(
    stage: Stage, http: aiohttp.ClientSession, asked: str, fits: bool
) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth (`bad_redirect_uri`)"""
    stage.world.app("Between").redirect_urls.append(AGREED)
    answer = await decided(stage, http, redirect_uri=asked)
    assert ("code" in answer) is fits
    assert fits or "bad_redirect_uri" in answer["page"]


@pytest.mark.parametrize("scope", ["banana:read", "admin", "chat:write,banana:read"])
async def test_a_scope_that_no_bot_can_have(stage: Stage, http: aiohttp.ClientSession, scope: str) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth (`invalid_scope`)"""
    answer = await decided(stage, http, scope=scope)
    assert (answer["status"], "invalid_scope" in answer["page"]) == (400, True)


async def test_the_page_says_that_there_are_no_user_tokens(stage: Stage, http: aiohttp.ClientSession) -> None:
    """Ours: Slack would give one."""
    asked = {
        "client_id": CLIENT["client_id"],
        "scope": "commands",
        "user_scope": "chat:write",
        "redirect_uri": BACK,
    }
    async with http.get(f"{stage.pg.url}{PATH}", params=asked) as answer:
        assert "The playground gives no user tokens." in await answer.text()
    answered = await installed(stage, http, scope="commands", user_scope="chat:write")
    assert "access_token" not in answered["authed_user"]


async def test_somebody_who_cancels_is_led_back_with_the_state(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth (`access_denied`)"""
    assert await decided(stage, http, decision="cancel") == {"error": "access_denied", "state": "s1"}


async def test_guests_cannot_install(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/app-management/distribution: an installer who becomes a guest loses the app."""
    assert "not_allowed_to_install" in (await decided(stage, http, "U0WEI"))["page"]


async def test_a_workspace_may_want_an_admin(stage: Stage, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/app-management/distribution: admin approval."""
    stage.world.workspaces["T0CARERS"].approves_apps = True
    assert "not_allowed_to_install" in (await decided(stage, http))["page"]
    stage.world.users["U0AOIFE"].is_admin = True
    assert (await decided(stage, http))["state"] == "s1"


async def test_an_app_that_is_not_distributed_stays_at_home(stage: Stage, http: aiohttp.ClientSession) -> None:
    """`invalid_team_for_non_distributed_app`: https://docs.slack.dev/app-management/distribution"""
    stage.world.app("Between").distributed = False
    assert "invalid_team_for_non_distributed_app" in (await decided(stage, http))["page"]


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
