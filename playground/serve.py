"""`between playground`: the playground alone, with no bot in it, for any app that speaks Slack, in any language."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
import yaml

from playground import manifest as manifests
from playground.apps import App
from playground.config import SEED, doubts, load
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
    manifest: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your app's manifest, JSON or YAML, in place of the apps of --config."),
    ] = None,
    port: Annotated[
        int,
        typer.Option(metavar="PORT", min=1, max=65535, help="Where the page and the Web API are, on this machine."),
    ] = PORT,
) -> None:
    """Serve a Slack of your own to any Slack app, and start no bot.

    It prints the page's address and what your app needs: the API's address, tokens and secrets. Deliveries go to
    the app's request URLs if FILE names any, else over Socket Mode. Ctrl-C stops it; nothing is kept.
    """
    try:
        world = _world(config, manifest)
        asyncio.run(_serve(world, port))
    except OSError as error:
        _give_up(f"Can't open port {port}: {os.strerror(error.errno or 0).lower()}. Try another with --port.")


def _world(config: Path, manifest: Path | None) -> World:
    """The world in the file, with the manifest's app if there is one; its doubts are told.

    Ends with a sentence about what is wrong with either.
    """
    app = _app(manifest) if manifest else None
    try:
        world = load(config, app=app)
        for doubt in doubts(world):
            _warn(doubt)
        return world
    except OSError as error:
        _give_up(f"Can't read {config}: {os.strerror(error.errno or 0).lower()}.")
    except yaml.YAMLError as error:
        _give_up(f"{config} is not YAML: {' '.join(str(error).split())}")
    except KeyError as missing:
        _give_up(f"{config} can't be used: an entry has no {missing}.")
    except (ValueError, TypeError, AttributeError, Unknown) as fault:
        _give_up(f"{config} can't be used: {fault}")


def _app(path: Path) -> dict[str, Any]:
    """The app that a manifest describes."""
    try:
        read = yaml.safe_load(path.read_text("utf-8"))
        found = manifests.app(read)
    except OSError as error:
        _give_up(f"Can't read {path}: {os.strerror(error.errno or 0).lower()}.")
    except yaml.YAMLError as error:
        _give_up(f"{path} is neither JSON nor YAML: {' '.join(str(error).split())}")
    except (ValueError, TypeError, AttributeError) as fault:
        _give_up(f"{path} can't be used: {fault}")
    for doubt in manifests.absent(read):
        _warn(doubt)
    return found


def _warn(sentence: str) -> None:
    sys.stderr.write(f"  Note: {sentence}\n")


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
    own = [app.request_url, app.events_url, app.interactivity_url, app.options_url, *(c.url for c in app.commands)]
    every = list(dict.fromkeys(one for one in own if one))
    return f"by signed HTTP to {', '.join(every)}" if every else "by signed HTTP, but it has no request_url yet"


if __name__ == "__main__":
    cli(prog_name="between playground")
