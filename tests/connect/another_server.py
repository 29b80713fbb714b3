"""Installs Between by OAuth on another server that speaks Slack's OAuth, and tries each way that can fail.

By hand, since it needs node 22: seed `emulate` with an OAuth app whose id is `between.client`, secret
`between-secret`, and redirect `http://127.0.0.1:47613/slack/oauth_redirect`, start it (`npx emulate@0.12.2 start
--service slack --port 4113 --seed e.yaml`), then `python -m tests.connect.another_server http://127.0.0.1:4113
T000000001`."""

# ruff: noqa: T201 (a report for whoever runs it)

from __future__ import annotations

import argparse
import asyncio
import html
import re
import tempfile
import warnings
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp

from bot.app import started
from bot.embedded.server import EmbeddedServer
from bot.settings import Settings

PORT = 47613
OURS = f"http://127.0.0.1:{PORT}"


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


async def tried(slack: str, team: str) -> None:
    server = EmbeddedServer(Path(tempfile.mkdtemp()), fsync="no")
    server.start()
    settings = Settings.model_validate(
        {
            "slack_client_id": "between.client",
            "slack_client_secret": "between-secret",
            "between_url": OURS,
            "slack_allowed_workspaces": team,
            "slack_signing_secret": "unused" * 6,
            "slack_api_url": f"{slack}/api/",
            "redis_url": server.url,
            "http_port": PORT,
        }
    )
    async with started(settings, beating=False) as bot, aiohttp.ClientSession() as http:
        browser = Browser(http, slack)
        first = await browser.consent()
        print("install:", await browser.back(first))
        print("the same address again:", await browser.back(first))
        fresh = await browser.consent()
        print("a used code:", await browser.back(fresh.replace(code_of(fresh), code_of(first))))
        print("another browser:", await browser.back(await browser.consent(), "slack-app-oauth-state=other"))
        fresh = await browser.consent()
        print("a made-up code:", await browser.back(fresh.replace(code_of(fresh), "nope")))
        print("denied:", await browser.back(f"{OURS}/slack/oauth_redirect?error=access_denied&state=x"))
        print("kept:", await bot.deps.store.installations.all())
    server.stop()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("slack", help="where the other server is")
    asked.add_argument("team", help="the id of its workspace")
    given = asked.parse_args()
    asyncio.run(tried(given.slack, given.team))
