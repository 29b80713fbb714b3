"""The web server: signed requests from Slack in HTTP mode, and `/healthz` for whoever watches over the bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock

from bot.slack.connections import Connections, Limits
from bot.slack.log_limiter import LogLimiter
from bot.slack.payload import BadPayload, parse
from bot.slack.replays import Answer, Replays
from bot.slack.signatures import SIGNATURE, fault_of_headers, signed_by_slack

Health = Callable[[], Awaitable[dict[str, Any]]]
"""What `/healthz` shows; `ok` decides between 200 and 503."""

MAX_BODY_BYTES = 1024 * 1024
"""Bytes in one request. Slack's own stay far below it."""

STANDARD = Limits()


@asynccontextmanager
async def listening(
    host: str,
    port: int,
    health: Health,
    *,
    slack: AsyncApp | None,
    path: str,
    signing_secret: str,
    limits: Limits = STANDARD,
    pages: Sequence[web.RouteDef] = (),
) -> AsyncIterator[int]:
    """Listen while the context lasts; yields the port (0 asks for any free one). Raises OSError if it is taken.

    `pages` are for browsers: those to install us. At the end no new request is let in, and those under way get
    three seconds."""
    limiter = LogLimiter()
    connections = Connections(limits, limiter)
    app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[connections.count])
    app.router.add_get("/healthz", partial(_healthz, health))
    app.router.add_routes(pages)
    if slack:
        clock = Clock()
        door = _Door(slack, signing_secret, limits.body_s, limiter, connections, clock, Replays(clock.now))
        app.router.add_post(path, door.take)
    try:
        async with connections.serving(app, host, port) as taken:
            yield taken
    finally:
        # After the last request: what was refused in the last minute is said before we go.
        limiter.close()


async def _healthz(health: Health, _: web.Request) -> web.Response:
    state = await health()
    return web.json_response(state, status=200 if state["ok"] else 503)


_REFUSALS = {
    400: "refused a malformed payload",
    401: "refused a request that is not Slack's",
    408: "gave up on a request",
}


@dataclass
class _Door:
    """Where Slack's signed requests come in. Slack signs by real time, also where our own clock is the demo's."""

    slack: AsyncApp
    secret: str = field(repr=False)
    body_s: float
    limiter: LogLimiter
    connections: Connections
    clock: Clock
    replays: Replays

    async def take(self, request: web.Request) -> web.Response:
        """Only what Slack signed is parsed and goes on to Bolt: no handler of ours sees anything else, the one for
        errors neither. What the headers alone give away is refused before its body is read."""
        # A stranger costs us two headers: no body is read, and nothing is kept of them but a number in the log.
        if fault := fault_of_headers(request.headers, self.clock.now()):
            return self._refuse(401, fault)
        try:
            raw = await self._read(request)
        except (TimeoutError, ConnectionError, RuntimeError):  # too slow, hung up, or closed by us as one too many
            return self._refuse(408, "half a body")
        if not signed_by_slack(self.secret, request.headers, raw):
            return self._refuse(401, "wrong signature")
        try:
            body = parse(raw, request.content_type)
        except BadPayload as error:
            return self._refuse(400, error.kind, error.detail)
        # Only what is signed comes to this: a stranger can't push out what we remember of Slack's own.
        answer = await self.replays.once(request.headers[SIGNATURE], partial(self._handle, body))
        return web.Response(status=answer.status, text=answer.body, content_type=answer.content_type)

    async def _read(self, request: web.Request) -> bytes:
        """The body as it came. Raises for one that is too slow, too large, or has to go for others."""
        parts, size = list[bytes](), 0
        try:
            with self.connections.giving_way(request) as weigh:
                # Of all of it, not of each part: a byte a second would else hold a connection for days.
                async with asyncio.timeout(self.body_s):
                    async for part in request.content.iter_any():
                        parts.append(part)
                        size += len(part)
                        # Counted as it comes: `Content-Length` is a stranger's word, and may lack.
                        if size > MAX_BODY_BYTES:
                            raise web.HTTPRequestEntityTooLarge(max_size=MAX_BODY_BYTES, actual_size=size)
                        weigh(size)
            return b"".join(parts)
        finally:
            # An error in here holds this frame, and the frame the error: a circle that keeps a megabyte alive until
            # the collector looks for it, which is seldom by design (docs/decisions/0008).
            parts.clear()

    async def _handle(self, body: dict[str, Any]) -> Answer:
        """Handed to Bolt already read, as Socket Mode's are. No header goes along: Slack signs none of them."""
        answer = await self.slack.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
        assumed = "application/json" if answer.body.startswith("{") else "text/plain"
        kind = answer.headers.get("content-type", [assumed])[0]
        return Answer(answer.status, answer.body, kind.split(";")[0])

    def _refuse(self, status: int, fault: str, detail: str = "") -> web.Response:
        self.limiter.warn(_REFUSALS[status], fault, detail)
        return web.json_response({"error": "invalid request"}, status=status)
