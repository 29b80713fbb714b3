"""The app starts, hears Slack by both ways in, says in a sentence why it can't, and stops without losing a word."""

import asyncio
import gc
import hashlib
import hmac
import io
import json
import socket
from dataclasses import replace

import aiohttp
import pytest
from structlog.testing import capture_logs

import handlers
from bot.app import freeze_startup_objects, started, until_asked
from bot.domain.groups import Place
from bot.ports import Message
from bot.settings import CannotStart
from bot.slack.socket_mode import Disconnected, SocketMode
from playground.clock import real_seconds
from tests.edge.awkward import no, page
from tests.edge.conftest import APP_TOKEN, SECRET

SLOW = {
    "type": "actions",
    "elements": [
        {"type": "button", "action_id": "slow", "value": "v", "text": {"type": "plain_text", "text": "Slow"}}
    ],
}


@pytest.fixture
def socket_settings(slack, settings_for):
    return settings_for(slack.api_url)


@pytest.fixture
def http_settings(slack, settings_for):
    return settings_for(slack.api_url, slack_app_token="", slack_signing_secret=SECRET, http_port=0)


def deliver_to(slack, app):
    """Slack is told where the bot is found, as somebody would in the app's settings."""
    between = slack.world.app("Between")
    between.socket_mode, between.request_url = False, f"http://127.0.0.1:{app.port}/slack/events"


@pytest.fixture
async def by_socket(slack, socket_settings):
    async with started(socket_settings, clock=slack.world.clock.now) as app:
        yield app


@pytest.fixture
async def by_http(slack, http_settings):
    async with started(http_settings, clock=slack.world.clock.now) as app:
        deliver_to(slack, app)
        yield app


@pytest.fixture(params=["socket_settings", "http_settings"])
async def either_way(slack, request):
    async with started(request.getfixturevalue(request.param), clock=slack.world.clock.now) as app:
        if app.port:
            deliver_to(slack, app)
        yield app


async def sentences_of(settings):
    with pytest.raises(CannotStart) as stopped:
        async with started(settings):
            pytest.fail("It started.")
    return stopped.value.sentences


async def ask(app, body, *, path="/slack/events", at=None, secret=SECRET, kind="application/json", **headers):
    """Send something to the bot as Slack would, signed (with whatever secret); returns status and text."""
    sent_at = str(at if at is not None else real_seconds())
    raw = body if isinstance(body, bytes) else body.encode()
    signature = hmac.new(secret.encode(), b"v0:" + sent_at.encode() + b":" + raw, hashlib.sha256).hexdigest()
    signed = {"X-Slack-Request-Timestamp": sent_at, "X-Slack-Signature": f"v0={signature}", "Content-Type": kind}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"http://127.0.0.1:{app.port}{path}", data=io.BytesIO(raw), headers=signed | headers) as answer,
    ):
        return answer.status, await answer.text()


def event(**inner):
    return json.dumps({"type": "event_callback", "team_id": "T0RIVER", "event_id": "Ev1", "event": inner})


# -- it works, both ways -------------------------------------------------------------------


async def test_sam_asks_for_help_and_is_answered(slack, either_way):
    ack = await slack.person("Sam").command("/between", "help")
    assert "/plate" in ack.json["text"]


async def test_an_event_that_nobody_uses_is_acknowledged(slack, either_way):
    slack.world.apps["A0BETWEEN"].events.append("channel_rename")
    await slack.person("Sam").invite_bot("#young-carers")
    await slack.person("Sam").rename("#young-carers", "carers")
    await slack.settled()
    renamed = [one for one in slack.world.traffic.deliveries if one.payload["event"]["type"] == "channel_rename"]
    assert [one.ack.ok for one in renamed] == [True]


async def test_slack_is_asked_who_we_are_once_and_not_for_every_request(slack, by_socket):
    for _ in range(3):
        await slack.person("Sam").command("/between", "help")
    assert len(slack.world.traffic.calls_of("auth.test")) == 1


@pytest.mark.slow
async def test_a_tick_by_hand_does_what_is_due_and_says_when_to_come_back(by_socket):
    await by_socket.tick()
    assert await by_socket.next_due() is None


# -- HTTP ----------------------------------------------------------------------------------


async def test_slack_can_check_the_address(by_http):
    status, said = await ask(by_http, json.dumps({"type": "url_verification", "challenge": "c"}))
    assert (status, json.loads(said)) == (200, {"challenge": "c"})


async def test_slack_can_check_the_certificate(by_http):
    status, _ = await ask(by_http, "ssl_check=1", kind="application/x-www-form-urlencoded")
    assert status == 200


async def test_what_is_not_signed_by_slack_is_refused_and_its_words_are_not_logged(by_http, caplog):
    caplog.set_level("DEBUG")
    with capture_logs() as lines:
        status, _ = await ask(by_http, event(type="app_mention", text="Between us"), secret="guessed")
    assert status == 401
    assert "Between us" not in caplog.text + str(lines)


@pytest.mark.parametrize("at", ["", "yesterday", "²", "-1", 1, "9" * 400])
async def test_an_old_or_senseless_timestamp_is_refused(by_http, at):
    assert (await ask(by_http, event(type="app_mention"), at=at))[0] == 401


