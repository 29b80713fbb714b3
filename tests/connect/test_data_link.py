"""Jo's Slack takes no files from Between, and browsers reach it: a link gives her all that is kept of her, once.
Whoever opens it to look, as Slack does, uses nothing up."""

from __future__ import annotations

import asyncio
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.storage import RedisStore
from bot.usecases import data_link
from bot.views.data_link import gone_page
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

FOR_HER = "I sleep badly. <b>Really</b>"
FOR_ALL = "Beds are full again."


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather("Jo", "Desmond")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation=FOR_ALL, me=FOR_HER)
    return stage


async def link_of(stage: Stage, name: str = "Jo") -> str:
    await stage.press_more(name, "Change my settings", "My data", "A link, for once")
    view = stage.person(name).modal
    assert view is not None
    (link,) = re.findall(r"'url': '(http[^']+)'", str(view.blocks))
    await stage.person(name).close(everything=True)
    return link


async def opened(http: aiohttp.ClientSession, link: str) -> tuple[int, str]:
    async with http.get(link) as answer:
        return answer.status, await answer.text()


async def pressed(http: aiohttp.ClientSession, link: str) -> tuple[int, bytes]:
    async with http.post(link) as answer:
        return answer.status, await answer.read()


def unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


async def test_its_button_gives_her_all_of_it_to_read_and_as_json(
    carers: Stage, http: aiohttp.ClientSession
) -> None:
    link = await link_of(carers)
    status, page = await opened(http, link)
    assert (status, page.count('<form method="post">'), FOR_ALL in page) == (200, 1, False)
    status, content = await pressed(http, link)
    assert status == 200
    found = unpacked(content)
    assert set(found) == {"between-my-data.html", "between-my-data.csv", "between-my-data.json"}
    words = [one.get("Words") for one in json.loads(found["between-my-data.json"])["Records"]]
    assert {FOR_ALL, FOR_HER} <= set(words)
    assert FOR_ALL in found["between-my-data.html"]
    assert "<b>Really" not in found["between-my-data.html"]  # nobody's words do anything there
    assert "Desmond" not in found["between-my-data.json"]


async def test_whoever_only_looks_at_it_uses_nothing_up(carers: Stage, http: aiohttp.ClientSession) -> None:
    link = await link_of(carers)
    for _ in range(3):
        assert (await opened(http, link))[0] == 200
        async with http.head(link, headers={"User-Agent": "Slackbot-LinkExpanding 1.0"}) as answer:
            assert answer.status == 200
    assert (await pressed(http, link))[0] == 200


async def test_the_second_time_it_says_calmly_that_it_was_used(carers: Stage, http: aiohttp.ClientSession) -> None:
    link = await link_of(carers)
    await pressed(http, link)
    assert await pressed(http, link) == (410, gone_page().encode())
    assert await opened(http, link) == (410, gone_page())


async def test_of_many_who_press_at_once_one_has_it(carers: Stage, http: aiohttp.ClientSession) -> None:
    link = await link_of(carers)
    found = await asyncio.gather(*(pressed(http, link) for _ in range(8)))
    assert sorted(status for status, _ in found) == [200] + [410] * 7


async def test_after_ten_minutes_it_is_over(
    carers: Stage, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By Redis's own clock, so here it is a moment."""
    monkeypatch.setattr(data_link, "LIFE", timedelta(milliseconds=1))
    link = await link_of(carers)
    await asyncio.sleep(0.01)
    assert await opened(http, link) == (410, gone_page())
    assert (await pressed(http, link))[0] == 410


@pytest.mark.parametrize("token", ["x", "a" * 64, "%00", "..%2F..%2Fhealthz", "*"])
async def test_a_made_up_one_is_as_one_that_was_used(
    carers: Stage, http: aiohttp.ClientSession, token: str
) -> None:
    link = re.sub(r"[^/]+$", token, await link_of(carers))
    assert (await opened(http, link))[0] in (404, 410)
    assert (await pressed(http, link))[0] in (404, 405, 410)


async def test_no_cache_keeps_it_no_site_is_told_and_no_log_names_it(
    carers: Stage, http: aiohttp.ClientSession, store: RedisStore
) -> None:
    link = await link_of(carers)
    token = link.rpartition("/")[2]
    assert len(token) >= 43
    with capture_logs() as said:
        for method in ("GET", "POST", "GET", "POST"):
            async with http.request(method, link) as answer:
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert token not in str(said)
    assert not [key async for key in store.connection.client.scan_iter() if token.encode() in key]
    shown = [
        carers.shown(one) for channel in carers.pg.world.channels.values() for one in channel.messages.values()
    ]
    assert token not in "".join(shown)


async def test_a_link_of_somebody_who_was_erased_gives_nothing(carers: Stage, http: aiohttp.ClientSession) -> None:
    link = await link_of(carers)
    await carers.press_more("Jo", "Change my settings", "Erase me")
    assert await carers.person("Jo").submit() is None
    await carers.settle()
    assert await pressed(http, link) == (410, gone_page().encode())


async def test_who_has_left_gets_one_from_her_messages(carers: Stage, http: aiohttp.ClientSession) -> None:
    await carers.press_more("Jo", "Leave")
    await carers.person("Jo").close(everything=True)
    await carers.press("Jo", "My data")
    await carers.person("Jo").press_in_modal("A link, for once")
    (link,) = re.findall(r"'url': '(http[^']+)'", str(carers.person("Jo").modal))
    assert FOR_ALL in unpacked((await pressed(http, link))[1])["between-my-data.html"]


async def test_where_slack_takes_no_files_the_message_offers_it(carers: Stage, http: aiohttp.ClientSession) -> None:
    for install in carers.pg.world.app("Between").installs.values():
        install.scopes.remove("files:write")
    await carers.press_more("Jo", "Change my settings", "My data")
    assert await carers.person("Jo").submit() is None
    await carers.person("Jo").close(everything=True)
    await carers.settle()
    await carers.press("Jo", "A link, for once")
    (link,) = re.findall(r"'url': '(http[^']+)'", str(carers.person("Jo").modal))
    assert (await pressed(http, link))[0] == 200
