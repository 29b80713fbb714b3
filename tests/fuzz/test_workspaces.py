"""Thrown at a bot that serves several workspaces, and an organisation with all of its own: presses that come
rightly signed through another installation, with anybody's ids, and rubbish at the pages where it is installed and
where Sam's link to his data waits. Nothing of the council's group is changed or told, no installation is another
than before, his link is still good, and what is not Slack's does not fill the log."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

import aiohttp
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as with_
from structlog.testing import capture_logs
from yarl import URL

from bot.storage import RedisStore
from bot.usecases import data_link
from simulation.at_rest import at_rest
from tests.connect.conftest import CHARITY, COUNCIL, HOSPITALS, Browser, connected
from tests.connect.sorts import installed_for_all
from tests.fuzz.payloads import HOSTILE, JUNK, Json, Thrown, _encoded, _spoil
from tests.fuzz.test_doors import MOST_LINES, Libraries, _headers, new_session
from tests.handlers import every_press
from tests.master_keys import store_at
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

PAYLOADS = max(150, int(os.environ.get("FUZZ_PAYLOADS", "0")) // 10)  # noqa: TID251
WORDS, OWN_WORDS = "SEALEDxq quiet room", "zanzibarxq"
COUNTY = "E0COUNTY"
TEAMS = (COUNCIL, HOSPITALS, CHARITY, COUNTY, "T0NOBODY", "")
STRANGERS = ("U0JO", "U0PRIYA", "U0TOMASZ", "U0BETWEENT", "U0NOBODY")
"""In no group."""
MOST_OF_PAGES = 20
"""Lines of the log for all that is thrown at the pages for browsers in one run: one a minute of each kind."""


class Visit(NamedTuple):
    method: str
    path: str
    query: dict[str, str]
    cookie: str


@dataclass
class Gate:
    """The bot of two workspaces, one group in it, and what must stay as it is."""

    stage: Stage
    http: aiohttp.ClientSession
    lines: list[Any]
    presses: list[Json]
    spent: dict[str, list[str]]
    """States, codes and cookies of an installation that was made."""
    before: dict[bytes, Any] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    of_pages: int = 0

    @property
    def token(self) -> str:
        """Of Sam's link."""
        return self.spent["token"][0]

    async def press(self, one: Thrown) -> None:
        url = f"http://127.0.0.1:{self.stage.bot.port}/slack/events"
        async with self.http.post(url, data=one.raw, headers=_headers(one)) as answer:
            status, said = answer.status, await answer.text()
        await at_rest(self.stage.pg)
        assert len(self.lines) <= MOST_LINES, self.lines
        await self._judge("press", status, said)

    async def browse(self, visit: Visit) -> None:
        method, path, query, cookie = visit
        url = URL(f"http://127.0.0.1:{self.stage.bot.port}{path}", encoded=True)
        headers = {"Cookie": cookie} if cookie else {}
        asked = self.http.request(method, url.update_query(query), headers=headers, allow_redirects=False)
        async with asked as answer:
            status, said = answer.status, await answer.text()
        self.of_pages += len(self.lines)
        written = str(self.lines)
        told = [*query.values(), self.token]
        assert not [one for one in told if len(one) > 20 and one in written], "no code, state or link is logged"
        await self._judge(f"{method} {path[:9]}", status, said)

    async def _judge(self, what: str, status: int, said: str) -> None:
        self.seen[f"{what} {status}"] += 1
        traffic = self.stage.pg.world.traffic
        shown = said + json.dumps([call.args for call in traffic.calls], default=str) + str(self.lines)
        bugs = [line for line in self.lines if line["event"] == "bug"]
        self.lines.clear()
        traffic.log.clear()
        assert status < 500 or status == 502, said
        assert not bugs
        for word in (WORDS, OWN_WORDS):
            assert word not in shown
        if sum(self.seen.values()) % 25 == 0:
            await self.look()

    async def look(self) -> None:
        after = await kept(self.stage)
        assert {key for key in self.before if after.get(key) != self.before[key]} == set()
        assert set(await self.stage.bot.deps.store.installations.all()) == {COUNCIL, HOSPITALS, COUNTY}
        assert await data_link.waits(self.stage.bot.deps.store, self.token)


async def kept(stage: Stage) -> dict[bytes, Any]:
    """All that is stored of the group, its people, and all installations; but for the workspaces that are met of
    the organisation, which are those that Slack says, and who installed us, which they may have forgotten."""
    store = stage.bot.deps.store
    assert isinstance(store, RedisStore)
    client = store.connection.client
    records = [key async for key in client.scan_iter(match="b:{[gp]:*", count=1000)]
    found: dict[bytes, Any] = {key: await client.dump(key) for key in records}
    return found | {
        key.encode(): with_(one, teams=(), installed_by="")
        for key, one in (await store.installations.all()).items()
    }


