"""`python -m playground`: Between and a Slack of its own, in one process, on one page, a fortnight in.

Two scenes: one workspace for all, and three that share a channel by Slack Connect, two of them with Between."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import logs
from bot.app import Between, started
from bot.domain.problems import Problem
from bot.embedded.binary import NoServer
from bot.embedded.folder import LOCK, SOCKET, claimed
from bot.ports import BadRecord, StoreDown
from bot.settings import CannotStart, Settings
from playground import script
from playground.apps import App
from playground.clock import Clock
from playground.config import CONNECT, SEED, load
from playground.messages import Channel
from playground.page import CannotTell, mount
from playground.server import Playground
from playground.world import World

PORT = 8765
MARK = "demo.txt"
"""Lies in a folder that a demo made, and may empty."""
COMING_TIMEOUT_S = 0.4
"""Real seconds that a page waits to be told what comes next: what it shows besides must not come late."""


@dataclass(frozen=True)
class Scene:
    """Who is there and what they did before the page opens; `several` workspaces install Between by OAuth, but for
    the first, whose token stands in the settings. `pair` names two who are worth being side by side."""

    people: Path
    script: Path
    told: str
    pair: tuple[str, str] | None = None
    several: bool = False


ONE = Scene(SEED, script.SCRIPT, "one group, nine leaders, a fortnight")
CONNECTED = Scene(
    CONNECT,
    script.CONNECT_SCRIPT,
    "one channel of three workspaces, two with Between, a fortnight",
    pair=("Priya", "Tomasz"),
    several=True,
)

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@dataclass
class Demo:
    """The demo's parts; `bot` comes once the playground it talks to is there."""

    world: World
    bot: Between | None = None

    async def move_to(self, when: datetime) -> None:
        """Raises CannotTell where the bot can't do what is due on the way; then the clock stays where that was."""
        if self.bot is None:
            self.world.clock.move_to(when)
            return
        try:
            await self.bot.live_to(when, self.world.clock.move_to)
        except StoreDown:
            raise CannotTell("The clock can't go on just now: Between's Redis does not answer.") from None

    def _channels(self) -> list[Channel]:
        """Where a group may be: not in a DM."""
        return [channel for channel in self.world.channels.values() if channel.is_named]

    async def next_thing(self) -> tuple[datetime, str] | None:
        """The soonest of what happens next in any channel's group. Raises CannotTell."""
        if self.bot is None:
            return None
        places = [(team, channel.id) for channel in self._channels() for team in channel.teams]
        try:
            async with asyncio.timeout(COMING_TIMEOUT_S):
                coming = [found for place in places if (found := await self.bot.coming(*place))]
        except StoreDown:
            raise CannotTell("Can't tell what comes next: Between's Redis does not answer.") from None
        except TimeoutError:
            raise CannotTell("Can't tell what comes next: Between is slow to answer.") from None
        except (BadRecord, Problem):
            raise CannotTell("Can't tell what comes next: a record of Between's can't be read.") from None
        return min(coming, default=None)


@cli.command()
def main(
    port: Annotated[
        int, typer.Option(metavar="PORT", min=1, max=65535, help="Where the page is, on this machine.")
    ] = PORT,
    data: Annotated[Path, typer.Option(help="A folder for the demo's own Redis; emptied at each start.")] = Path(
        "data/demo"
    ),
    connect: Annotated[
        bool,
        typer.Option(
            "--connect", help="Three workspaces that share a channel by Slack Connect; one has no Between."
        ),
    ] = False,
) -> None:
    """Start Between with a Slack of your own. Ctrl-C stops all of it; the next start begins afresh."""
    try:
        asyncio.run(_run(port, data, CONNECTED if connect else ONE))
    except CannotStart as error:
        _give_up("\n".join(error.sentences))
    except CannotTell as error:
        _give_up(str(error))
    except OSError as error:
        why = os.strerror(error.errno or 0).lower()
        _give_up(f"Can't open the page on port {port}: {why}. Try another with --port.")


def _give_up(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


async def _run(port: int, data: Path, scene: Scene) -> None:
    asked = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, asked.set)
    typer.echo(f"Setting the scene: {scene.told}. A few seconds…")
    async with playing(port, data, scene) as (pg, demo):
        demo.world.clock.thaw()
        typer.echo(f"\n  Open {pg.url}/{_beside(pg, scene)}\n\n  {_first_step(scene)} Ctrl-C stops everything.")
        await asked.wait()
        typer.echo("\nStopping.")


def _beside(pg: Playground, scene: Scene) -> str:
    """The rest of the one address: two people side by side, where the scene has two who are."""
    return "/".join(["both", *(pg.world.user(one).id for one in scene.pair)]) if scene.pair else ""


def _first_step(scene: Scene) -> str:
    if scene.pair is None:
        return "Pick who you are."
    return f"{' and '.join(scene.pair)} side by side; whose name you press at the top right becomes somebody else."


@asynccontextmanager
async def playing(
    port: int, data: Path, scene: Scene = ONE, *, beating: bool = True
) -> AsyncIterator[tuple[Playground, Demo]]:
    """The demo, a fortnight in, its clock standing still. Raises CannotStart, and OSError for the port.

    Not `beating`, the bot sends only what is due when the clock is moved or it is asked to `tick`.
    """
    told = script.read(scene.script)
    first = script.moment(told, told["scenes"][0]["at"])
    demo = Demo(load(scene.people, Clock(first, frozen=True)))
    async with AsyncExitStack() as stack:
        mounted = [
            lambda app, pg: mount(app, pg, next_thing=demo.next_thing, move_to=demo.move_to, landmark="digest")
        ]
        pg = await stack.enter_async_context(Playground(demo.world, port, mounted))
        settings = _settings(demo.world, pg, data, scene)
        demo.bot = await stack.enter_async_context(started(settings, clock=demo.world.clock.now, beating=beating))
        await script.play(told, pg, demo.move_to)
        yield pg, demo


def _settings(world: World, pg: Playground, data: Path, scene: Scene) -> Settings:
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
        | (_by_oauth(app) if scene.several else {})
    )
    logs.configure(settings)
    return settings


def _by_oauth(app: App) -> dict[str, object]:
    """Settings with which workspaces install Between by themselves; its pages for browsers are on a free port."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    ours = f"http://127.0.0.1:{port}"
    app.redirect_urls = [f"{ours}/slack/oauth_redirect"]
    return {
        "slack_client_id": app.client_id,
        "slack_client_secret": app.client_secret,
        "slack_allowed_workspaces": ",".join(app.installs),
        "between_url": ours,
        "http_port": port,
    }


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
    cli(prog_name="between demo")
