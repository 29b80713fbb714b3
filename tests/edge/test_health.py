"""Whoever watches over the bot is told when store, token or Slack's line is gone, and why; and when it is back."""

import asyncio
from contextlib import suppress

import aiohttp
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.app import started
from bot.manifest import SCOPES
from bot.slack.socket_client import CALM_S, MAX_DELAY_S, Backoff
from tests.edge.conftest import SECRET, TOKEN
from tests.edge.test_app import ask, by_http, event, http_settings  # noqa: F401 (fixtures)


async def health_of(app):
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{app.port}/healthz") as answer:
        return answer.status, await answer.json()


async def until(app, status):
    """Waits for what must become true; pytest's own limit ends it where it never does."""
    while (known := await health_of(app))[0] != status:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    return known[1]


async def test_health_is_well_when_all_ends_are(by_http):  # noqa: F811
    assert await health_of(by_http) == (200, {"ok": True, "store": True, "token": True})


@pytest.mark.slow
async def test_health_says_when_the_store_is_gone(by_http):  # noqa: F811
    await by_http.deps.store.connection.client.shutdown(nosave=True)
    why = ["Redis can't be reached."]
    assert await health_of(by_http) == (503, {"ok": False, "store": False, "token": True, "why": why})


async def test_in_socket_mode_health_is_shown_only_where_asked_for(slack, settings_for):
    async with started(settings_for(slack.api_url, http_port=0)) as app:
        status, state = await health_of(app)
        assert (status, state["ok"], state["slack"], state["store"]) == (200, True, True, True)
        assert (await ask(app, event(type="app_mention")))[0] == 404, "Socket Mode takes no requests"


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth", "token_expired"])
async def test_a_dead_token_is_not_well_with_why_until_slack_takes_it_again(slack, by_http, code):  # noqa: F811
    by_http.health.ask_after_s = 0
    slack.world.revoked[TOKEN] = code
    status, state = await health_of(by_http)
    assert (status, state["ok"], state["token"], state["store"]) == (503, False, False, True)
    assert state["why"] == [
        f"Slack does not accept SLACK_BOT_TOKEN ({code}). Copy it again from your Slack app's settings."
    ]
    del slack.world.revoked[TOKEN]
    assert (await health_of(by_http))[0] == 200


async def test_a_token_that_was_replaced_is_well_after_the_start_anew(slack, settings_for):
    slack.world.uninstall("Between", "T0RIVER")
    anew = slack.world.install("Between", "T0RIVER", [scope.name for scope in SCOPES]).bot_token
    http = {"slack_app_token": "", "slack_signing_secret": SECRET, "http_port": 0}
    async with started(settings_for(slack.api_url, slack_bot_token=anew, **http)) as app:
        assert anew != TOKEN
        assert (await health_of(app))[0] == 200


async def test_however_often_health_is_asked_for_slack_is_asked_once(slack, by_http):  # noqa: F811
    before = len(slack.world.traffic.calls_of("auth.test"))
    await asyncio.gather(*(health_of(by_http) for _ in range(20)))
    assert len(slack.world.traffic.calls_of("auth.test")) == before + 1


async def test_a_slack_that_can_not_be_asked_says_nothing_of_the_token(slack, by_http):  # noqa: F811
    by_http.health.ask_after_s = 0
    await slack.__aexit__(None, None, None)
    assert (await health_of(by_http))[1]["token"]


# -- Slack hangs up on each connection ------------------------------------------------------


class Crowded:
    """A Slack with too many connections of this app, until `room` is set."""

    def __init__(self):
        self.dialled, self.room, self.refuses, self._lines = 0, False, "", set()

    async def __aenter__(self):
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link", self._line)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._at = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.url = f"http://{self._at}/api/"
        return self

    async def __aexit__(self, *_):
        for line in self._lines:
            await line.close()
        await self._runner.cleanup()

    async def hang_up(self):
        for line in self._lines:
            await line.close()

    async def _call(self, request):
        if self.refuses and request.path.endswith("apps.connections.open"):
            return web.json_response({"ok": False, "error": self.refuses})
        ours = {"team_id": "T0RIVER", "team": "Riverside", "bot_id": "B0", "user_id": "U0BOT"}
        return web.json_response({"ok": True, "url": f"ws://{self._at}/link", **ours})

    async def _line(self, request):
        line = web.WebSocketResponse()
        await line.prepare(request)
        self.dialled += 1
        await line.send_json({"type": "hello"})
        if not self.room:
            await asyncio.sleep(0.2)  # long enough to be seen connected
            await line.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await line.close()
            return line
        self._lines.add(line)
        with suppress(ConnectionError):
            async for _ in line:
                pass
        return line


@pytest.mark.slow
async def test_too_many_websockets_is_not_well_with_why_and_is_called_again_at_ease(settings_for):
    async with Crowded() as slack, started(settings_for(slack.url, http_port=0)) as app:
        app.line._client.held_s = 0.5
        state = await until(app, 503)
        assert state["why"] == ["Socket Mode is not connected (too_many_websockets)."]
        with capture_logs() as lines:
            while slack.dialled < 4:
                assert (await health_of(app))[0] == 503
                await asyncio.sleep(0.05)
            slack.room = True
            assert (await until(app, 200))["slack"]
        waits = [line for line in lines if line["event"] == "waiting before Slack is called again"]
        assert len(waits) <= slack.dialled <= 6
        assert {line["reason"] for line in waits} == {"too_many_websockets"}


@pytest.mark.slow
async def test_an_address_that_slack_refuses_is_not_well_with_why_and_is_forgotten_once_it_is_long_ago(
    settings_for,
):
    async with Crowded() as slack:
        slack.room = True
        async with started(settings_for(slack.url, http_port=0)) as app:
            client = app.line._client
            client.held_s = 0.5
            await until(app, 200)
            slack.refuses = "invalid_auth"
            await slack.hang_up()
            while "(invalid_auth)" not in str((await until(app, 503))["why"]):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            slack.refuses = ""
            await until(app, 200)
            client._hung_up_s -= CALM_S
            await client.connect_to_new_endpoint(force=True)
            assert client.reason == "", "nothing that holds of another time"


def test_next_delay__grows_to_a_minute_never_alike_and_begins_anew_after_calm():
    backoff, now_s, delays = Backoff(), 0.0, []
    for _ in range(3000):
        delays.append(backoff.next_delay(now_s))
        now_s += delays[-1]
    assert delays[0] == 0.0
    for delay, most in zip(delays[1:], [1, 2, 4, 8, 16, 32] + [MAX_DELAY_S] * 3000, strict=False):
        assert most / 2 <= delay <= most
    assert len(set(delays[-100:])) == 100
    assert backoff.next_delay(now_s + CALM_S + 1) == 0.0


def test_next_delay__a_minute_of_refusals_is_a_handful_of_calls():
    backoff, now_s, called = Backoff(), 0.0, 0
    while now_s < 60:
        now_s += backoff.next_delay(now_s)
        called += 1
    assert called <= 9
