"""Three workspaces and one channel: the council hosts it, the hospitals may install Between, the charity does
not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
import yaml

from bot.app import Between, started
from bot.manifest import events
from bot.settings import Settings
from bot.storage import RedisStore
from playground.clock import Clock
from playground.config import CONNECT
from playground.oauth import PATH
from playground.server import Playground
from playground.world import World
from tests.backstage import hurry
from tests.free_port import free_port
from tests.master_keys import LINE
from tests.promises.watch import all_kept
from tests.stage import ACK_TIMEOUT_S, LONDON, Stage

CONFIG = yaml.safe_load(CONNECT.read_text("utf-8"))
COUNCIL, HOSPITALS, CHARITY = "T0RIVER", "T0TRUST", "T0CARERS"


@dataclass
class Browser:
    """Somebody's browser, as it goes from our page to Slack's and back. It keeps its cookie."""

    stage: Stage
    http: aiohttp.ClientSession
    cookie: dict[str, str] = field(default_factory=dict)
    status: int = 0

    @property
    def ours(self) -> str:
        return f"http://127.0.0.1:{self.stage.bot.port}"

    async def begin(self, invitation: str = "") -> dict[str, str]:
        """Our link; what it asks Slack for."""
        query = f"?invitation={invitation}" if invitation else ""
        async with self.http.get(f"{self.ours}/slack/install{query}", allow_redirects=False) as answer:
            self.cookie = {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}
            where = urlsplit(answer.headers["Location"])
        assert f"{where.scheme}://{where.netloc}{where.path}" == f"{self.stage.pg.url}{PATH}"
        return dict(parse_qsl(where.query))

    async def decide(self, asked: dict[str, str], person: str, decision: str = "allow") -> str:
        """Slack's page; the address that it leads back to."""
        form = asked | {"person": person, "decision": decision}
        async with self.http.post(f"{self.stage.pg.url}{PATH}", data=form, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return answer.headers["Location"]

    async def come_back(self, address: str) -> str:
        """What our page says in the end."""
        async with self.http.get(address, headers=self.cookie) as answer:
            self.status = answer.status
            return await answer.text()

    async def install(self, person: str, invitation: str = "") -> str:
        return await self.come_back(await self.decide(await self.begin(invitation), person))


@asynccontextmanager
async def connected(
    redis_url: str, when: str = "2026-11-23 09:00", *, env: bool = True, by_socket: bool = False, **more: object
) -> AsyncIterator[Stage]:
    """The bot by signed HTTP, or Socket Mode beside its pages for browsers, with the council's token in its
    settings (`env`); the hospitals have installed nothing that it knows of."""
    clock = Clock(datetime.fromisoformat(when).replace(tzinfo=LONDON), frozen=True)
    world = World.from_config(CONFIG, clock)
    world.ack_timeout_s = ACK_TIMEOUT_S
    app = world.app("Between")
    assert set(events()) <= set(app.events)
    async with Playground(world) as pg:
        port = free_port()
        settings = Settings.model_validate(
            {
                "slack_client_id": app.client_id,
                "slack_client_secret": app.client_secret,
                "between_url": f"http://127.0.0.1:{port}",
                "slack_bot_token": app.installs[COUNCIL].bot_token if env else "",
                "slack_signing_secret": app.signing_secret,
                "slack_app_token": app.app_token if by_socket else "",
                "slack_api_url": pg.api_url,
                "redis_url": redis_url,
                "between_keys": LINE,
                "http_port": port,
            }
            | more
        )
        app.socket_mode, app.request_url = by_socket, f"http://127.0.0.1:{port}/slack/events"
        app.redirect_urls = [f"http://127.0.0.1:{port}/slack/oauth_redirect"]
        async with started(settings, clock=clock.now, beating=False) as bot:
            hurry(bot.deps.store)
            yield Stage(pg, bot, clock)


@pytest.fixture
def allowed() -> str:
    return HOSPITALS


@pytest.fixture
async def stage(redis_url: str, store: RedisStore, allowed: str) -> AsyncIterator[Stage]:
    async with connected(redis_url, slack_allowed_workspaces=allowed) as stage:
        yield stage
        await all_kept(stage)


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as http:
        yield Browser(stage, http)


@pytest.fixture
async def beside(stage: Stage) -> AsyncIterator[Between]:
    """Another process on the same Redis."""
    settings = stage.bot.settings.model_copy(update={"http_port": free_port()})
    async with started(settings, clock=stage.clock.now, beating=False) as bot:
        yield bot
