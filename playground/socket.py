"""Socket Mode: open connections of apps, and envelopes sent down them until they are acknowledged."""

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from playground import notation
from playground.clock import stopwatch
from playground.timers import Timer, Timers
from playground.traffic import Ack, Delivery
from playground.world import World

Json = dict[str, Any]
Spawn = Callable[[Coroutine[Any, Any, Any]], None]
MOST_CONNECTIONS = 10
LIFE, SHORT_LIFE = timedelta(seconds=3600), timedelta(seconds=360)
WARNING = timedelta(seconds=10)
HOST = "applink-playground"
PING = b"Ping from applink-playground"


@dataclass(slots=True, eq=False)
class _Line:
    """One open connection and the envelopes on it that await an answer. `life` is on the playground's clock."""

    ws: web.WebSocketResponse
    request: web.Request
    life: timedelta
    envelopes: set[str] = field(default_factory=set)
    timers: list[Timer] = field(default_factory=list)
    leaving: bool = False
    cut: bool = False

    @property
    def usable(self) -> bool:
        return not (self.leaving or self.cut or self.ws.closed)

    async def bid_goodbye(self, reason: str) -> None:
        """Ask for a new connection; this one gets no more envelopes."""
        self.leaving = True
        if not self.ws.closed:
            with suppress(ConnectionError):
                await self.ws.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}})

    async def keep_alive(self, every: float) -> None:
        """Ping until the connection has gone; some clients take half a minute without one for a broken line."""
        with suppress(ConnectionError):
            while self.usable:
                await asyncio.sleep(every)
                await self.ws.ping(PING)

    async def end(self, reason: str) -> None:
        await self.bid_goodbye(reason)
        await self.ws.close()

    def drop(self) -> None:
        """Cut the connection without a word."""
        self.cut = True
        if self.request.transport:
            self.request.transport.abort()


