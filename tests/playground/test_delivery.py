"""How payloads travel: signatures, sockets, acknowledgements, and the log of it all.

https://docs.slack.dev/authentication/verifying-requests-from-slack,
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from playground.world import World
from tests.playground.conftest import CONFIG, Stage

Json = dict[str, Any]


@pytest.fixture
async def letterbox(pg: Playground) -> AsyncIterator[list[tuple[bytes, Any]]]:
    """A bare web server in place of the app, keeping what it is sent."""
    letters: list[tuple[bytes, Any]] = []

    async def keep(request: web.Request) -> web.Response:
        letters.append((await request.read(), request.headers))
        return web.Response()

    server = web.Application()
    server.router.add_post("/", keep)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app = pg.world.app("Bell")
    app.socket_mode, app.request_url = False, f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield letters
    await runner.cleanup()


async def link(pg: Playground) -> str:
    return str(
        (await AsyncWebClient("xapp-bell", base_url=pg.api_url).apps_connections_open(app_token="xapp-bell"))["url"]
    )


async def test_http_is_signed_with_the_apps_secret(pg: Playground, letterbox: list[tuple[bytes, Any]]) -> None:
    """https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    await pg.person("Sam").command("/ring", "twice")
    body, headers = letterbox[0]
    assert SignatureVerifier("ring").is_valid_request(body, dict(headers))
    assert not SignatureVerifier("wrong").is_valid_request(body, dict(headers))


async def test_the_signature_holds_though_the_clock_was_moved(
    pg: Playground, letterbox: list[tuple[bytes, Any]]
) -> None:
    """Ours: the playground's clock may be moved."""
    pg.world.clock.move_to(pg.world.clock.now().replace(year=2031))
    await pg.person("Sam").command("/ring")
    body, headers = letterbox[0]
    assert SignatureVerifier("ring").is_valid_request(body, dict(headers))


async def test_commands_are_forms_and_events_are_json(pg: Playground, letterbox: list[tuple[bytes, Any]]) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction"""
    await pg.person("Sam").command("/ring")
    await pg.person("Sam").say("#open", "hi")
    await pg.settled()
    kinds = [headers["Content-Type"] for _, headers in letterbox]
    assert kinds == ["application/x-www-form-urlencoded", "application/json"]


async def test_nobody_listening_is_told_to_the_person(pg: Playground) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response"""
    ack = await pg.person("Sam").command("/ring")
    assert ack.failure == "dispatch_failed"
    assert 'failed with the error "dispatch_failed"' in pg.person("Sam").notices[0].text


