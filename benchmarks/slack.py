"""A Slack that takes anything, in a process of its own: what every benchmark of sending speaks to.

It answers every method with yes, `chat.postMessage` with a channel and a `ts`, and keeps count of what came, by
delivery id and in all.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

import msgspec
from aiohttp import web

REST = (
    b'"team_id":"T0","team":"Riverside","user_id":"U0BOT","user":"between","bot_id":"B0","view":{"id":"V0"},'
    b'"url":"http://127.0.0.1/"'
)
"""What other methods' answers hold, always the same."""


class _Payload(msgspec.Struct):
    id: str = ""


class _Metadata(msgspec.Struct):
    event_payload: _Payload = msgspec.field(default_factory=_Payload)


class _Post(msgspec.Struct):
    channel: str = ""
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)


class Told(NamedTuple):
    """How many messages came since the last time it was asked, and how many of them for a second time."""

    posts: int
    twice: int


class Slack:
    """The parent's end. `url` is its `base_url`."""

    def __init__(self, url: str, pipe: Connection) -> None:
        self.url = url
        self._pipe = pipe

    def told(self) -> Told:
        self._pipe.send("told")
        return Told(*self._pipe.recv())


@contextmanager
def a_slack() -> Iterator[Slack]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(theirs,), daemon=True)
    child.start()
    try:
        yield Slack(ours.recv(), ours)
    finally:
        ours.send("stop")
        child.join(10)


def _serve(pipe: Connection) -> None:
    asyncio.run(_served(pipe))


async def _served(pipe: Connection) -> None:
    came: Counter[str] = Counter()
    posts = 0

    async def answer(request: web.BaseRequest) -> web.Response:
        nonlocal posts
        body = await request.read()
        posts += 1
        post = msgspec.json.decode(body, type=_Post) if body.startswith(b"{") else _Post()
        if post.metadata.event_payload.id:
            came[post.metadata.event_payload.id] += 1
        words = b'{"ok":true,"channel":"%b","ts":"%d.000100",%b}' % (post.channel.encode(), posts, REST)
        return web.Response(body=words, content_type="application/json")

    server = web.ServerRunner(web.Server(answer))
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0, backlog=1024).start()
    pipe.send(f"http://127.0.0.1:{server.addresses[0][1]}/api/")
    while await asyncio.to_thread(pipe.recv) == "told":
        pipe.send((posts, sum(count - 1 for count in came.values())))
        came.clear()
        posts = 0
    await server.cleanup()