async def test_bytes_that_are_no_text_are_refused(by_http):
    assert (await ask(by_http, b"\xff\xfe"))[0] == 400


async def test_more_than_a_mebibyte_is_not_read(by_http):
    assert (await ask(by_http, "x" * (1024 * 1024 + 1)))[0] == 413


async def test_only_slacks_requests_and_the_health_are_answered(by_http):
    assert (await ask(by_http, "", path="/"))[0] == 404
    assert (await ask(by_http, "", path="/healthz"))[0] == 405


async def test_in_socket_mode_nothing_listens(by_socket):
    assert by_socket.port is None


# -- Socket Mode ---------------------------------------------------------------------------


async def test_when_slack_hangs_up_the_bot_calls_again(slack, by_socket):
    lines = slack.dispatcher.sockets
    await lines.refresh()
    await slack.until(lambda: lines.connections("A0BETWEEN") == 1)
    assert (await slack.person("Sam").command("/between", "help")).ok


async def test_when_slack_can_not_be_reached_for_too_long_the_watch_ends(slack, by_socket):
    line = SocketMode(by_socket.bolt, APP_TOKEN, timeout_s=-1.0)
    try:
        with pytest.raises(Disconnected):
            await line.watch(every=0)
    finally:
        await line.close()


async def test_the_bot_then_stops_so_that_a_supervisor_starts_it_anew(by_socket):
    line = SocketMode(by_socket.bolt, APP_TOKEN, timeout_s=-1.0)
    try:
        with pytest.raises(Disconnected):
            await until_asked(asyncio.Event(), replace(by_socket, line=line))
    finally:
        await line.close()


def test_the_collector_leaves_alone_what_was_there_at_the_start():
    before = gc.get_threshold()
    freeze_startup_objects()
    try:
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold()[0] > before[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


async def test_what_is_under_way_at_the_stop_is_brought_to_its_end_and_acknowledged(
    slack, socket_settings, monkeypatch
):
    reached, go_on, saved = asyncio.Event(), asyncio.Event(), []

    async def slow(ack, body, deps):
        reached.set()
        await go_on.wait()
        saved.append("Sam's words")
        await ack()

    monkeypatch.setattr(handlers, "listen", lambda routes: routes.actions.update(slow=slow))
    sam = slack.person("Sam")
    async with asyncio.TaskGroup() as tasks, started(socket_settings) as app:
        ref = await app.deps.messenger.post(place_of(sam), message_with(SLOW), delivery_id="d")
        pressed = tasks.create_task(sam.press(slack.world.channels[ref.channel].messages[ref.ts], "Slow"))
        await reached.wait()
        asyncio.get_running_loop().call_later(0.2, go_on.set)
    assert saved == ["Sam's words"]
    assert pressed.result().ok


def place_of(person):
    return Place(team_id="T0RIVER", channel=person.dm().id)


def message_with(*blocks):
    return Message(text="Slow?", blocks=blocks)


# -- it can't start ------------------------------------------------------------------------


async def test_a_bot_token_slack_does_not_know(slack, settings_for):
    said = await sentences_of(settings_for(slack.api_url, slack_bot_token="xoxb-old"))
    assert said == (
        "Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Copy it again from your Slack app's settings.",
    )


async def test_an_app_token_slack_does_not_know(slack, settings_for):
    said = await sentences_of(settings_for(slack.api_url, slack_app_token="xapp-old"))
    assert said == (
        "Slack does not accept SLACK_APP_TOKEN (invalid_auth). Copy it again from your Slack app's settings.",
    )


@pytest.mark.slow
async def test_slack_is_not_there(settings_for, unused_tcp_port):
    url = f"http://127.0.0.1:{unused_tcp_port}/api/"
    assert await sentences_of(settings_for(url)) == (f"Can't reach Slack at {url}; is this machine online?",)


@pytest.mark.parametrize("answer", [page("<h1>Welcome</h1>", 200), page("hello", 200, "text/plain"), no("", 404)])
async def test_something_else_answers_where_slack_should(awkward, settings_for, answer):
    awkward.answers = [answer]
    (said,) = await sentences_of(settings_for(awkward.url))
    assert "SLACK_API_URL" in said


async def test_redis_is_not_there(slack, settings_for, unused_tcp_port):
    url = f"redis://sam:hush@127.0.0.1:{unused_tcp_port}/0"
    (said,) = await sentences_of(settings_for(slack.api_url, redis_url=url))
    assert said.startswith(f"Can't reach Redis at redis://127.0.0.1:{unused_tcp_port}/0; is it running?")
    assert "hush" not in said


async def test_another_bot_uses_the_folder(slack, by_socket, settings_for):
    (said,) = await sentences_of(settings_for(slack.api_url))
    assert said.startswith("Another Between already uses ")


async def test_the_port_is_taken(slack, settings_for):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        (said,) = await sentences_of(settings_for(slack.api_url, http_port=port))
    assert said == f"Can't listen on 127.0.0.1:{port}: address already in use. Set HTTP_PORT to another."
