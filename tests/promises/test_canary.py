"""Words of every private kind are found with their author, and nowhere else: a quarter with everything on, in which
Slack fails now and then, searched message by message, file by file, line by line of the log at its most talkative,
in what `/healthz` tells, the names of keys, all that is stored, and a backup."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from bot.embedded.server import EmbeddedServer
from playground.traffic import ApiCall
from tests.promises.canaries import CODES, JUST_ME, PRIVATE, QUIET, a_quarter
from tests.promises.test_encrypted import everything, server
from tests.promises.watch import shown
from tests.stage import Stage, staged

pytestmark = pytest.mark.slow

__all__ = ["server"]

ASKED_AT_MOST = 3


@dataclass(frozen=True)
class Sighting:
    """`reader` is a person's name, or what else could be read."""

    word: str
    where: str
    reader: str


def in_what_was_shown(stage: Stage, words: tuple[str, ...]) -> Iterator[Sighting]:
    world = stage.pg.world
    names = {user.id: user.real_name.split()[0] for user in world.users.values()}
    for one in shown(stage):
        drawn = f"{one.text} {one.screen} {json.dumps(one.blocks, ensure_ascii=False)}"
        for word in words:
            if word in drawn:
                yield Sighting(word, one.kind, names.get(one.to, f"#{one.to}"))


def in_refused_calls(stage: Stage, words: tuple[str, ...]) -> Iterator[Sighting]:
    """What Slack did not take went over the wire all the same."""
    for call in stage.pg.world.traffic.log:
        if isinstance(call, ApiCall) and call.method.startswith("chat."):
            for word in words:
                if word in json.dumps(call.args, ensure_ascii=False, default=str):
                    yield Sighting(word, call.method, str(call.args.get("channel")))


def in_files(stage: Stage, words: tuple[str, ...]) -> Iterator[Sighting]:
    for file in stage.pg.world.files.values():
        content = (file.content or b"").decode("utf-8-sig", "replace")
        for word in words:
            if word in content:
                yield Sighting(word, file.name, "a file")


async def in_what_runs(stage: Stage, server: EmbeddedServer, log: str, words: tuple[str, ...]) -> list[Sighting]:
    """The log, what is told of health, the store and its backup."""
    health = json.dumps(await stage.bot.health.state(), default=str)
    stored = (await asyncio.to_thread(everything, server)).decode("latin-1")
    places = {"the log": log, "/healthz": health, "the store and a backup": stored}
    return [Sighting(word, where, where) for where, text in places.items() for word in words if word in text]


@pytest.mark.timeout(240)
async def test_every_private_word_is_found_with_its_author_alone(
    server: EmbeddedServer, logged: Callable[[], str]
) -> None:
    async with staged(server.url) as stage:
        stage.pg.world.traffic.log = deque(maxlen=None)
        await a_quarter(stage)
        log = logged()
        every = (*PRIVATE, *QUIET)
        written = json.dumps([one.payload for one in stage.pg.world.traffic.deliveries], ensure_ascii=False)
        seen = [*in_what_was_shown(stage, every)]
        posted = [*in_refused_calls(stage, tuple(JUST_ME))]
        files = [*in_files(stage, every)]
        running = await in_what_runs(stage, server, log, every)
        running += await in_what_runs(stage, server, log, CODES)
    told = sorted({(one.word, one.reader, one.where) for one in [*seen, *posted, *files, *running]})
    sys.stdout.write("\n".join(f"{word}: {reader}, {where}" for word, reader, where in told) + "\n")
    strangers = [one for one in seen if one.word in PRIVATE and one.reader != PRIVATE[one.word]]
    assert strangers == []
    assert posted == [], "words for oneself stand in no message, not even one's own"
    assert [one for one in files if one.word in PRIVATE and one.word != "echidna"] == []
    assert running == []
    assert [word for word in every if word not in written] == [], "else there was nothing to find"
    asked = {one.reader for one in seen if one.word in QUIET} - {"Jo"}
    assert 1 <= len(asked) <= ASKED_AT_MOST
    assert "Wei" not in asked
    assert "not sent" in log
