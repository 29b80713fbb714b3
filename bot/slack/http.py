"""The web server: signed requests from Slack in HTTP mode, and `/healthz` for whoever watches over the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock

from bot.slack.signatures import signed_by_slack

Health = Callable[[], Awaitable[dict[str, Any]]]
"""What `/healthz` shows; `ok` decides between 200 and 503."""

LARGEST = 1024 * 1024
"""Bytes in one request. Slack's own stay far below it."""

log = structlog.get_logger()


@asynccontextmanager
async def listening(
    host: str, port: int, health: Health, *, slack: AsyncApp | None, path: str, signing_secret: str
) -> AsyncIterator[int]:
    """Listen while the context lasts; yields the port (0 asks for any free one). Raises OSError if it is taken.

    At the end no new request is let in, and those under way get three seconds.
    """
    app = web.Application(client_max_size=LARGEST)
    app.router.add_get("/healthz", partial(_healthz, health))
    if slack:
        app.router.add_post(path, partial(_from_slack, slack, signing_secret))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=3.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _healthz(health: Health, _: web.Request) -> web.Response:
    state = await health()
    return web.json_response(state, status=200 if state["ok"] else 503)


async def _from_slack(slack: AsyncApp, secret: str, request: web.Request) -> web.Response:
    """Only what Slack signed goes on to Bolt: no handler of ours sees anything else, the one for errors neither."""
    raw = await request.read()
    if not signed_by_slack(secret, request.headers, raw, Clock()):
        log.warning("a request that Slack did not sign", path=request.path, size=len(raw))
        return web.json_response({"error": "invalid request"}, status=401)
    try:
        body = raw.decode("utf-8")
    except UnicodeDecodeError:
        return web.json_response({"error": "invalid request"}, status=400)
    headers: dict[str, Any] = dict(request.headers)
    answer = await slack.async_dispatch(AsyncBoltRequest(body=body, query=request.query_string, headers=headers))
    return await to_aiohttp_response(answer)
