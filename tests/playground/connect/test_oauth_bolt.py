"""Bolt's own OAuth flow against the playground, from the first page to the end of the installation.

https://docs.slack.dev/tools/bolt-python/concepts/authenticating-oauth
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from playground.clock import Clock
from playground.config import CONNECT, load
from playground.oauth import PATH
from playground.server import Playground
from tests.playground.conftest import TUESDAY

Json = dict[str, Any]
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


class Kept(AsyncInstallationStore):
    """Installations in a dict, by workspace."""

    def __init__(self) -> None:
        self.by_team: dict[str, Installation] = {}

    async def async_save(self, installation: Installation) -> None:
        self.by_team[installation.team_id or ""] = installation

    async def async_find_bot(self, *, team_id: str | None, **_: Any) -> Bot | None:
        found = self.by_team.get(team_id or "")
        return found.to_bot() if found else None

    async def async_find_installation(self, *, team_id: str | None, **_: Any) -> Installation | None:
        return self.by_team.get(team_id or "")

    async def async_delete_bot(self, *, team_id: str | None, **_: Any) -> None:
        self.by_team.pop(team_id or "", None)

    async def async_delete_installation(self, *, team_id: str | None, **_: Any) -> None:
        self.by_team.pop(team_id or "", None)


class States(AsyncOAuthStateStore):
    """States in a set, each good for once."""

    def __init__(self) -> None:
        self.issued: set[str] = set()

    async def async_issue(self, *_: Any, **__: Any) -> str:
        state = f"s{len(self.issued)}"
        self.issued.add(state)
        return state

    async def async_consume(self, state: str) -> bool:
        known = state in self.issued
        self.issued.discard(state)
        return known


@dataclass
class Flow:
    """The playground, a Bolt app with OAuth at `url`, and a browser that remembers the state cookie."""

    pg: Playground
    bolt: AsyncApp
    kept: Kept
    url: str
    http: aiohttp.ClientSession
    cookie: dict[str, str] = field(default_factory=dict)

    async def begin(self) -> Json:
        """Open the app's install page; what it asks the playground for."""
        async with self.http.get(f"{self.url}/slack/install", allow_redirects=False) as answer:
            self.cookie = {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}
            where = urlsplit(answer.headers["Location"])
        assert f"{where.scheme}://{where.netloc}{where.path}" == f"{self.pg.url}{PATH}"
        return dict(parse_qsl(where.query))

    async def finish(self, asked: Json, person: str, decision: str = "allow") -> str:
        """Press a button as somebody; the page that the app shows at the end."""
        return await self.come_back(await self.consent(asked, person, decision))

    async def consent(self, asked: Json, person: str = "U0AOIFE", decision: str = "allow") -> str:
        """The address that the playground leads back to."""
        form = asked | {"person": person, "decision": decision}
        async with self.http.post(f"{self.pg.url}{PATH}", data=form, allow_redirects=False) as answer:
            return answer.headers["Location"]

    async def come_back(self, address: str) -> str:
        async with self.http.get(address, headers=self.cookie) as answer:
            return await answer.text()


