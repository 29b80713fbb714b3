"""`between playground`: the playground alone, with no bot in it, for any app that speaks Slack, in any language."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NoReturn

import typer
import yaml

from playground.apps import App
from playground.config import SEED, load
from playground.page import mount
from playground.server import Playground
from playground.world import Unknown, World

PORT = 8765

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@cli.command()
def main(
    config: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="Who and what is there, in YAML; the file itself says what it may hold.",
            show_default="the demo's own people",
        ),
    ] = SEED,
    port: Annotated[
        int,
        typer.Option(metavar="PORT", min=1, max=65535, help="Where the page and the Web API are, on this machine."),
    ] = PORT,
) -> None:
    """Serve a Slack of your own to any Slack app, and start no bot.

    It prints the page's address and what your app needs: the API's address, tokens and secrets. Deliveries go to an
    app's `request_url` if it has one in FILE, else over Socket Mode. Ctrl-C stops it; nothing is kept.
    """
    try:
        asyncio.run(_serve(_world(config), port))
    except OSError as error:
        _give_up(f"Can't open port {port}: {os.strerror(error.errno or 0).lower()}. Try another with --port.")


def _world(config: Path) -> World:
    """The world in the file, or a sentence about what is wrong with it."""
    try:
        return load(config)
    except OSError as error:
        _give_up(f"Can't read {config}: {os.strerror(error.errno or 0).lower()}.")
    except yaml.YAMLError as error:
        _give_up(f"{config} is not YAML: {' '.join(str(error).split())}")
    except KeyError as missing:
        _give_up(f"{config} can't be used: an entry has no {missing}.")
    except (ValueError, TypeError, AttributeError, Unknown) as fault:
        _give_up(f"{config} can't be used: {fault}")


def _give_up(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    raise typer.Exit(2)


async def _serve(world: World, port: int) -> None:
    asked = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, asked.set)
    async with Playground(world, port, [mount]) as pg:
        typer.echo("\n".join(welcome(world, pg.url, pg.api_url)))
        await asked.wait()
        typer.echo("\nStopping.")


def welcome(world: World, url: str, api_url: str) -> Iterator[str]:
    """Everything somebody needs to point an app here, line by line."""
    yield f"\n  Open {url}/ and pick who you are. Ctrl-C stops it.\n"
    yield f"  SLACK_API_URL={api_url}"
    yield f'  Bolt for Python:      App(client=WebClient(token="xoxb-…", base_url="{api_url}"), …)'
    yield f"  Bolt for JavaScript:  new App({{token: 'xoxb-…', clientOptions: {{slackApiUrl: '{api_url}'}}, …}})"
    for app in world.apps.values():
        yield from _about(world, app)


def _about(world: World, app: App) -> Iterator[str]:
    """One app: how it is reached, and the secrets it needs, as they would stand in its `.env`."""
    yield f"\n  {app.name} ({app.id}), {_way(app)}"
    for install in app.installs.values():
        yield f"    SLACK_BOT_TOKEN={install.bot_token}  # {world.workspaces[install.team_id].name}"
    if app.socket_mode:
        yield f"    SLACK_APP_TOKEN={app.app_token}"
    yield f"    SLACK_SIGNING_SECRET={app.signing_secret}"
    if app.client_id:
        yield f"    SLACK_CLIENT_ID={app.client_id}"
        yield f"    SLACK_CLIENT_SECRET={app.client_secret}"


def _way(app: App) -> str:
    if app.socket_mode:
        return "over Socket Mode"
    return (
        f"by signed HTTP to {app.request_url}"
        if app.request_url
        else "by signed HTTP, but it has no request_url yet"
    )


if __name__ == "__main__":
    cli(prog_name="between playground")
