"""slack_sdk's Socket Mode client, which dials again at its ease: by itself it did so 491 times in 8 seconds, for as
long as Slack answered each connection with `too_many_websockets`."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient

log = structlog.get_logger()

# Slack gives out few addresses a minute (`apps.connections.open` is of Tier 1).
MAX_DELAY_S = 60.0
CALM_S = 2 * MAX_DELAY_S
"""After as long without dialling, the next time is the first again. Slack asks for a new connection each hour."""

HELD_S = 10.0
"""A connection that Slack has left alone for as long is taken to stay."""

ROUTINE = ("warning", "refresh_requested")
"""Slack's reasons to hang up that say nothing of what comes next."""


@dataclass(eq=False)
class Backoff:
    """Seconds to wait before dialling: none at first, then some 1, 2, 4 … 60, each somewhere in its upper half so
    that bots that were cut off together do not come back together."""

    _in_a_row: int = 0
    _last_s: float = float("-inf")

    def next_delay(self, now_s: float) -> float:
        """`now_s` by the loop's clock. Nothing, where the last was dialled longer than `CALM_S` ago."""
        self._in_a_row = self._in_a_row + 1 if now_s - self._last_s <= CALM_S else 0
        # An exponent without an end would overflow after a weekend of it.
        most = min(MAX_DELAY_S, 2.0 ** min(self._in_a_row - 1, 10)) if self._in_a_row else 0.0
        delay = random.uniform(most / 2, most)  # noqa: S311 (no secret)
        # When it will be dialled, and not when it was asked: a wait of a minute is no minute of calm.
        self._last_s = now_s + delay
        return delay


class SteadyClient(SocketModeClient):
    """Sequence: Slack's goodbye, the receiver and the monitor may each ask for a new connection at once. The first
    takes the lock, waits and dials; those that asked meanwhile find that somebody has dialled, and go. Closing ends
    the wait."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._backoff, self._dialling = Backoff(), asyncio.Lock()
        self._dialled, self._over = 0, asyncio.Event()
        self._hung_up_s, self._dialled_at_s, self.reason = float("-inf"), float("-inf"), ""
        self.held_s = HELD_S

    @property
    def steady(self) -> bool:
        """Whether it is some time since Slack hung up, or gave no address, for a reason that may return, and since
        it was dialled."""
        since_s = max(self._hung_up_s, self._dialled_at_s)
        return not self.reason or asyncio.get_running_loop().time() - since_s > self.held_s

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """slack_sdk's own, one at a time. Raises what dialling raises; whoever waits dials next."""
        # Before the lock: how often somebody had dialled when this caller found the connection gone.
        before = self._dialled
        async with self._dialling:
            if self._dialled != before:
                return
            if asyncio.get_running_loop().time() - self._hung_up_s > CALM_S:
                self.reason = ""  # of another time, which says nothing of this one
            if delay := self._backoff.next_delay(asyncio.get_running_loop().time()):
                log.warning("waiting before Slack is called again", seconds=round(delay), reason=self.reason)
                # With the lock held: those who come meanwhile wait for this dialling, and not for one of their own.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._over.wait(), delay)
            if not self._over.is_set():
                # Before it is connected: nobody is told that all is well until Slack has left it alone for a while.
                self._dialled_at_s = asyncio.get_running_loop().time()
                try:
                    await super().connect_to_new_endpoint(force)
                except SlackApiError as error:
                    self._note(str(error.response.get("error")))
                    raise
                # Not where it failed: whoever waits for the lock then tries in their turn, after a longer wait.
                self._dialled += 1

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """Slack's reason for a goodbye is kept before slack_sdk acts on it."""
        if message.get("type") == "disconnect" and message.get("reason") not in ROUTINE:
            # Before slack_sdk acts on it, which is to dial again at once: whoever asks how we are hears why.
            self._note(str(message.get("reason")))
        await super().run_message_listeners(message, raw_message)

    def _note(self, reason: str) -> None:
        self.reason, self._hung_up_s = reason, asyncio.get_running_loop().time()

    async def close(self) -> None:
        """Nothing is dialled from here on, and whoever waits to dial goes."""
        # First: somebody may be waiting up to a minute before dialling, and would else dial after we have hung up.
        self._over.set()
        await super().close()  # type: ignore[no-untyped-call]
