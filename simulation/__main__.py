"""`python -m simulation`: plays a quarter of a group through the real bot, and says what it came to."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.embedded.binary import NoServer
from bot.embedded.server import EmbeddedServer
from bot.settings import Settings
from simulation import excerpt, growth, run, table

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@cli.command()
def main(
    weeks: Annotated[int, typer.Option(min=1, max=52, help="How long.")] = 13,
    groups: Annotated[int, typer.Option(min=1, help="1: nine with habits. More: what plain groups cost.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed plays the same.")] = 7,
    meets: Annotated[run.Meets, typer.Option(help="How often they meet.")] = run.Meets.FORTNIGHTLY,
    into: Annotated[
        Path | None, typer.Option(help="A folder for transcript.txt, table.txt, table.json and example.md.")
    ] = None,
) -> None:
    """Play groups through the real bot on the playground, with a clock that is moved on.

    Ends with 1 where a promise was broken or a wanted figure missed.
    """
    logs.configure(Settings.model_construct(log_level="critical"))
    began = time.perf_counter()
    if groups > 1:
        found = [_grown(count, weeks, seed, meets) for count in growth.sizes(groups)]
        said, data, broken = growth.table(found, weeks), growth.as_json(found), growth.broken(found)
        told = shown = ""
    else:
        with _redis() as url:
            played = asyncio.run(run.played(url, weeks=weeks, seed=seed, meets=meets))
        said, data = table.table(played.figures, seed), table.as_json(played.figures, seed)
        broken, told = [*played.figures.broken, *played.figures.missed], played.transcript
        shown = _example(told)
    typer.echo(said)
    spent = time.perf_counter() - began, time.process_time()
    typer.echo(f"Played in {spent[0]:.0f} seconds, of which {spent[1]:.0f} of processor time.")
    if into:
        _write(into, {"transcript.txt": told, "table.txt": said, "table.json": data, "example.md": shown})
        typer.echo(f"Written to {into}.")
    raise typer.Exit(1 if broken else 0)


def _example(transcript: str) -> str:
    """Nothing for a play that is too short for its scenes."""
    try:
        return excerpt.example(transcript)
    except ValueError:
        return ""


def _grown(count: int, weeks: int, seed: int, meets: run.Meets) -> growth.Cost:
    with _redis() as url:
        return asyncio.run(growth.cost(url, count, weeks=weeks, seed=seed, meets=meets))


@contextmanager
def _redis() -> Iterator[str]:
    """One of its own, gone afterwards; what a play writes need not outlive a power cut."""
    with tempfile.TemporaryDirectory(prefix="between-") as folder:
        server = EmbeddedServer(Path(folder), fsync="no")
        try:
            server.start()
        except NoServer as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from None
        try:
            yield server.url
        finally:
            server.stop()


def _write(into: Path, files: dict[str, str]) -> None:
    into.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if text:
            (into / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    cli(prog_name="between simulate")
