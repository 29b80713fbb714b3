"""A playground that is strict, on a clock that stands still, and an app's web server that answers as it is told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from playground.clock import Clock
from playground.limits import Limits
from playground.server import Playground
from playground.world import World
from tests.playground.conftest import CONFIG, TUESDAY

Json = dict[str, Any]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    made = World.from_config(CONFIG, Clock(TUESDAY, frozen=True))
    made.strict, made.ack_timeout_s = True, 0.6
    return made


@pytest.fixture
def limits(pg: Playground) -> Limits:
    """Slack's own rate limits, in force."""
    pg.world.limits = Limits()
    return pg.world.limits


@dataclass
class Ear:
    """An app's web server: the answers it gives in turn (the last one for ever), and what it was sent."""

    answers: list[tuple[int, dict[str, str]]] = field(default_factory=lambda: [(200, {})])
    headers: list[Any] = field(default_factory=list)
    bodies: list[Json] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        self.headers.append(request.headers)
        self.bodies.append(await request.json())
        status, headers = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return web.Response(status=status, headers=headers)

    @property
    def retries(self) -> list[tuple[str | None, str | None]]:
        return [(one.get("x-slack-retry-num"), one.get("x-slack-retry-reason")) for one in self.headers]


@pytest.fixture
async def ear(pg: Playground) -> AsyncIterator[Ear]:
    """Bell gets its deliveries by HTTP, at an address that answers as told."""
    heard = Ear()
    server = web.Application()
    server.router.add_post("/", heard.hear)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    app = pg.world.app("Bell")
    app.socket_mode, app.request_url = False, f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield heard
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def link(pg: Playground) -> str:
    """A fresh address for Socket Mode."""
    client = AsyncWebClient("xapp-bell", base_url=pg.api_url)
    return str((await client.apps_connections_open(app_token="xapp-bell"))["url"])