@pytest.fixture
async def flow() -> AsyncIterator[Flow]:
    world = load(CONNECT, Clock(TUESDAY))
    app = world.app("Between")
    for team_id in ("T0RIVER", "T0TRUST"):
        world.uninstall(app, team_id)
    kept = Kept()
    async with Playground(world) as pg, aiohttp.ClientSession() as http:
        bolt = AsyncApp(
            client=AsyncWebClient(base_url=pg.api_url),
            signing_secret=app.signing_secret,
            oauth_settings=AsyncOAuthSettings(
                client_id=app.client_id,
                client_secret=app.client_secret,
                scopes=["chat:write", "commands"],
                installation_store=kept,
                state_store=States(),
                authorization_url=f"{pg.url}{PATH}",
                install_page_rendering_enabled=False,
            ),
        )
        bolt.enable_token_revocation_listeners()
        runner = web.AppRunner(bolt.web_app("/slack/events"), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        app.socket_mode, app.request_url, app.redirect_urls = (
            False,
            f"{url}/slack/events",
            [f"{url}/slack/oauth_redirect"],
        )
        yield Flow(pg, bolt, kept, url, http)
        await runner.cleanup()


async def test_bolt_installs_the_app_and_serves_the_workspace(flow: Flow) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth

    The whole way: page, state, code, token, and a command answered with that token.
    """

    @flow.bolt.command("/plate")
    async def plate(ack: Any, client: AsyncWebClient, body: Json) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user_id"], text="With the new token")

    assert "Thank you" in await flow.finish(await flow.begin(), "U0AOIFE")
    stored = flow.kept.by_team["T0CARERS"]
    install = flow.pg.world.app("Between").installs["T0CARERS"]
    assert (stored.bot_token, stored.bot_user_id, stored.bot_id) == (
        install.bot_token,
        install.bot_user_id,
        install.bot_id,
    )
    assert (stored.user_id, stored.team_name, install.installed_by) == (
        "U0AOIFE",
        "Young Carers Together",
        "U0AOIFE",
    )
    await flow.pg.person("Aoife").command("/plate")
    seen = await flow.pg.until(lambda: flow.pg.person("Aoife").sees("Between"))
    assert seen[0].text == "With the new token"


async def test_bolt_hears_that_somebody_cancelled(flow: Flow) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth (`access_denied`)"""
    assert "access_denied" in await flow.finish(await flow.begin(), "U0AOIFE", "cancel")
    assert flow.kept.by_team == {}


async def test_bolt_refuses_a_state_of_somebody_elses(flow: Flow) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth

    The state comes back untouched, so that the app can compare it.
    """
    asked = await flow.begin()
    assert "invalid_browser" in await flow.finish(asked | {"state": "forged"}, "U0AOIFE")
    assert flow.kept.by_team == {}


async def test_bolt_refuses_a_code_that_was_used(flow: Flow) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access (`code_already_used`)"""
    used = await flow.consent(await flow.begin())
    assert "Thank you" in await flow.come_back(used)
    fresh = await flow.consent(await flow.begin())
    code, spent = (dict(parse_qsl(urlsplit(one).query))["code"] for one in (fresh, used))
    assert "invalid_code" in await flow.come_back(fresh.replace(code, spent))


async def test_bolt_refuses_a_code_older_than_ten_minutes(flow: Flow) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth: "the code expires after ten minutes"."""
    address = await flow.consent(await flow.begin())
    flow.pg.world.clock.advance(timedelta(minutes=11))
    assert "invalid_code" in await flow.come_back(address)
    assert flow.kept.by_team == {}


async def test_nobody_is_led_to_an_address_that_was_not_agreed(flow: Flow) -> None:
    """https://docs.slack.dev/authentication/installing-with-oauth#redirect_urls"""
    asked = await flow.begin()
    form = asked | {"person": "U0AOIFE", "decision": "allow", "redirect_uri": "https://elsewhere.example/back"}
    async with flow.http.post(f"{flow.pg.url}{PATH}", data=form, allow_redirects=False) as answer:
        assert (answer.status, "bad_redirect_uri" in await answer.text()) == (400, True)


async def test_bolt_forgets_a_workspace_that_removed_the_app(flow: Flow) -> None:
    """https://docs.slack.dev/reference/events/app_uninstalled, https://docs.slack.dev/reference/events/tokens_revoked"""
    for person in ("U0SAM", "U0AOIFE"):
        await flow.finish(await flow.begin(), person)
    assert set(flow.kept.by_team) == {"T0RIVER", "T0CARERS"}
    flow.pg.world.uninstall("Between", "T0CARERS")
    await flow.pg.settled()
    assert set(flow.kept.by_team) == {"T0RIVER"}
