"""An installation's token opens its own workspace's things: whoever comes through another reaches nobody's."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.storage import RedisStore
from bot.views.installation import NOT_INSTALLED
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser, connected
from tests.handlers import every_press
from tests.stage import Stage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
    pytest.mark.timeout(240),
]

READS = {"conversations.members", "conversations.info", "users.info"}
WORDS = "Two schools are piloting a quiet room"


@pytest.fixture
async def group(redis_url: str, store: RedisStore) -> AsyncIterator[Stage]:
    """Sam's group in the council's channel. The hospitals have installed Between too; nobody of theirs is in it."""
    async with (
        connected(redis_url, slack_allowed_workspaces=HOSPITALS) as stage,
        aiohttp.ClientSession() as http,
    ):
        await Browser(stage, http).install("U0JO")
        await stage.gather("Aoife")
        await stage.at("2026-11-25 12:00")
        await stage.answer("Sam", organisation=WORDS, me="zanzibar")
        stage.pg.world.traffic.log.clear()
        yield stage


async def kept(stage: Stage) -> dict[bytes, Any]:
    """All that is stored of the group and its people."""
    store = stage.bot.deps.store
    assert isinstance(store, RedisStore)
    client = store.connection.client
    records = [key async for key in client.scan_iter(match="b:{[gp]:*", count=1000)]
    return {key: await client.dump(key) for key in records}


@pytest.mark.parametrize("user_id", ["U0JO", "U0SAM"])
async def test_through_the_hospitals_token_nobody_reaches_the_councils_group(group: Stage, user_id: str) -> None:
    """Jo is not in the group; and somebody at the hospitals has the very user id that Sam has at the council."""
    store = group.bot.deps.store
    group_id = (await store.index.groups())[0]
    sam = next(iter(await store.leaders.all(group_id)))
    aims = [*every_press.aimed(group_id, subjects=["2026-W48"], persons=[sam], round="2026-W48")]
    signed = every_press.by(group, user_id, team=HOSPITALS, home=HOSPITALS)
    group.pg.world.channels["C0CARERS"].members.remove("U0JO")
    before = await kept(group)
    with capture_logs() as lines:
        acks = await every_press.throw(group, [signed(one) for one in every_press.everything(aims)])
    assert [ack for ack in acks if not ack.ok] == []
    assert [(line["what"], line["exc_info"]) for line in lines if line["event"] == "bug"] == []
    after = await kept(group)
    assert {key for key in before if after.get(key) != before[key]} == set()
    calls = group.pg.world.traffic.calls
    assert not [call for call in calls if call.team_id == COUNCIL and call.method not in READS]
    said = json.dumps([[ack.body for ack in acks], [call.args for call in calls], str(lines)], default=str)
    assert not [word for word in (WORDS, "zanzibar") if word in said]


async def test_who_presses_where_we_have_no_installation_is_answered_at_slacks_address_alone(group: Stage) -> None:
    called: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        called.append(request.path)
        return web.Response()

    site = web.Application()
    site.router.add_post("/{any:.*}", elsewhere)
    async with TestServer(site) as server:
        pressed = every_press.by(group, "U0NOBODY", team="T0NOBODY", home="T0NOBODY")(
            every_press.press("more", "{}")
        )
        [good, bad, none] = await every_press.throw(
            group,
            [pressed, pressed | {"response_url": str(server.make_url("/x"))}, pressed | {"response_url": "x"}],
        )
    assert (good.ok, bad.ok, none.ok) == (True, True, True)
    assert called == []
    assert [NOT_INSTALLED in str(call.args) for call in group.pg.world.traffic.calls] == [True]
