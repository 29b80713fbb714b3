"""A request that comes twice is handled once: the second gets the answer of the first.

Kept in this process alone, so that no press waits for Redis. A recording that is played to another process, or
after a restart, is handled again, as is one that `MOST_ANSWERS` others have pushed out. So this is a first line
against replays; further in, what a press does twice is the same as once, by ids and compare-and-set.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import islice

from bot.slack.signatures import MAX_AGE_S


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    content_type: str


MOST_ANSWERS = 1000
"""Answers kept; most are a few bytes, the largest a form of some 50 kilobytes."""

FOR_S = 2 * MAX_AGE_S
"""A timestamp may be five minutes ahead of our clock, and is good until five after itself."""


@dataclass(eq=False)
class Replays:
    """Sequence: the first request with a signature leaves a future; a second that comes meanwhile waits for it, one
    that comes later reads it. Where the first failed (5xx, an exception, cancelled) it is forgotten before anybody
    is answered, so that whoever sends it again is handled: Slack signs its retries anew, but a proxy does not.
    """

    _now_s: Callable[[], float]
    _seen: OrderedDict[str, tuple[float, asyncio.Future[Answer | None]]] = field(default_factory=OrderedDict)

    async def once(self, signature: str, handle: Callable[[], Awaitable[Answer]]) -> Answer:
        """Raises what `handle` raises, to the first; whoever waits then handles it themselves."""
        now_s = self._now_s()
        # Two of the oldest at each request, which adds one: it shrinks faster than it grows, and no press pays for
        # all. One that is still being handled stays, however old: somebody may wait for it.
        for old, (until_s, done) in list(islice(self._seen.items(), 2)):
            if done.done() and (until_s < now_s or len(self._seen) > MOST_ANSWERS):
                del self._seen[old]
        # Again and again: where the first failed it was forgotten, and of those who waited the next handles it.
        while known := self._seen.get(signature):
            # Shielded: a copy whose sender hangs up must not cancel what the first is told.
            if answer := await asyncio.shield(known[1]):
                return answer
        future: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        # No await since the look, so no third comes in between.
        self._seen[signature] = now_s + FOR_S, future
        kept = None
        try:
            answer = await handle()
            kept = answer if answer.status < 500 else None
            return answer
        finally:
            # Cancelled too. Before those who wait are told, so that the first of them to go on finds nothing and
            # handles it.
            if kept is None:
                del self._seen[signature]
            future.set_result(kept)
