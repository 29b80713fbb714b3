"""A Slack on loopback that outlives the bots: it keeps what stands in each channel, and fails as it is told to.

Leaner than the playground, which draws and judges every message; it answers a thousand calls a second.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

TEAM = "T1"
AUTH = {"ok": True, "team_id": TEAM, "team": "Riverside", "bot_id": "B1", "user_id": "UBOT", "url": "https://x/"}
SCOPES = "chat:write,im:write,im:history,channels:history,users:read"
FAULTS = ("lost", "closed", "error_before", "error_after", "busy")


@dataclass(frozen=True)
class Posted:
    channel: str
    id: str
    text: str
    ts: str
    at: datetime
    thread: str = ""


@dataclass
class Slack:
    """`orders` are the faults of the next posts. `unwell` is the chance of one where nothing was ordered.

    While `gate` is closed, posts hang, before or after they are kept, and their answers are lost in the end;
    `waiting` is set once one does.
    """

    now: Callable[[], datetime]
    dice: random.Random = field(default_factory=lambda: random.Random(0))
    unwell: float = 0.0
    down: bool = False
    posted: list[Posted] = field(default_factory=list)
    orders: deque[str] = field(default_factory=deque)
    struck: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    forgetful: bool = False
    hang_after: bool = False
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    _by_channel: dict[str, list[Posted]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.gate.set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Slack]:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = "http://127.0.0.1:{1}/api/".format(*runner.addresses[0])
        try:
            yield self
        finally:
            self.gate.set()
            await runner.cleanup()

    @property
    def twice(self) -> list[tuple[str, str]]:
        """Channel and delivery id of what stands there more than once."""
        counts = Counter((one.channel, one.id) for one in self.posted)
        return [where for where, number in counts.items() if number > 1]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls[method] += 1
        if self.down and method != "auth.test":
            return web.json_response({"ok": False, "error": "service_unavailable"}, status=503)
        asked = await request.json() if request.can_read_body else dict(request.query)
        answer = {
            "chat.postMessage": self._post,
            "conversations.open": _open,
            "conversations.history": self._history,
            "conversations.replies": self._history,
        }
        if method in answer:
            return await _maybe(answer[method](request, asked))
        if method == "conversations.members":  # it names nobody we know, by which nobody is taken to be gone
            return web.json_response({"ok": True, "members": ["UBOT"], "response_metadata": {"next_cursor": ""}})
        headers = {"x-oauth-scopes": SCOPES} if method == "auth.test" else {}
        return web.json_response(AUTH if method == "auth.test" else {"ok": True}, headers=headers)

    async def _post(self, request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        if not self.gate.is_set():
            if self.hang_after:
                self._keep(asked)
            self.waiting.set()
            await self.gate.wait()
            return _cut(request)
        fault = self._fault()
        if fault == "busy":
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "2"}
            )
        if fault == "error_before":
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        if fault == "closed":
            return _cut(request)
        ts = self._keep(asked)
        if fault == "error_after":
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        if fault == "lost":
            return _cut(request)
        return web.json_response({"ok": True, "channel": asked["channel"], "ts": ts})

    def _fault(self) -> str:
        fault = self.orders.popleft() if self.orders else ""
        if not fault and self.dice.random() < self.unwell:
            fault = self.dice.choice(FAULTS)
        if fault:
            self.struck[fault] += 1
        return fault

    def _keep(self, asked: dict[str, Any]) -> str:
        ts = f"{self.now().timestamp():.0f}.{len(self.posted) + 1:06}"
        id_ = asked["metadata"]["event_payload"]["id"]
        posted = Posted(asked["channel"], id_, asked["text"], ts, self.now(), asked.get("thread_ts", ""))
        self.posted.append(posted)
        self.arrived.set()
        self._by_channel[posted.channel].append(posted)
        return ts

    async def _history(self, _: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        if self.forgetful:
            return web.json_response({"ok": False, "error": "missing_scope"})
        since, until = float(asked["oldest"]), float(asked.get("latest") or "inf")
        thread = asked.get("ts", "")  # what is in a thread is not in the channel's own history
        channel = [one for one in self._by_channel[asked["channel"]] if one.thread == thread]
        there = [one for one in reversed(channel) if since <= float(one.ts) <= until]
        begin, limit = int(asked.get("cursor") or 0), int(asked["limit"])
        more = begin + limit < len(there)
        return web.json_response(
            {
                "ok": True,
                "messages": [_shown(one) for one in there[begin : begin + limit]],
                "response_metadata": {"next_cursor": str(begin + limit) if more else ""},
            }
        )


async def _maybe(answer: Any) -> web.StreamResponse:
    found: web.StreamResponse = await answer
    return found


async def _open(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    return web.json_response({"ok": True, "channel": {"id": f"D-{asked['users']}"}})


def _shown(one: Posted) -> dict[str, Any]:
    metadata = {"event_type": "between_delivery", "event_payload": {"id": one.id}}
    return {"ts": one.ts, "text": one.text, "metadata": metadata}


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport:
        request.transport.abort()
    return web.Response()
