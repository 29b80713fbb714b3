"""`python -m playground`: Between and a Slack of its own, in one process, on one page, a fortnight in."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.app import Between, started
from bot.settings import CannotStart, Settings
from bot.store.binary import NoServer
from bot.store.folder import LOCK, SOCKET, claimed
from playground import script
from playground.clock import Clock
from playground.config import load
from playground.page import mount
from playground.server import Playground
from playground.world import World

PORT = 8765
MARK = "demo.txt"
"""Lies in a folder that a demo made, and may empty."""


@dataclass
class Demo:
    """The demo's parts; `bot` comes once the playground it talks to is there."""

    world: World
    bot: Between | None = None

    async def move_to(self, when: datetime) -> None:
        if self.bot:
            await self.bot.live_to(when, self.world.clock.move_to)
        else:
            self.world.clock.move_to(when)

    async def next_thing(self) -> tuple[datetime, str] | None:
        """The soonest of what may happen next in any channel's group."""
        if self.bot is None:
            return None
        places = [(team, channel.id) for channel in self.world.channels.values() for team in channel.teams]
        coming = [found for place in places if (found := await self.bot.coming(*place))]
        return min(coming, default=None)


def main(
    port: Annotated[int, typer.Option(help="Where the page is, on this machine.")] = PORT,
    data: Annotated[Path, typer.Option(help="A folder for the demo's own Redis; emptied at each start.")] = Path(
        "data/demo"
    ),
) -> None:
    """Start Between with a Slack of your own. Ctrl-C stops all of it; the next start begins afresh."""
    try:
        asyncio.run(_run(port, data))
    except CannotStart as error:
        sys.exit("\n".join(error.sentences))
    except OSError as error:
        sys.exit(
            f"Can't open the page on port {port}: {os.strerror(error.errno or 0).lower()}. Try another with --port."
        )


async def _run(port: int, data: Path) -> None:
    asked = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, asked.set)
    told = script.read()
    first = script.moment(told, told["scenes"][0]["at"])
    demo = Demo(load(clock=Clock(first, frozen=True)))
    typer.echo("Setting the scene: one group, nine leaders, a fortnight. A few seconds…")
    async with AsyncExitStack() as stack:
        mounted = [lambda app, pg: mount(app, pg, next_thing=demo.next_thing, move_to=demo.move_to)]
        pg = await stack.enter_async_context(Playground(demo.world, port, mounted))
        demo.bot = await stack.enter_async_context(
            started(_settings(demo.world, pg, data), clock=demo.world.clock.now)
        )
        await script.play(told, pg, demo.move_to)
        demo.world.clock.thaw()
        typer.echo(f"\n  Open {pg.url}/\n\n  Pick who you are. Ctrl-C stops everything.")
        await asked.wait()
        typer.echo("\nStopping.")


def _settings(world: World, pg: Playground, data: Path) -> Settings:
    """Settings that reach the playground and nothing else, whatever `.env` says."""
    _empty(data)
    app = next(iter(world.apps.values()))
    install = next(iter(app.installs.values()))
    settings = Settings.model_validate(
        {
            "slack_bot_token": install.bot_token,
            "slack_app_token": app.app_token,
            "slack_api_url": pg.api_url,
            "data_dir": data,
            "log_level": "warning",
        }
    )
    logs.configure(settings)
    return settings


def _empty(data: Path) -> None:
    """A folder with nothing of an earlier demo. Never takes anything from another's folder. Raises CannotStart."""
    if data.exists() and not (data.is_dir() and ((data / MARK).exists() or not any(data.iterdir()))):
        raise CannotStart(
            f"{data} holds something that no demo made. Give the demo a folder of its own with --data."
        )
    try:
        with claimed(data):
            for old in data.iterdir():
                if old.name not in (LOCK, SOCKET):
                    shutil.rmtree(old) if old.is_dir() else old.unlink()
            (data / MARK).write_text("Made by Between's demo, and emptied each time it starts.\n")
    except NoServer as error:
        raise CannotStart(str(error)) from None


if __name__ == "__main__":
    typer.run(main)
