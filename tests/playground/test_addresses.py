"""Where deliveries go over HTTP: Slack has a request URL for each kind, and for each command.

https://docs.slack.dev/reference/app-manifest
"""

import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.playground.blocks import section

Heard = list[tuple[str, str]]


@pytest.fixture
async def heard(pg: Playground) -> AsyncIterator[Heard]:
    """What comes to each address of an app that has several: the path and the kind."""
    letters: Heard = []

    async def keep(request: web.Request) -> web.Response:
        body = await request.text()
        fields = {key: values[0] for key, values in parse_qs(body).items()}
        said = json.loads(fields["payload"]) if "payload" in fields else fields or json.loads(body)
        letters.append((request.path, str(said.get("command") or said["type"])))
        return web.json_response({"options": []} if said.get("type") == "block_suggestion" else {})

    server = web.Application()
    server.router.add_post("/{any:.*}", keep)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    app = pg.world.app("Bell")
    app.socket_mode, app.request_url = False, f"{base}/all"
    app.events_url, app.interactivity_url, app.options_url = f"{base}/events", f"{base}/clicks", f"{base}/options"
    app.commands[0].url = f"{base}/ring"
    yield letters
    await runner.cleanup()


async def test_each_kind_of_delivery_has_its_own_address(
    pg: Playground, client: AsyncWebClient, heard: Heard
) -> None:
    """https://docs.slack.dev/reference/app-manifest"""
    menu = {"type": "external_select", "action_id": "town", "placeholder": {"type": "plain_text", "text": "Town"}}
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [section("a") | {"accessory": menu}, {"type": "actions", "elements": [button]}]
    await client.chat_postMessage(channel="C0OPEN", text="a", blocks=blocks)
    await pg.settled()
    heard.clear()
    sam = pg.person("Sam")
    await sam.say("#open", "hello")
    await pg.settled()
    await sam.press(pg.world.channels["C0OPEN"].spoken()[0], "Go")
    await sam.search("town", "m", pg.world.channels["C0OPEN"].spoken()[0])
    await sam.command("/ring")
    await sam.command("/mark")
    await sam.shortcut("Ring")
    assert heard == [
        ("/events", "event_callback"),
        ("/clicks", "block_actions"),
        ("/options", "block_suggestion"),
        ("/ring", "/ring"),
        ("/all", "/mark"),
        ("/clicks", "shortcut"),
    ]


async def test_without_an_address_of_its_own_options_are_asked_where_clicks_go(pg: Playground) -> None:
    """https://docs.slack.dev/reference/app-manifest (`message_menu_options_url`)"""
    app = pg.world.app("Bell")
    app.interactivity_url = "http://127.0.0.1:9/clicks"
    assert app.address("interactive", {"type": "block_suggestion"}) == "http://127.0.0.1:9/clicks"
