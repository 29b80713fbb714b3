"""Installs Between by OAuth on another server that speaks Slack's OAuth, and tries each way that can fail.

`make another-server`. It starts `emulate` through npx, which fetches it and the node it needs, so no test does; and
ends with 1 where an answer is not the one that our page is to give. `--at` names one that runs already, seeded as
`SEED` is."""

# ruff: noqa: T201 (a report for whoever runs it)

from __future__ import annotations

import argparse
import asyncio
import html
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp

from bot.app import started
from bot.embedded.server import EmbeddedServer
from bot.settings import Settings
from tests.master_keys import LINE

PORT = 47613
OURS = f"http://127.0.0.1:{PORT}"
THEIR_PORT = 47614
TEAM = "T000000001"
"""Of its only workspace."""

PROGRAM = ("npx", "--yes", "-p", "node@22", "-p", "emulate@0.12.2", "--", "emulate", "start")
START_S = 180.0
"""The first time it is fetched."""

SEED = {
    "slack": {
        "team": {"name": "Riverside", "domain": "riverside"},
        "users": [{"name": "sam", "real_name": "Sam Okafor", "email": "sam@riverside.example"}],
        "oauth_apps": [
            {
                "client_id": "between.client",
                "client_secret": "between-secret",
                "app_id": "A000000001",
                "name": "Between",
                "redirect_uris": [f"{OURS}/slack/oauth_redirect"],
            }
        ],
    }
}


class Browser:
    """As far as the flow needs one. The other server's page has a form for each person; the first is pressed."""

    def __init__(self, http: aiohttp.ClientSession, slack: str) -> None:
        self.http, self.slack, self.cookie = http, slack, ""

    async def consent(self) -> str:
        """Where the other server leads back to."""
        async with self.http.get(f"{OURS}/slack/install", allow_redirects=False) as answer:
            self.cookie, where = answer.headers["Set-Cookie"].split(";")[0], answer.headers["Location"]
        async with self.http.get(where) as answer:
            form = re.search(r'<form[^>]*action="([^"]+)"(.*?)</form>', await answer.text(), re.DOTALL)
        assert form is not None
        fields = {
            name: html.unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form[2])
        }
        async with self.http.post(urljoin(self.slack, form[1]), data=fields, allow_redirects=False) as answer:
            return answer.headers["Location"]

    async def back(self, address: str, cookie: str = "") -> str:
        async with self.http.get(address, headers={"Cookie": cookie or self.cookie}) as answer:
            title = re.findall("<title>(.*?)</title>", await answer.text())[0]
            return f"{answer.status} {html.unescape(title)}"


def code_of(address: str) -> str:
    return dict(parse_qsl(urlsplit(address).query))["code"]


@asynccontextmanager
async def theirs(folder: Path) -> AsyncIterator[str]:
    """The other server, for as long as this lasts; npx is a shell to it, so both are ended, as one group."""
    seed = folder / "seed.json"
    seed.write_text(json.dumps(SEED), "utf-8")
    ours = ("--service", "slack", "--port", str(THEIR_PORT), "--seed", str(seed))
    running = await asyncio.create_subprocess_exec(
        *PROGRAM, *ours, cwd=folder, stdout=asyncio.subprocess.DEVNULL, start_new_session=True
    )
    address = f"http://127.0.0.1:{THEIR_PORT}"
    try:
        async with asyncio.timeout(START_S), aiohttp.ClientSession() as http:
            while not await answers(http, f"{address}/api/api.test"):
                if running.returncode is not None:
                    sys.exit(f"The other server ended with {running.returncode} before it answered.")
                await asyncio.sleep(0.2)
        yield address
    finally:
        if running.returncode is None:
            os.killpg(running.pid, signal.SIGTERM)
            await running.wait()


async def answers(http: aiohttp.ClientSession, address: str) -> bool:
    try:
        async with http.post(address):
            return True
    except aiohttp.ClientConnectionError:
        return False


class Report:
    """A line for each thing tried. `wrong`: how many were answered otherwise than they are to be."""

    def __init__(self) -> None:
        self.wrong = 0

    def line(self, tried: str, said: str, right: Callable[[str], bool]) -> None:
        self.wrong += not right(said)
        print(f"{'ok   ' if right(said) else 'WRONG'} {tried}: {said}")


async def tried(slack: str, team: str, redis_url: str) -> int:
    """How many answers were wrong."""
    settings = Settings.model_validate(
        {
            "slack_client_id": "between.client",
            "slack_client_secret": "between-secret",
            "between_url": OURS,
            "slack_allowed_workspaces": team,
            "slack_signing_secret": "unused" * 6,
            "slack_api_url": f"{slack}/api/",
            "redis_url": redis_url,
            "between_keys": LINE,
            "http_port": PORT,
        }
    )
    report = Report()
    async with started(settings, beating=False) as bot, aiohttp.ClientSession() as http:
        await _each_way(Browser(http, slack), report)
        kept = await bot.deps.store.installations.all()
    report.line("kept", ", ".join(kept), lambda said: said == team)
    return report.wrong


async def _each_way(browser: Browser, report: Report) -> None:
    def well(said: str) -> bool:
        return said.startswith("200 ")

    def refused(said: str) -> bool:
        return not well(said) and not said.startswith("5")

    first = await browser.consent()
    report.line("install", await browser.back(first), well)
    report.line("the same address again", await browser.back(first), refused)
    fresh = await browser.consent()
    report.line("a used code", await browser.back(fresh.replace(code_of(fresh), code_of(first))), refused)
    other = await browser.back(await browser.consent(), "slack-app-oauth-state=other")
    report.line("another browser", other, refused)
    fresh = await browser.consent()
    report.line("a made-up code", await browser.back(fresh.replace(code_of(fresh), "nope")), refused)
    denied = f"{OURS}/slack/oauth_redirect?error=access_denied&state=x"
    report.line("denied", await browser.back(denied), lambda said: said == "200 Between was not installed")


async def all_of_it(at: str, team: str) -> int:
    folder = Path(tempfile.mkdtemp())
    server = EmbeddedServer(folder, fsync="no")
    server.start()
    try:
        if at:
            return await tried(at, team, server.url)
        async with theirs(folder) as address:
            return await tried(address, team, server.url)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--at", default="", help="where one runs already")
    asked.add_argument("--team", default=TEAM, help="the id of its workspace")
    given = asked.parse_args()
    sys.exit(1 if asyncio.run(all_of_it(given.at, given.team)) else 0)
