"""Three workspaces from `connect.yaml`, and one Bolt app installed in two of them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from playground.acts import Person
from playground.clock import Clock
from playground.config import CONNECT, load
from playground.messages import Message
from playground.server import Playground
from playground.world import World
from tests.playground.conftest import TUESDAY

Json = dict[str, Any]
MORE_SCOPES = ["channels:history", "groups:history", "app_mentions:read", "users:read.email", "team:read"]
MORE_EVENTS = ["message.channels", "message.groups", "message.im", "app_mention"]


@dataclass
class Stage:
    """The playground, the app under it, and a client with each installation's token."""

    pg: Playground
    bolt: AsyncApp
    river: AsyncWebClient
    trust: AsyncWebClient
    contexts: list[Json] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.pg.world

    def person(self, called: str) -> Person:
        return self.pg.person(called)

    async def post(self, *blocks: Json, channel: str = "C0CARERS", text: str = "words") -> Message:
        """A message of the council's installation."""
        posted = await self.river.chat_postMessage(channel=channel, text=text, blocks=list(blocks) or None)
        return self.world.channels[posted["channel"]].messages[posted["ts"]]

    def listen(self, kind: str) -> list[Json]:
        """Collect the bodies of every event of one kind."""
        heard: list[Json] = []

        @self.bolt.event(kind)
        async def hear(body: Json, context: Any) -> None:
            heard.append(body)
            self.contexts.append(dict(context))

        return heard


@pytest.fixture
def world() -> World:
    """The council's bot is in the connected channel; the hospitals' is installed and not in it."""
    world = load(CONNECT, Clock(TUESDAY))
    app = world.app("Between")
    app.events += MORE_EVENTS
    app.messages_tab_read_only = False
    for install in app.installs.values():
        install.scopes = [*install.scopes, *MORE_SCOPES]
    world.channels["C0CARERS"].members.append("U0BETWEEN")
    return world


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def stage(world: World) -> AsyncIterator[Stage]:
    app = world.app("Between")

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        install = app.installs[team_id or ""]
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team_id,
            bot_token=install.bot_token,
            bot_id=install.bot_id,
            bot_user_id=install.bot_user_id,
        )

    async with Playground(world) as pg:
        river, trust = (AsyncWebClient(one.bot_token, base_url=pg.api_url) for one in app.installs.values())
        bolt = AsyncApp(
            client=AsyncWebClient(base_url=pg.api_url),
            signing_secret=app.signing_secret,
            authorize=authorize,
            raise_error_for_unhandled_request=False,
        )
        handler = AsyncSocketModeHandler(bolt, app.app_token)
        await handler.connect_async()
        await pg.until(lambda: pg.dispatcher.sockets.connections(app.id))
        yield Stage(pg, bolt, river, trust)
        await handler.close_async()
