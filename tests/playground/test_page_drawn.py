"""What the page draws and answers without a browser: permalinks, offers, groups of options, attachments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.page import mount, render
from playground.page.surface import Surface
from playground.page.viewer import Viewer
from playground.server import Playground
from playground.world import World
from tests.playground.conftest import TOKEN

SAM = Surface(Viewer("U1", ZoneInfo("Europe/London"), datetime(2026, 11, 24, 9, 0, tzinfo=UTC)))


@pytest.fixture
async def pg(world: World) -> AsyncIterator[Playground]:
    async with Playground(world, extra=[mount]) as running:
        yield running


@pytest.fixture
async def http(pg: Playground) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(pg.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


def test_an_attachment_is_drawn_with_what_stands_before_it_and_its_fields() -> None:
    drawn = str(
        render.attachment(
            {
                "pretext": "Before *it*",
                "title": "Title",
                "title_link": "https://x.example",
                "text": "Words",
                "fields": [{"title": "Due", "value": "Friday"}],
                "footer": "Foot",
                "color": "good",
            },
            SAM,
        )
    )
    words = [
        "Before <b>it</b>",
        'class="attachment" style="border-color: #2eb886"',
        ">Title</a>",
        "Words",
        "Due",
        "Foot",
    ]
    places = [drawn.index(one) for one in words]
    assert places == sorted(places)


def test_a_colour_that_is_none_cannot_style_anything() -> None:
    assert "style" not in str(render.attachment({"text": "a", "color": "red; position: fixed"}, SAM))


async def test_a_permalink_leads_to_the_message_on_the_page(pg: Playground, http: aiohttp.ClientSession) -> None:
    client = AsyncWebClient(TOKEN, base_url=pg.api_url)
    posted = await client.chat_postMessage(channel="C0OPEN", text="Here it is")
    for number in range(60):
        await pg.person("Jo").say("#open", f"Line {number}")
    link = str((await client.chat_getPermalink(channel="C0OPEN", message_ts=posted["ts"]))["permalink"])
    await (await http.get("/as/U0JO/C0OPEN")).read()
    async with http.get(link) as answer:
        page = await answer.text()
    anchor = f"m-{posted['ts'].replace('.', '-')}"
    assert answer.history[-1].headers["Location"].endswith(f"#{anchor}")
    assert answer.url.path == "/as/U0JO/C0OPEN"
    assert f'id="{anchor}"' in page


@pytest.mark.parametrize("path", ["/archives/C0OPEN/p1234567", "/archives/C0NONE/p1795510800000001"])
async def test_a_permalink_to_nothing_is_not_found(http: aiohttp.ClientSession, path: str) -> None:
    assert (await http.get(path)).status == 404


async def test_coming_to_an_apps_messages_is_told(pg: Playground, http: aiohttp.ClientSession) -> None:
    await (await http.get("/as/U0SAM/U0BELL")).read()
    await pg.settled()
    assert [one.payload["event"]["tab"] for one in pg.world.traffic.deliveries] == ["messages"]


async def test_who_names_an_app_is_offered_to_invite_it(pg: Playground, http: aiohttp.ClientSession) -> None:
    async with http.post("/do/U0SAM/C0ELSE/say", data={"text": "@Bell come"}) as answer:
        page = await answer.text()
    assert "You mentioned Bell, but it is not in this channel." in page
    address = page.split('/invite"')[0].rsplit('hx-post="', 1)[1] + "/invite"
    async with http.post(address) as answer:
        assert "You mentioned Bell" not in await answer.text()
    assert "U0BELL" in pg.world.channels["C0ELSE"].members


async def test_groups_of_an_external_menu_have_their_labels(pg: Playground, http: aiohttp.ClientSession) -> None:
    bolt = AsyncApp(client=AsyncWebClient(TOKEN, base_url=pg.api_url), signing_secret="ring")

    @bolt.options("leaf")
    async def leaves(ack: Any) -> None:
        broken = {"text": {"type": "plain_text", "text": "Fannings"}, "value": "f"}
        await ack(option_groups=[{"label": {"type": "plain_text", "text": "Broken"}, "options": [broken]}])

    handler = AsyncSocketModeHandler(bolt, "xapp-bell")
    await handler.connect_async()
    await pg.until(lambda: pg.dispatcher.sockets.connections("A0BELL"))
    menu = {"type": "external_select", "action_id": "leaf", "placeholder": {"type": "plain_text", "text": "Leaf"}}
    asked = {"type": "actions", "block_id": "b", "elements": [menu]}
    posted = await bolt.client.chat_postMessage(channel="C0OPEN", text="Which?", blocks=[asked])
    address = f"/do/U0SAM/C0OPEN/message/C0OPEN/{posted['ts']}/options"
    async with http.post(address, data={"block_id": "b", "action_id": "leaf", "q": "fan"}) as answer:
        page = await answer.text()
    await handler.close_async()
    assert page.index(">Broken<") < page.index(">Fannings<")


async def test_a_group_dm_is_started_at_the_side_and_found_there(
    pg: Playground, http: aiohttp.ClientSession
) -> None:
    async with http.post("/do/U0SAM/C0OPEN/group", data={"names": "@Jo Lindqvist, Bell"}) as answer:
        there = answer.headers["HX-Redirect"]
    async with http.get(there) as answer:
        page = await answer.text()
    assert "Jo, Bell" in page
    assert "This is the very beginning of your messages" in page
    async with http.post("/do/U0SAM/C0OPEN/group", data={"names": "Nobody"}) as answer:
        assert "0 people are called" in await answer.text()
    group = there.rsplit("/", 1)[1]
    assert sorted(pg.world.channels[group].members) == ["U0BELL", "U0JO", "U0SAM"]
    assert (await http.get(f"/as/U0LENA/{group}")).status == 404
