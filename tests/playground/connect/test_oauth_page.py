"""The page on which somebody allows an app into their workspace, and where it leads.

https://docs.slack.dev/authentication/installing-with-oauth
"""

from typing import Any

import aiohttp
import pytest
from markupsafe import escape

from playground.oauth import PATH
from tests.playground.connect.conftest import Stage
from tests.playground.connect.installing import BACK, CLIENT, decided, installed

Json = dict[str, Any]
# slack_sdk sends client id and secret with a class that aiohttp is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


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


async def test_what_an_app_is_called_or_asks_for_is_words_on_the_page_and_no_html(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    """Ours: an app's manifest, a person's name and the link's state come from outside."""
    rude = "\"><script>alert('x')</script>&amp;"
    stage.world.app("Between").name = rude
    stage.world.users["U0AOIFE"].real_name = rude
    stage.world.workspaces["T0CARERS"].name = rude
    asked = {"client_id": CLIENT["client_id"], "scope": "commands", "redirect_uri": BACK, "state": rude}
    async with http.get(f"{stage.pg.url}{PATH}", params=asked) as answer:
        page = await answer.text()
    assert "<script" not in page
    drawn = str(escape(rude))
    assert f"<title>Install {drawn}?</title>" in page
    assert f'<input type="hidden" name="state" value="{drawn}">' in page
    assert f'<option value="U0AOIFE">{drawn}, {drawn}</option>' in page


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