class SocketHub:
    """All Socket Mode connections. `connected(app id)` is called when one has opened."""

    def __init__(self, world: World, timers: Timers, spawn: Spawn, connected: Callable[[str], None]) -> None:
        self._world, self._timers, self._spawn, self._connected = world, timers, spawn, connected
        self._tickets: dict[str, str] = {}
        self._lines: dict[str, list[_Line]] = {}
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._coming: dict[str, float] = {}
        self._arrival = asyncio.Event()
        self._turn = count()

    def ticket(self, app_id: str) -> str:
        """A secret that opens one connection for this app."""
        ticket = str(uuid.uuid4())
        self._tickets[ticket] = app_id
        return ticket

    def connections(self, app_id: str) -> int:
        """How many connections may be given an envelope."""
        return len(self._usable(app_id))

    def _usable(self, app_id: str) -> list[_Line]:
        return [line for line in self._lines.get(app_id, []) if line.usable]

    # -- a connection's life -------------------------------------------------------------

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection open for as long as the app keeps it. `debug_reconnects=true` shortens its life."""
        app_id = self._tickets.pop(request.query.get("ticket", ""), None)
        if app_id is None:
            return web.Response(status=404, text="This address was used already, or never existed.")
        if self.connections(app_id) >= MOST_CONNECTIONS:
            return web.Response(status=429, text="This app has ten connections already.")
        hurried = request.query.get("debug_reconnects") == "true"
        line = _Line(web.WebSocketResponse(), request, SHORT_LIFE if hurried else LIFE)
        await line.ws.prepare(request)
        if hurried or self._world.strict:
            self._set_timers(line, app_id)
        await self._hold(app_id, line)
        return line.ws

    def _set_timers(self, line: _Line, app_id: str) -> None:
        """A warning about ten seconds before the end, and the end."""

        def warn() -> None:
            self._expect(app_id)
            self._spawn(line.bid_goodbye("warning"))

        line.timers = [
            self._timers.after(line.life - WARNING, warn),
            self._timers.after(line.life, lambda: self._spawn(line.end("refresh_requested"))),
        ]

    async def _hold(self, app_id: str, line: _Line) -> None:
        self._lines.setdefault(app_id, []).append(line)
        self._world.touch()
        try:
            await line.ws.send_json(_hello(app_id, self.connections(app_id), line.life))
            self._arrived(app_id)
            async with asyncio.TaskGroup() as beside:
                pings = beside.create_task(line.keep_alive(self._world.ping_seconds))
                async for message in line.ws:
                    if message.type is WSMsgType.TEXT:
                        self._hear(message.data)
                pings.cancel()
        finally:
            self._lines[app_id].remove(line)
            for timer in line.timers:
                timer.cancel()
            self._give_up(line)
            self._world.touch()

    def _give_up(self, line: _Line) -> None:
        """Nobody will answer on a broken connection. Who was asked to leave may still answer on the next one."""
        for envelope_id in line.envelopes if line.cut or not line.leaving else ():
            if answer := self._waiting.get(envelope_id):
                answer.cancel()

    def _hear(self, text: str) -> None:
        """An acknowledgement, if it is one; anything else is ignored, as Slack does."""
        try:
            said = notation.read(text)
        except ValueError:
            return
        answer = self._waiting.get(str(said.get("envelope_id"))) if isinstance(said, dict) else None
        if answer and not answer.done():
            answer.set_result(said.get("payload"))

    def _arrived(self, app_id: str) -> None:
        self._coming.pop(app_id, None)
        self._arrival.set()
        self._arrival = asyncio.Event()
        self._connected(app_id)

    def _expect(self, app_id: str) -> None:
        """The app was asked to come back: envelopes wait for it, as long as they would for an answer."""
        self._coming[app_id] = stopwatch() + self._world.ack_timeout_s

    # -- envelopes -----------------------------------------------------------------------

    async def send(self, delivery: Delivery, timeout_s: float) -> Ack:
        """Give an envelope to one of the app's connections, in turn, and wait for its acknowledgement."""
        lines = self._usable(delivery.app_id) or await self._awaited(delivery.app_id)
        if not lines:
            return Ack(ok=False, failure="dispatch_failed")
        line = lines[next(self._turn) % len(lines)]
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[delivery.id] = answer
        line.envelopes.add(delivery.id)
        try:
            await line.ws.send_json(_envelope(delivery))
            return Ack(ok=True, body=await asyncio.wait_for(answer, timeout_s))
        except TimeoutError:
            return Ack(ok=False, failure="operation_timeout")
        except ConnectionError:
            return Ack(ok=False, failure="dispatch_failed")
        except asyncio.CancelledError:
            if not answer.cancelled():
                raise
            return Ack(ok=False, failure="dispatch_failed")
        finally:
            del self._waiting[delivery.id]
            line.envelopes.discard(delivery.id)

    async def _awaited(self, app_id: str) -> list[_Line]:
        """The connections of an app that was asked to come back, once it has; none if it does not come."""
        while (left := self._coming.get(app_id, 0.0) - stopwatch()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrival.wait(), left)
            if lines := self._usable(app_id):
                return lines
        return []

    # -- goodbyes ------------------------------------------------------------------------

    def _of(self, app_id: str | None) -> list[tuple[str, _Line]]:
        found = [(owner, line) for owner, lines in self._lines.items() for line in lines]
        return [(owner, line) for owner, line in found if line.usable and app_id in (None, owner)]

    async def refresh(self, app_id: str | None = None, reason: str = "refresh_requested") -> None:
        """Ask the app (or every app) to connect anew; the old connection gets no more envelopes."""
        for owner, line in self._of(app_id):
            self._expect(owner)
            await line.bid_goodbye(reason)
        self._world.touch()

    async def disable(self, app_id: str) -> None:
        """Socket Mode was switched off for this app: its connections are ended and its addresses forgotten."""
        self._tickets = {ticket: owner for ticket, owner in self._tickets.items() if owner != app_id}
        for _, line in self._of(app_id):
            await line.end("link_disabled")

    def drop(self, app_id: str | None = None) -> int:
        """Cut connections without a word, and say how many."""
        cut = self._of(app_id)
        for _, line in cut:
            line.drop()
        return len(cut)

    async def close(self) -> None:
        """Say goodbye on every connection and close it."""
        await self.refresh(reason="warning")
        for line in [line for lines in self._lines.values() for line in lines]:
            await line.ws.close()


def _hello(app_id: str, connections: int, life: timedelta) -> Json:
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": app_id},
        "debug_info": {"host": HOST, "build_number": 1, "approximate_connection_time": int(life.total_seconds())},
    }


def _envelope(delivery: Delivery) -> Json:
    envelope: Json = {
        "envelope_id": delivery.id,
        "type": delivery.kind,
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "events_api",
    }
    if delivery.kind == "events_api":
        envelope |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.retry_reason}
    return envelope
