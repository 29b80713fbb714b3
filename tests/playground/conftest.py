"""A playground with two workspaces and one tiny Bolt app in it, over Socket Mode and over signed HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.acts import Person
from playground.clock import Clock
from playground.messages import Message
from playground.server import Playground
from playground.world import World

Json = dict[str, Any]
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TOKEN = "xoxb-bell"
SCOPES = ["chat:write", "commands", "im:write", "im:history", "channels:history", "channels:read", "groups:read"]

CONFIG: Json = {
    "workspaces": [
        {"id": "T0MILL", "name": "Mill", "domain": "mill"},
        {"id": "T0FARM", "name": "Farm", "domain": "farm"},
    ],
    "people": [
        {
            "id": "U0SAM",
            "name": "sam",
            "real_name": "Sam Okafor",
            "tz": "Europe/London",
            "email": "sam@mill.example",
        },
        {"id": "U0JO", "name": "jo", "real_name": "Jo Lindqvist", "tz": "Asia/Kolkata"},
        {"id": "U0LENA", "name": "lena", "real_name": "Lena Marsh", "team_id": "T0FARM"},
        {"id": "U0FAR", "name": "far", "real_name": "Far Away", "team_id": "T0FARM"},
    ],
    "apps": [
        {
            "id": "A0BELL",
            "name": "Bell",
            "signing_secret": "ring",
            "app_token": "xapp-bell",
            "bot_token": TOKEN,
            "bot_user": {"id": "U0BELL", "bot_id": "B0BELL"},
            "scopes": [*SCOPES, "app_mentions:read", "users:read", "channels:join"],
            "commands": ["/ring", {"name": "/mark", "escape": True}],
            "shortcuts": [
                {"callback_id": "ring_all", "name": "Ring"},
                {"callback_id": "keep", "name": "Keep", "kind": "message"},
            ],
            "events": [
                "message.im",
                "message.channels",
                "app_mention",
                "app_home_opened",
                "member_joined_channel",
                "member_left_channel",
                "channel_rename",
                "user_change",
            ],
        }
    ],
    "channels": [
        {"id": "C0OPEN", "name": "open", "members": ["Sam", "Jo", "U0BELL"]},
        {"id": "C0ELSE", "name": "elsewhere", "members": ["Sam"]},
        {"id": "C0SHUT", "name": "shut", "kind": "private", "members": ["Sam"]},
        {"id": "C0BOTH", "name": "both", "teams": ["T0MILL", "T0FARM"], "members": ["Sam", "Lena", "U0BELL"]},
    ],
}


@dataclass
class Stage:
    """The playground, the app under it, and two people to act."""

    pg: Playground
    bolt: AsyncApp
    client: AsyncWebClient

    @property
    def sam(self) -> Person:
        return self.pg.person("Sam")

    @property
    def jo(self) -> Person:
        return self.pg.person("Jo")

    async def post(self, *blocks: Json, channel: str = "C0OPEN", text: str = "words") -> Message:
        """A message of the app."""
        posted = await self.client.chat_postMessage(channel=channel, text=text, blocks=list(blocks) or None)
        return self.pg.world.channels[posted["channel"]].messages[posted["ts"]]


@pytest.fixture
def world() -> World:
    return World.from_config(CONFIG, Clock(TUESDAY))


@pytest.fixture
async def pg(world: World) -> AsyncIterator[Playground]:
    async with Playground(world) as running:
        yield running


@pytest.fixture
def client(pg: Playground) -> AsyncWebClient:
    return AsyncWebClient(TOKEN, base_url=pg.api_url)


@pytest.fixture(params=["socket", "http"])
async def stage(request: pytest.FixtureRequest, pg: Playground, client: AsyncWebClient) -> AsyncIterator[Stage]:
    """Every test with a `stage` runs once over Socket Mode and once over signed HTTP."""
    bolt = AsyncApp(client=client, signing_secret="ring", raise_error_for_unhandled_request=False)
    if request.param == "socket":
        handler = AsyncSocketModeHandler(bolt, "xapp-bell")
        await handler.connect_async()
        await pg.until(lambda: pg.dispatcher.sockets.connections("A0BELL"))
        yield Stage(pg, bolt, client)
        await handler.close_async()
        return
    runner = web.AppRunner(bolt.web_app("/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app = pg.world.app("Bell")
    app.socket_mode, app.request_url = False, f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield Stage(pg, bolt, client)
    await runner.cleanup()