async def opened(stack: AsyncExitStack, redis_url: str, lines: list[Any]) -> Gate:
    """Sam and Aoife have a group in the council's channel; the hospitals have installed Between beside it."""
    store = store_at(redis_url)
    await store.connection.client.flushall()
    await store.close()
    stage = await stack.enter_async_context(connected(redis_url, slack_allowed_workspaces=HOSPITALS))
    http = await stack.enter_async_context(await new_session())
    browser = Browser(stage, http)
    back = await browser.decide(await browser.begin(), "U0JO")
    await browser.come_back(back)
    assert browser.status == 200
    query = {key: found[0] for key, found in parse_qs(urlsplit(back).query).items()}
    unused = parse_qs(urlsplit(await browser.decide(await browser.begin(), "U0JO")).query)
    await installed_for_all(stage, COUNTY)
    await stage.gather("Aoife")
    await stage.at("2026-11-25 12:00")
    await stage.answer("Sam", organisation=WORDS, me=OWN_WORDS)
    stage.pg.world.channels["C0CARERS"].members.remove("U0JO")
    group_id = (await stage.bot.deps.store.index.groups())[0]
    people = list(await stage.bot.deps.store.leaders.all(group_id))
    aims = list(every_press.aimed(group_id, subjects=["2026-W48"], persons=people, round="2026-W48"))
    sam = next(one for one in (await stage.bot.deps.store.people.many(people)).values() if one.name == "Sam")
    spent = {
        "token": [(await data_link.link_for(stage.bot.deps, sam.id)).rpartition("/")[2]],
        "state": [query["state"], unused["state"][0]],
        "code": [query["code"], unused["code"][0]],
        "cookie": list(browser.cookie.values()),
    }
    stage.pg.world.traffic.log.clear()
    lines.clear()
    gate = Gate(stage, http, lines, every_press.everything(aims), spent)
    gate.before = await kept(stage)
    return gate


@st.composite
def presses(draw: st.DrawFn, gate: Gate) -> Thrown:
    """A press or a form as from anybody but a member, through any installation; spoilt, now and then."""
    user, team, home = draw(st.sampled_from(STRANGERS)), draw(st.sampled_from(TEAMS)), draw(st.sampled_from(TEAMS))
    signed = every_press.by(gate.stage, user, team=team, home=home)
    payload = signed(draw(st.sampled_from(gate.presses)))
    if draw(st.booleans()):
        payload["enterprise"] = {"id": COUNTY, "name": "County"}
        payload["is_enterprise_install"] = draw(st.sampled_from([True, False, "true", "false"]))
    if draw(st.integers(0, 3)) == 0:
        _spoil(payload, draw(st.integers(0, 10_000)), draw(st.sampled_from([*HOSTILE, *JUNK, ...])))
    raw, kind = _encoded(payload, draw(st.booleans()))
    return Thrown(raw, kind, "signed", user)


rubbish = st.one_of(st.sampled_from([one for one in HOSTILE if one.isascii()]), st.text(max_size=60))


@st.composite
def visits(draw: st.DrawFn, gate: Gate) -> Visit:
    """A page for browsers, asked for with what was used before, was made up, or belongs to another state; or the
    one that Sam's link opens, looked at, and its button pressed with any token but his."""
    if draw(st.integers(0, 3)) == 0:
        token = draw(
            st.one_of(st.just(gate.token), spoilt(gate.token), rubbish.map(lambda one: quote(one, safe="")))
        )
        method = "GET" if token == gate.token else draw(st.sampled_from(["GET", "POST", "HEAD", "PUT"]))
        return Visit(method, f"{data_link.PATH}/{token}", {}, "")
    path = draw(st.sampled_from(["/slack/install", "/slack/oauth_redirect", "/slack/oauth_redirect"]))
    query: dict[str, str] = {}
    for name in ("state", "code", "error", "invitation", "team", "is_enterprise_install"):
        known = gate.spent.get(name, ["true", COUNTY, HOSPITALS])
        if draw(st.booleans()):
            query[name] = draw(st.one_of(st.sampled_from(known), rubbish)).encode("utf-8", "replace").decode()
    state = query.get("state", "")
    cookie = draw(st.sampled_from(["", *gate.spent["cookie"], "slack-app-oauth-state=guessed"]))
    if query.get("code") in gate.spent["code"] and state == gate.spent["state"][1]:
        cookie = ""  # else it would be Jo's own installation, made in earnest
    return Visit("GET", path, query, cookie)


@st.composite
def spoilt(draw: st.DrawFn, token: str) -> str:
    """Cut, lengthened, or with one letter exchanged."""
    at = draw(st.integers(0, len(token) - 1))
    letter = draw(st.sampled_from("aA0-_"))
    return draw(st.sampled_from([token[:at], token + letter, token[:at] + letter + token[at + 1 :]]))


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.mark.slow
@pytest.mark.timeout(4 * 3600 if PAYLOADS > 1000 else 240)
def test_whoever_comes_through_another_workspace_changes_and_reads_nothing_of_this_one(
    runner: asyncio.Runner, redis_url: str
) -> None:
    with capture_logs() as lines:
        stack = AsyncExitStack()
        gate = runner.run(opened(stack, redis_url, lines))
        libraries = Libraries(lines)

        @settings(
            max_examples=PAYLOADS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def throw(data: st.DataObject) -> None:
            if data.draw(st.integers(0, 3)):
                runner.run(gate.press(data.draw(presses(gate))))
            else:
                runner.run(gate.browse(data.draw(visits(gate))))

        logging.getLogger().addHandler(libraries)
        try:
            throw()
            runner.run(gate.look())
        finally:
            logging.getLogger().removeHandler(libraries)
            runner.run(stack.aclose())
    sys.stdout.write(f"{sum(gate.seen.values())}: {dict(gate.seen)}; {gate.of_pages} lines of pages\n")
    assert gate.of_pages <= MOST_OF_PAGES