async def test_a_refused_connection_is_told_to_the_person(pg: Playground) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response"""
    app = pg.world.app("Bell")
    app.socket_mode, app.request_url = False, "http://127.0.0.1:9/"
    assert (await pg.person("Sam").command("/ring")).failure == "dispatch_failed"


async def test_a_socket_says_hello(pg: Playground) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with aiohttp.ClientSession() as http, http.ws_connect(await link(pg)) as ws:
        hello = await ws.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"]["app_id"] == "A0BELL"


async def test_a_link_is_used_once(pg: Playground) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    url = await link(pg)
    async with aiohttp.ClientSession() as http, http.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(url)


async def test_each_envelope_goes_to_one_of_several_connections(pg: Playground) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(await link(pg)) as one,
        http.ws_connect(await link(pg)) as two,
    ):
        for ws in (one, two):
            await ws.receive_json()
        pg.world.ack_timeout_s = 0.05
        for text in "ab":
            await pg.person("Sam").say("#open", text)
        got = [(await ws.receive_json())["payload"]["event"]["text"] for ws in (one, two)]
        assert sorted(got) == ["a", "b"]
        await pg.settled()


async def test_ten_connections_are_the_most(pg: Playground) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with aiohttp.ClientSession() as http:
        open_ones = [await http.ws_connect(await link(pg)) for _ in range(10)]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(await link(pg))
        for ws in open_ones:
            await ws.close()


async def test_only_interactions_and_commands_take_an_answer(pg: Playground) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with aiohttp.ClientSession() as http, http.ws_connect(await link(pg)) as ws:
        await ws.receive_json()
        pg.world.ack_timeout_s = 0.05
        await pg.person("Sam").say("#open", "a")
        assert (await ws.receive_json())["accepts_response_payload"] is False
        await pg.person("Sam").command("/ring")
        assert (await ws.receive_json())["accepts_response_payload"] is True
        await pg.settled()


async def test_a_broken_connection_is_a_failed_delivery(pg: Playground) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with aiohttp.ClientSession() as http, http.ws_connect(await link(pg)) as ws:
        await ws.receive_json()
        await pg.person("Sam").say("#open", "a")
        await ws.receive_json()
    await pg.settled()
    ack = pg.world.traffic.deliveries[-1].ack
    assert ack
    assert ack.failure == "dispatch_failed"


async def test_a_refresh_is_asked_for(pg: Playground) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with aiohttp.ClientSession() as http, http.ws_connect(await link(pg)) as ws:
        await ws.receive_json()
        await pg.dispatcher.sockets.refresh()
        goodbye = await ws.receive_json()
        assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "refresh_requested")


async def test_an_app_that_was_sent_away_comes_back(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode

    slack_sdk opens a fresh connection after `disconnect`; over HTTP there is nothing to lose.
    """

    @stage.bolt.command("/ring")
    async def ring(ack: Any) -> None:
        await ack("Here.")

    await stage.pg.dispatcher.sockets.refresh()
    await stage.pg.until(lambda: stage.pg.dispatcher.connected(stage.pg.world.app("Bell")), timeout=10)
    await stage.sam.command("/ring", "", "#open")
    assert stage.sam.last("#open").text == "Here."


async def test_deliveries_are_logged_with_their_ack(stage: Stage) -> None:
    """Ours: the traffic log."""

    @stage.bolt.command("/ring")
    async def ring(ack: Any) -> None:
        await ack("Ringing.")

    await stage.sam.command("/ring")
    delivery = stage.pg.world.traffic.deliveries[-1]
    assert delivery.kind == "slash_commands"
    assert delivery.ack
    assert delivery.ack.ok
    assert "Ringing." in str(delivery.ack.body)
    assert 0 < delivery.ack.took < 3


async def test_calls_are_logged_with_their_refusals(client: AsyncWebClient, pg: Playground) -> None:
    """Ours: the traffic log."""
    await client.chat_postMessage(channel="C0OPEN", text="a")
    await client.api_call("auth.test")
    call = pg.world.traffic.calls_of("chat.postMessage")[0]
    assert (call.app_id, call.args["text"], call.refusal) == ("A0BELL", "a", None)
    assert call.response["ok"] is True
    assert pg.world.traffic.refusals == []


async def test_tokens_are_not_in_the_log(pg: Playground) -> None:
    """Ours: the traffic log."""
    async with aiohttp.ClientSession() as http, http.post(f"{pg.api_url}auth.test", data={"token": "xoxb-bell"}):
        pass
    assert "xoxb-bell" not in str(pg.world.traffic.log)


async def test_stopping_does_not_wait_for_apps_that_stay() -> None:
    """Ours: how the playground stops."""
    async with aiohttp.ClientSession() as http:
        async with Playground(World.from_config(CONFIG)) as pg:
            ws = await http.ws_connect(await link(pg))
            assert (await ws.receive_json())["type"] == "hello"
        assert (await ws.receive_json())["type"] == "disconnect"
        assert (await ws.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_stopping_cancels_deliveries_that_are_under_way() -> None:
    """Ours: how the playground stops."""
    async with aiohttp.ClientSession() as http:
        async with Playground(World.from_config(CONFIG)) as pg:
            pg.world.ack_timeout_s = 3600
            ws = await http.ws_connect(await link(pg))
            await pg.person("Sam").say("#open", "nobody answers")
        await ws.close()
