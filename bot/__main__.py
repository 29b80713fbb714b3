"""The command line: `between run`, `demo`, `playground`, `simulate`, `manifest`, `doctor`, `keys`,
`installations`, `invite-workspace`, `year`.

Every failed start is a sentence. The bot itself is imported by the commands that need it, so that help and a fault
in .env are there at once.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot.manifest import as_json
from bot.settings import CannotStart, Settings, load

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

Answer = TypeVar("Answer")

cli = typer.Typer(
    name="between",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=(
        "Between, a Slack bot for leaders who share a problem but not a boss.\n\n"
        "New here? `between demo` starts it with a Slack of your own and prints one address to open. "
        "For your real Slack: make an app from `between manifest`, fill in .env (see .env.example), "
        "ask `between doctor`, then `between run`."
    ),
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"between {version('between')}")
        raise typer.Exit


@cli.callback()
def _between(
    show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version.")
    ] = False,
) -> None: ...


@cli.command()
def run() -> None:
    """Run the bot against the Slack named in .env.

    Ctrl-C stops it: what is under way is brought to its end first, within ten seconds.
    """
    from bot import app, logs
    from bot.slack.socket_mode import Disconnected

    try:
        settings = load()
        logs.configure(settings)
        asyncio.run(app.serve(settings))
    except CannotStart as error:
        _give_up(error, "Between can't start")
    except Disconnected:
        typer.echo(
            "Slack could not be reached for five minutes. Start Between again, or let a supervisor.", err=True
        )
        raise typer.Exit(1) from None


@cli.command(add_help_option=False, context_settings=PASSED_ON)
def demo(context: typer.Context) -> None:
    """Start the bot and a Slack of your own (try --port)."""
    _become("playground", "The demo", context)


@cli.command(add_help_option=False, context_settings=PASSED_ON)
def playground(context: typer.Context) -> None:
    """Serve that Slack alone, for any app of yours (try --help)."""
    _become("playground.serve", "The playground", context)


@cli.command(add_help_option=False, context_settings=PASSED_ON)
def simulate(context: typer.Context) -> None:
    """Play a group's quarter through the bot in seconds (try --help)."""
    _become("simulation", "The simulation", context)


@cli.command()
def manifest(
    http: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="For signed HTTP: where Slack finds the bot, such as https://bot.example."
        ),
    ] = None,
    typing: Annotated[
        bool, typer.Option("--typing", help="Leaders may also answer by typing in their DM with the bot.")
    ] = False,
    install_at: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="For several workspaces: where browsers install it (BETWEEN_URL). With --http it is that address.",
        ),
    ] = None,
    org: Annotated[
        bool, typer.Option("--org", help="It may be installed for a whole Enterprise organisation at once.")
    ] = False,
) -> None:
    """Print the manifest to make your Slack app from.

    At api.slack.com/apps: Create New App, From a manifest, and paste it there.
    """
    if http is not None and not http.startswith("https://"):
        _give_up(CannotStart("--http needs an address that Slack can call, and it must begin with https://."))
    if install_at is not None and not install_at.startswith("https://"):
        _give_up(CannotStart("--install-at needs an address that browsers reach, and it must begin with https://."))
    typer.echo(as_json(http, typing=typing, install_at=install_at, org=org))


@cli.command()
def installations() -> None:
    """List the workspaces that Between is installed in, and those that took it out."""
    from bot import doctor

    for line in _asked(doctor.installed_in(_settings())):
        typer.echo(line)


@cli.command()
def invite_workspace() -> None:
    """Print a link by which one workspace may install Between, once, within seven days."""
    from bot import doctor

    settings = _settings()
    if not settings.installable:
        _give_up(CannotStart("Set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and BETWEEN_URL first (docs/run-it.md)."))
    typer.echo(_asked(doctor.invitation(settings)))


def _asked(question: Coroutine[Any, Any, Answer]) -> Answer:
    try:
        return asyncio.run(question)
    except CannotStart as error:
        _give_up(error)


@cli.command(name="doctor")
def doctor_(
    put_back: Annotated[bool, typer.Option("--put-back", help="Try messages again that were set aside.")] = False,
) -> None:
    """Check everything, and say what to do.

    Tokens, scopes, Redis, clock and zone data. Ends with 0 when all is well, with 1 when something is to mend.
    """
    from bot import app, doctor

    findings = asyncio.run(doctor.examine(load, app.utc_now, put_back=put_back))
    for finding in findings:
        typer.echo(str(finding))
    raise typer.Exit(1 if any(finding.mend for finding in findings) else 0)


