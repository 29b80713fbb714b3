"""Words of every private kind, in a simulated quarter of three groups with Slack failing all through it: found with
their author, and nowhere else."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import timedelta
from random import Random

import aiohttp
import pytest

from bot import app
from bot.embedded.server import EmbeddedServer
from bot.slack import calls
from playground.faults import Fault
from playground.traffic import ApiCall, Delivery
from simulation.cast import DEFAULT
from simulation.play import Play
from simulation.player import newest
from simulation.run import OPENS, ends
from simulation.stage import Stage, staged
from simulation.words import is_private, is_sealed, marks
from tests.promises.canaries import CODES
from tests.promises.test_encrypted import everything, server

__all__ = ["server"]

WEEKS = int(os.environ.get("WEATHER_WEEKS", "13"))  # noqa: TID251
SPELL = timedelta(hours=17)
"""From one spell of bad weather to the next: at another hour each day."""

METHODS = (
    "chat.postMessage",
    "chat.postMessage",
    "chat.update",
    "chat.update",
    "views.open",
    "views.push",
    "views.update",
    "views.publish",
    "chat.postEphemeral",
    "conversations.open",
    "conversations.members",
    "conversations.info",
    "users.info",
    "response_url",
)
KINDS = (
    "lost",
    "closed",
    "error_before",
    "error_after",
    "fatal_before",
    "fatal_after",
    "garbled",
    "ratelimited",
    "outage",
)
BESIDE = ("event_twice", "event_late")


@dataclass
class Keeping(Stage):
    """Keeps all that went over the wire."""

    wire: list[ApiCall | Delivery] = field(default_factory=list)

    def drain(self) -> list[ApiCall | Delivery]:
        found = super().drain()
        self.wire += found
        return found


@dataclass(frozen=True)
class Sighting:
    word: str
    where: str
    reader: str


def plan_weather(play: Play, seed: int) -> None:
    """Until a week before the end, so that what waited can still go."""
    dice, at = Random(f"weather:{seed}"), play.stage.now
    while (at := at + SPELL) < ends(play.stage.now, WEEKS - 1):
        play.plan(at, lambda: _a_spell(play.stage, dice))


async def _a_spell(stage: Stage, dice: Random) -> None:
    faults = stage.pg.world.faults
    for _ in range(2):
        kind, method = dice.choice(KINDS), dice.choice(METHODS)
        faults.order(Fault(kind, seconds=dice.choice((2, 600, 3600))), times=dice.choice((1, 2, 3)), method=method)
    if dice.random() < 0.2:
        faults.order(Fault(dice.choice(BESIDE), seconds=60))


TRIES = 3


class InWeather(Play):
    in_vain = 0

    async def _try(self, deed: Callable[[], Awaitable[object]]) -> None:
        """Where Slack does not open what was pressed, people look for it in vain, try again, and leave it."""
        for _ in range(TRIES):
            try:
                await super()._try(deed)
            except (ValueError, KeyError, AssertionError):
                self.in_vain += 1
            else:
                return
            finally:
                for player in self.players.values():
                    await player.close()


SHEETS = ("See commitments", "Read digests", "For you", "Open now", "What people can lend", "Why this?", "What for")


async def look_everywhere(play: Play) -> None:
    play.stage.pg.world.faults.orders.clear()
    for group in play.groups:
        message = newest(play.stage.pg.world.channels[group.channel], "More")
        for leader in group.leaders:
            player = play.players[leader.id]
            await player.person.open_home()
            await play.stage.settle()
            for sheet in SHEETS:
                await player.press(message, "More")
                await player.press_in_form(sheet)
                await player.close()


class Hunt:
    """`readers`: whose form each is, which a later change of it does not say."""

    def __init__(self, stage: Keeping) -> None:
        self.world, self.wire = stage.pg.world, stage.wire
        self.forms: dict[str, str] = {}

    def sightings(self) -> Iterator[Sighting]:
        for one in self.wire:
            where, reader, drawn = self._call(one) if isinstance(one, ApiCall) else self._answer(one)
            for word in marks(json.dumps(drawn, ensure_ascii=False, default=str)):
                yield Sighting(word, where, reader)
        for file in self.world.files.values():
            for word in marks((file.content or b"").decode("utf-8-sig", "replace")):
                yield Sighting(word, file.name, "a file")

    def _call(self, call: ApiCall) -> tuple[str, str, object]:
        """Whether Slack took it or not: it went over the wire."""
        args, reader = call.args, ""
        if call.method in ("views.open", "views.push"):
            reader = self.world.triggers[args["trigger_id"]].user_id
            if view := (call.response or {}).get("view"):
                self.forms[view["id"]] = reader
        elif call.method == "views.update":
            reader = self.forms.get(args.get("view_id", ""), "")
        elif call.method == "views.publish":
            reader = args["user_id"]
        return call.method, reader, args

    def _answer(self, one: Delivery) -> tuple[str, str, object]:
        said = one.payload
        user = said.get("user") or said.get("user_id") or ""
        reader = user["id"] if isinstance(user, dict) else str(user)
        if view := said.get("view"):
            self.forms[view["id"]] = reader
        return "answer", reader, one.ack.json if one.ack else {}


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("logged")
async def test_a_quarter_of_bad_weather_shows_no_private_word_to_anybody_else(
    server: EmbeddedServer, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "SERVER_CLOCK_TIMEOUT_S", 0)  # what waits by the server's clock has no time to
    monkeypatch.setattr(calls, "RETRY_S", 0.01)
    monkeypatch.setattr(calls, "TIMEOUT", aiohttp.ClientTimeout(total=2))
    lines = said_from_now_on()
    async with staged(server.url, DEFAULT, OPENS) as plain:
        stage = Keeping(**{one.name: getattr(plain, one.name) for one in fields(Stage)})
        play = InWeather(stage, DEFAULT, 7)
        await play.gather("Every two weeks")
        plan_weather(play, seed)
        await play.live(ends(stage.now, WEEKS))
        await look_everywhere(play)
        stage.drain()
        struck = stage.pg.world.faults.counts
        found = [*Hunt(stage).sightings()]
        log = lines.getvalue()
        health = json.dumps(await stage.bot.health.state(), default=str)
        stored = (await asyncio.to_thread(everything, server)).decode("latin-1")
        keys = [key.decode() async for key in stage.store.connection.client.scan_iter(count=1000)]
    written, tally = play.written, play.tally
    sys.stdout.write(f"seed {seed}; faults {dict(struck)}; {Counter(map(kind_of, written.authors))} written\n")
    sys.stdout.write(f"{len(play.stage.wire)} calls, {len(log)} of log, {len(stored)} stored, {len(keys)} keys\n")
    sys.stdout.write(f"{tally.leaked}\n{tally.sealed.faults}\n{tally.doubled[:5]}\n")
    private = [one for one in found if is_private(one.word)]
    assert [one for one in private if one.reader != written.authors[one.word]] == []
    assert tally.leaked == []
    assert tally.sealed.faults == []
    for where, text in {"log": log, "health": health, "store": stored}.items():
        assert marks(text) == set(), where
        assert [word for word in CODES if word in text] == [], where
    assert written.authors
    assert sum(struck.values()) > 5 * WEEKS


def said_from_now_on() -> io.StringIO:
    """All that is logged, at its most talkative: many megabytes."""
    stream = io.StringIO()
    for handler in logging.getLogger().handlers:
        if type(handler) is logging.StreamHandler:
            handler.stream = stream
    return stream


def kind_of(word: str) -> str:
    return "private" if is_private(word) else "sealed" if is_sealed(word) else "shared"
