"""The life of Socket Mode connections. https://docs.slack.dev/apis/events-api/using-socket-mode"""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.playground.strict.conftest import link

SECONDS = timedelta(seconds=1)


async def test_hello_says_how_many_there_are_and_how_long_they_last(
    pg: Playground, http: aiohttp.ClientSession
) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with http.ws_connect(await link(pg)) as one, http.ws_connect(await link(pg)) as two:
        hellos = [await ws.receive_json() for ws in (one, two)]
    assert [hello["num_connections"] for hello in hellos] == [1, 2]
    assert hellos[0]["debug_info"]["approximate_connection_time"] == 3600


async def test_a_warning_comes_ten_seconds_before_the_end(pg: Playground, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with http.ws_connect(await link(pg)) as ws:
        await ws.receive_json()
        pg.world.clock.advance(3589 * SECONDS)
        with pytest.raises(TimeoutError):
            await ws.receive_json(timeout=0.05)
        pg.world.clock.advance(1 * SECONDS)
        assert (await ws.receive_json())["reason"] == "warning"
        pg.world.clock.advance(10 * SECONDS)
        assert (await ws.receive_json())["reason"] == "refresh_requested"
        assert (await ws.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_debug_reconnects_shortens_a_connections_life(pg: Playground, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    pg.world.strict = False
    async with http.ws_connect(await link(pg) + "&debug_reconnects=true") as ws:
        assert (await ws.receive_json())["debug_info"]["approximate_connection_time"] == 360
        pg.world.clock.advance(350 * SECONDS)
        assert (await ws.receive_json())["reason"] == "warning"


async def test_switching_socket_mode_off_ends_its_connections(pg: Playground, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    unused = await link(pg)
    async with http.ws_connect(await link(pg)) as ws:
        await ws.receive_json()
        pg.spawn(pg.dispatcher.switch_socket_mode(pg.world.app("Bell"), on=False))
        goodbye = await ws.receive_json()
        assert (goodbye["type"], goodbye["reason"]) == ("disconnect", "link_disabled")
        assert (await ws.receive()).type is aiohttp.WSMsgType.CLOSE
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(unused)


async def test_an_eleventh_connection_is_refused_until_one_has_gone(
    pg: Playground, http: aiohttp.ClientSession
) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    held = [await http.ws_connect(await link(pg)) for _ in range(10)]
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(await link(pg))
    await held.pop().close()
    await pg.until(lambda: pg.dispatcher.sockets.connections("A0BELL") == 9)
    held.append(await http.ws_connect(await link(pg)))
    for ws in held:
        await ws.close()


async def test_each_of_many_envelopes_goes_to_one_connection(pg: Playground, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    sockets = [await http.ws_connect(await link(pg)) for _ in range(3)]
    for ws in sockets:
        await ws.receive_json()
    for number in range(6):
        await pg.person("Sam").say("#open", str(number))
    heard: list[str] = []
    for ws in sockets * 2:
        envelope = await ws.receive_json()
        heard.append(envelope["payload"]["event"]["text"])
        await ws.send_json({"envelope_id": envelope["envelope_id"]})
    assert sorted(heard) == list("012345")
    await pg.settled()
    for ws in sockets:
        await ws.close()


async def test_nothing_is_lost_while_bolt_connects_anew(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    pg.world.ack_timeout_s = 3
    bolt, heard = AsyncApp(client=client), []

    @bolt.event("message")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    @bolt.command("/ring")
    async def ring(ack: Any) -> None:
        await ack("Here.")

    handler = AsyncSocketModeHandler(bolt, "xapp-bell")
    await handler.connect_async()
    await pg.until(lambda: pg.dispatcher.sockets.connections("A0BELL"))
    for number in range(10):
        await pg.person("Sam").say("#open", str(number))
        if number == 4:
            pg.world.clock.advance(3590 * SECONDS)
    assert (await pg.person("Sam").command("/ring", "", "#open")).ok
    await pg.until(lambda: len(set(heard)) == 10, timeout=10)
    await pg.settled()
    await handler.close_async()
    assert sorted(set(heard)) == list("0123456789")


async def test_an_open_connection_is_pinged(pg: Playground, http: aiohttp.ClientSession) -> None:
    """Seen: https://github.com/slack-go/slack takes a line without a ping for half a minute for a broken one."""
    pg.world.ping_seconds = 0.01
    async with http.ws_connect(await link(pg), autoping=False) as ws:
        heard = [(await ws.receive()).type for _ in range(4)]
    assert heard == [aiohttp.WSMsgType.TEXT, *[aiohttp.WSMsgType.PING] * 3]