@cli.command()
def hold(
    group: Annotated[str, typer.Argument(metavar="GROUP", help="Its id, or its name as it stands in Slack.")],
    lift: Annotated[bool, typer.Option("--lift", help="End the legal hold.")] = False,
) -> None:
    """Set a legal hold on a group, or lift it.

    While it stands nothing of the group is deleted: who presses Erase me is hidden from everybody, and erased once
    it is lifted. The group's channel is told of both.
    """
    from bot import app, holding

    said, found = asyncio.run(holding.hold(_settings(), group, lift=lift, now=app.utc_now()))
    typer.echo(said, err=not found)
    raise typer.Exit(0 if found else 1)


@cli.command()
def erase(
    person: Annotated[str, typer.Argument(metavar="[ID]", help="Whom, by the id that the list says.")] = "",
    left: Annotated[
        bool,
        typer.Option("--leave", help="Leave what they said they'd do, asked all, and answered without a name."),
    ] = False,
    sure: Annotated[bool, typer.Option("--yes", help="Don't ask whether you are sure.")] = False,
) -> None:
    """Erase somebody who can't press Erase me any more, and asks you; without an id, list who is in no group.

    What it does is what the button does (docs/rights.md). It can't be undone.
    """
    from bot import app, erasing

    if person and not sure:
        typer.confirm(f"Erase all that is kept of {person}? It can't be undone", abort=True)
    said, done = asyncio.run(erasing.erase(_settings(), person, left=left, now=app.utc_now()))
    typer.echo(said, err=not done)
    raise typer.Exit(0 if done else 1)


@cli.command()
def year(
    group: Annotated[str, typer.Argument(metavar="GROUP|all", help="Its id, or its name as it stands in Slack.")],
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the page and its figures go.")],
) -> None:
    """Write a group's year as one page to print, and its figures as CSV.

    Nothing in it is by person.
    """
    from bot import app, yearbook

    books = _asked(yearbook.written(_settings(), group, app.utc_now()))
    try:
        for line in yearbook.laid_down(books, into):
            typer.echo(line)
    except OSError as error:
        _give_up(CannotStart(f"{into} can't be written: {error.strerror}."))


keys_cli = typer.Typer(no_args_is_help=True, help="The keys that encrypt what is stored (docs/run-it.md).")
cli.add_typer(keys_cli, name="keys")


@keys_cli.command()
def new() -> None:
    """Print a new master key, for BETWEEN_KEYS or a vault. It is kept nowhere else."""
    from bot import app

    typer.echo(app.new_master_key().line())


@keys_cli.command(name="list")
def list_() -> None:
    """Say which master keys there are, and which of them what is stored needs."""
    from bot import turn_keys

    for line in _asked(turn_keys.listed(_settings())):
        typer.echo(line)


@keys_cli.command()
def rotate(
    data: Annotated[
        bool, typer.Option("--data", help="New data keys too: every record is encrypted anew. Takes longer.")
    ] = False,
) -> None:
    """Go over to the newest master key, while bots run, and encrypt what an earlier Between wrote.

    Give it to every bot first, before the older ones. Stopped half way, start it again: what is done is passed
    over.
    """
    from bot import turn_keys

    if faults := _asked(turn_keys.turned(_settings(), data=data, say=typer.echo)):
        typer.echo(f"{len(faults)} could not be read, and stand as they stood.", err=True)
        raise typer.Exit(1)


def _become(module: str, what: str, context: typer.Context) -> NoReturn:
    """Go on as another program: the bot never imports the playground."""
    if find_spec(module.partition(".")[0]) is None or find_spec("slackblocks") is None:
        _give_up(CannotStart(f"{what} needs more than the bot does: pip install 'between[playground]'"))
    os.execv(sys.executable, [sys.executable, "-m", module, *context.args])  # noqa: S606


def _settings() -> Settings:
    try:
        return load()
    except CannotStart as error:
        _give_up(error)


def _give_up(error: CannotStart, what: str = "That can't be done") -> NoReturn:
    typer.echo(f"{what}:" if len(error.sentences) > 1 else f"{what}. {error}", err=True)
    if len(error.sentences) > 1:
        for sentence in error.sentences:
            typer.echo(f"- {sentence}", err=True)
    raise typer.Exit(2)


def main() -> None:
    """As the script `between` calls it; exits with what the command says."""
    cli()


if __name__ == "__main__":
    main()
