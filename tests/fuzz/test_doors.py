"""Thousands of payloads over the wire, signed and not: no 500, nobody else's record changed, no word outside its
audience, no log that grows. `make fuzz` throws 100,000, `make test-slow` some; FUZZ_PAYLOADS says how many."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from playground.clock import real_seconds, stopwatch
from simulation.at_rest import at_rest
from tests.fuzz.marks import OTHERS, OWN, SEALED, YOURS
from tests.fuzz.payloads import Thrown, actor_of, thrown
from tests.fuzz.seeds import AMIR, BOT, CARERS
from tests.fuzz.town import CLOSED, Town, foreign, town

pytestmark = pytest.mark.slow

PAYLOADS = int(os.environ.get("FUZZ_PAYLOADS", "400"))  # noqa: TID251
SHARES = 2 if PAYLOADS > 10_000 else 1
"""Towns, each with a part of the payloads, so that two processors can throw at once."""

LOOK_EVERY = 100
KINDS_REFUSED = 15
"""Kinds of what is refused at the door: five of headers and signature, ten of bodies."""

MOST_LINES = 7
"""Of the log, for one payload that is Slack's: what it asked for, and each way to say that it was refused. Those
that are not Slack's share one a minute of each kind."""


@dataclass
class Door:
    """Throws one after the other and looks at all that came of it."""

    place: Town
    http: aiohttp.ClientSession
    lines: list[Any]
    seen: Counter[str] = field(default_factory=Counter)
    refusals: int = 0
    unserved: list[str] = field(default_factory=list)
    """Where the web server fell over something: said once a minute, so it is kept."""

    async def throw(self, one: Thrown) -> None:
        stage, world = self.place.stage, self.place.stage.pg.world
        url = f"http://127.0.0.1:{stage.bot.port}/slack/events"
        async with self.http.post(url, data=one.raw, headers=_headers(one)) as answer:
            status, said = answer.status, await answer.text()
        await at_rest(self.place.stage.pg)  # what it leads to after its answer is its own, not the next one's
        self.seen[f"{status}"] += 1
        try:
            self._judge(one, status, said)
        finally:
            world.traffic.log.clear()
            world.modals.clear()
            world.notices.clear()
            self.lines.clear()
        if sum(self.seen.values()) % LOOK_EVERY == 0:
            await self.look()

    def _judge(self, one: Thrown, status: int, said: str) -> None:
        self.unserved += [line["kind"] for line in self.lines if "could not serve" in line["event"]]
        assert status < 500, (said, self.unserved)
        signed = one.headers == "signed"
        assert signed or status in (400, 401), "refused unread"
        calls = self.place.stage.pg.world.traffic.calls
        assert signed or not calls
        shown = said + json.dumps([call.args for call in calls], ensure_ascii=False, default=str)
        for word in self._sealed(one.actor):
            assert word not in shown, (word, [call.method for call in calls])
        logged = str(self.lines)
        assert SEALED not in logged
        assert YOURS not in logged
        assert not [line for line in self.lines if line["event"] == "bug"], self.lines
        doors = [line for line in self.lines if line["event"].startswith("refused a ")]
        self.refusals += len(doors)
        assert len(self.lines) - len(doors) <= MOST_LINES

    def _sealed(self, actor: str) -> tuple[str, ...]:
        """A bot and a closed account are in the channel still, and read there what Amir does."""
        return (SEALED, OTHERS) if actor in (AMIR, BOT, CLOSED) else (SEALED, OTHERS, YOURS, OWN)

    async def look(self) -> None:
        """Nobody else's record is another than before; and what the playground shows is swept up."""
        assert await foreign(self.place) == self.place.foreign
        for channel in self.place.stage.pg.world.channels.values():
            for ts in [ts for ts, message in channel.messages.items() if message.ephemeral_to]:
                del channel.messages[ts]

    def fresh(self, payload: dict[str, Any]) -> None:
        """A trigger and an address that are good for whoever sends it, as from a press just now."""
        world = self.place.stage.pg.world
        user = world.users.get(actor_of(payload))
        if user is None or payload.get("type") == "event_callback":
            return
        who = self.place.stage.person(user.real_name.split()[0])
        payload["trigger_id"] = who.trigger(who.app())
        if "response_url" in payload or "command" in payload:
            payload["response_url"] = who.response_url(who.app(), world.channels[CARERS])


def _headers(one: Thrown) -> dict[str, str]:
    now = str(real_seconds() - (900 if one.headers == "stale" else 0))
    secret = b"guessed" if one.headers == "wrong secret" else b"playground-signing-secret"
    signature = "v0=" + hmac.new(secret, b"v0:" + now.encode() + b":" + one.raw, hashlib.sha256).hexdigest()
    every = {"Content-Type": one.kind, "X-Slack-Request-Timestamp": now, "X-Slack-Signature": signature}
    if one.headers == "no headers":
        return {"Content-Type": one.kind}
    if one.headers == "no signature":
        del every["X-Slack-Signature"]
    if one.headers in ("odd signature", "two signatures"):
        every["X-Slack-Signature"] = "v0=é" if one.headers == "odd signature" else f"{signature}, {signature}"
    return every


class Libraries(logging.Handler):
    """What Bolt, slack_sdk and aiohttp log goes among the bot's own lines."""

    def __init__(self, lines: list[Any]) -> None:
        super().__init__(logging.WARNING)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append({"event": f"{record.name}: {record.getMessage()}", "exc_info": record.exc_info})


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """Hypothesis calls a plain function; the bot lives on between its examples in a loop of its own."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.mark.timeout(4 * 3600 if PAYLOADS > 1000 else 180)
@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_is_thrown_at_the_door_nothing_goes_where_it_should_not(
    runner: asyncio.Runner, redis_url: str, share: int
) -> None:
    began = stopwatch()
    with capture_logs() as lines:
        world = town(redis_url)
        place = runner.run(world.__aenter__())
        http = runner.run(new_session())
        logging.getLogger().addHandler(libraries := Libraries(lines))
        door = Door(place, http, lines)

        @settings(
            max_examples=PAYLOADS // SHARES,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # what came before is part of the story, so that nothing can be made shorter
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def throw(data: st.DataObject) -> None:
            runner.run(door.throw(data.draw(thrown(place.seeds, place.ids, door.fresh))))

        try:
            throw()
            runner.run(door.look())
        finally:
            logging.getLogger().removeHandler(libraries)
            runner.run(http.close())
            runner.run(world.__aexit__(None, None, None))
    sys.stdout.write(f"{sum(door.seen.values())} payloads: {dict(door.seen)}; {door.refusals} lines of refusals\n")
    assert sum(door.seen.values()) >= PAYLOADS // SHARES
    assert door.refusals <= KINDS_REFUSED * ((stopwatch() - began) / 60 + 2)
    assert door.seen["200"] > PAYLOADS // SHARES // 3, "enough get past the door"


async def new_session() -> aiohttp.ClientSession:
    """A connection for each request: between two examples the loop stands still, on a busy machine for longer than
    the server keeps an idle one."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))
