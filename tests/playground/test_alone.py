"""`between playground`, as somebody with an app of their own meets it: another process, and an app beside it."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.config import CONNECT
from tests.free_port import free_port
from tests.playground.conftest import CONFIG

pytestmark = pytest.mark.slow

BETWEEN = Path(sys.executable).with_name("between")
START_TIMEOUT_S = 50.0


@dataclass
class Alone:
    """A playground in a process of its own, once it has said where it is."""

    process: asyncio.subprocess.Process
    words: str

    def told(self, what: str) -> str:
        """What was printed for this setting."""
        found = re.search(rf"{what}=(\S+)", self.words)
        assert found, self.words
        return found[1]

    @property
    def url(self) -> str:
        return self.told("SLACK_API_URL").removesuffix("/api/")


@asynccontextmanager
async def served(*args: str) -> AsyncIterator[Alone]:
    process = await _started(*args, "--port", str(free_port()))
    assert process.stdout
    words = ""
    try:
        while "SLACK_CLIENT_SECRET" not in words and "SLACK_SIGNING_SECRET" not in words:
            line = await asyncio.wait_for(process.stdout.readline(), START_TIMEOUT_S)
            assert line, words
            words += line.decode()
        yield Alone(process, words)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await process.communicate()
    assert process.returncode == 0


async def _started(*args: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(BETWEEN, "playground", *args, stdout=pipe, stderr=pipe)


def bell(alone: Alone) -> AsyncApp:
    """A tiny app that knows only what was printed."""
    client = AsyncWebClient(alone.told("SLACK_BOT_TOKEN"), base_url=alone.told("SLACK_API_URL"))
    app = AsyncApp(client=client, signing_secret=alone.told("SLACK_SIGNING_SECRET"))

    @app.command("/ring")
    async def ring(ack: Any, say: Any, command: dict[str, str]) -> None:
        await ack()
        await say(f"Ringing for {command['text']}")

    return app


async def what_sam_sees_after_ringing(alone: Alone) -> str:
    """Sam types the command at the page, and looks until the answer is there."""
    async with aiohttp.ClientSession() as http:
        await http.post(f"{alone.url}/do/U0SAM/C0OPEN/say", data={"text": "/ring soup"})
        while True:
            async with http.get(f"{alone.url}/as/U0SAM/C0OPEN") as page:
                seen = await page.text()
            if "Ringing for soup" in seen:
                return seen
            await asyncio.sleep(0.05)


def file(folder: Path, config: Any) -> str:
    """A people file; words are written as they are."""
    path = folder / "people.yaml"
    path.write_text(config if isinstance(config, str) else yaml.safe_dump(config))
    return str(path)


async def test_an_app_answers_over_socket_mode_with_what_was_printed(tmp_path: Path) -> None:
    async with served("--config", file(tmp_path, CONFIG)) as alone:
        app = bell(alone)
        handler = AsyncSocketModeHandler(app, alone.told("SLACK_APP_TOKEN"))
        await handler.connect_async()
        assert "APP" in await what_sam_sees_after_ringing(alone)
        await handler.close_async()


async def test_an_app_with_a_request_url_is_called_there(tmp_path: Path) -> None:
    port = free_port()
    app = CONFIG["apps"][0] | {"request_url": f"http://127.0.0.1:{port}/slack/events"}
    async with served("--config", file(tmp_path, CONFIG | {"apps": [app]})) as alone:
        runner = web.AppRunner(bell(alone).web_app("/slack/events"), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        assert "SLACK_APP_TOKEN" not in alone.words
        assert "APP" in await what_sam_sees_after_ringing(alone)
        await runner.cleanup()


async def test_three_workspaces_each_have_their_token() -> None:
    async with served("--config", str(CONNECT)) as alone:
        tokens = re.findall(r"SLACK_BOT_TOKEN=(\S+)", alone.words)
        teams = [
            (await AsyncWebClient(token, base_url=alone.told("SLACK_API_URL")).auth_test())["team_id"]
            for token in tokens
        ]
    assert teams == ["T0RIVER", "T0TRUST"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (None, "no such file"),
        ("people: [", "is not YAML"),
        ("- a list", "A people file may have: workspaces, people, apps, channels"),
        ("humans: []", "It has no 'humans'."),
        ("people: [{id: U1}]", "There is no workspace."),
        ("workspaces: [{id: T1, name: One}]\npeople: [{name: sam}]", "an entry has no 'id'"),
        ("workspaces: [{id: T1, name: One, size: 3}]", "A workspace has no 'size'"),
    ],
)
async def test_a_file_that_cannot_be_used_is_said_in_a_sentence(
    tmp_path: Path, words: str | None, said: str
) -> None:
    path = file(tmp_path, words) if words is not None else str(tmp_path / "nowhere.yaml")
    process = await _started("--config", path)
    out, complaint = await process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert said in complaint.decode()
    assert "Traceback" not in complaint.decode()
