"""What an ordered fault does to a Web API call and to its answer."""

import asyncio
import math
from contextlib import suppress
from datetime import datetime

from aiohttp import web

from playground.api.registry import Call
from playground.faults import Order, Place
from playground.traffic import ApiCall
from playground.world import Unknown

#: Faults that spoil the answer only: the deed is done.
AFTER = {"lost", "error_after", "fatal_after", "slow", "garbled"}


def place_of(call: Call, token: str) -> Place:
    """Where a call happens. A channel given by name is found; a person's id stays what it is."""
    app, install = call.world.bearer(token) or (None, None)
    channel = str(call.args.get("channel") or "")
    with suppress(Unknown):
        channel = call.world.channel(channel).id if channel else ""
    return Place(call.method, app.id if app else "", install.team_id if install else "", channel)


async def spoiled(order: Order, request: web.Request, entry: ApiCall, answer: web.Response) -> web.Response:
    """The answer as this fault leaves it."""
    kind = entry.fault = order.fault.kind
    if kind in ("lost", "closed"):
        if request.transport:
            request.transport.abort()
    elif kind == "slow":
        await asyncio.sleep(order.fault.length)
    elif kind == "garbled":
        body = answer.body if isinstance(answer.body, bytes) else b""
        return web.Response(body=body[: len(body) // 2], content_type="application/json")
    elif kind in ("error_before", "error_after"):
        return web.Response(status=500, text="Internal Server Error")
    elif kind in ("fatal_before", "fatal_after"):
        return web.json_response({"ok": False, "error": "fatal_error"})
    elif kind == "outage":
        return web.Response(status=503, text="upstream connect error or disconnect/reset before headers")
    elif kind == "ratelimited":
        return too_many(_left(order, entry.at))
    return answer


def too_many(seconds: int) -> web.Response:
    """Slack's answer to a call that comes too soon."""
    headers = {"Retry-After": str(seconds)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _left(order: Order, now: datetime) -> int:
    return max(1, math.ceil((order.until - now).total_seconds())) if order.until else 1
