"""Events that were not acknowledged are sent again: at once, after a minute and after five more.

https://docs.slack.dev/apis/events-api#retries. The waits follow the playground's clock. Only a world that is
`strict` sends again; commands and clicks are never repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from playground.apps import App
from playground.timers import Timer, Timers
from playground.traffic import Ack
from playground.world import World

Json = dict[str, Any]
WAITS = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
#: Slack's word for each of our failures, over HTTP; on a socket the one word that was ever seen is `timeout`.
REASON = {
    "operation_timeout": "http_timeout",
    "dispatch_failed": "connection_failed",
    "http_error": "http_error",
    "too_many_redirects": "too_many_redirects",
    "ssl_error": "ssl_error",
}


class Sender(Protocol):
    """Whoever delivers once; what follows from a failure is decided here."""

    world: World

    async def deliver(self, app: App, kind: str, payload: Json, attempt: int = 0, reason: str = "") -> Ack:
        """Send one payload and wait for its acknowledgement."""

    def connected(self, app: App) -> bool:
        """Whether a delivery has anywhere to go just now."""


@dataclass(slots=True)
class Pending:
    """An event that waits to be sent again, for the clock or (`held`) for the app to connect."""

    app: App
    envelope: Json
    attempt: int
    reason: str
    held: bool
    timer: Timer | None = None


class Redelivery:
    """Sends events, and again those that failed."""

    def __init__(self, sender: Sender, timers: Timers, spawn: Callable[[Coroutine[Any, Any, Any]], None]) -> None:
        self._sender, self._timers, self._spawn = sender, timers, spawn
        self._pending: list[Pending] = []
        self._told: dict[tuple[str, str], int] = {}

    @property
    def waiting(self) -> int:
        """How many events wait to be sent again."""
        return len(self._pending)

    def send(self, app: App, envelope: Json) -> None:
        """Send an event in the background, unless the app has had too many this hour."""
        world = self._sender.world
        now, team_id = world.clock.now(), envelope.get("team_id", "")
        if world.limits and world.limits.event(app.id, team_id, now):
            self._too_many(app, team_id, int(now.timestamp()) // 60 * 60)
            return
        self._spawn(self._attempt(app, envelope, 0, ""))

    def _too_many(self, app: App, team_id: str, minute: int) -> None:
        """Tell the app once a minute that events are held back; they are lost."""
        if self._told.get((app.id, team_id)) == minute:
            return
        self._told[app.id, team_id] = minute
        shape: Json = {"token": "playground", "type": "app_rate_limited", "team_id": team_id, "api_app_id": app.id}
        self._spawn(self._attempt(app, shape | {"minute_rate_limited": minute}, 0, ""))

    def connected(self, app_id: str) -> None:
        """An app opened a connection: it now gets what could not be delivered for want of one."""
        for pending in [one for one in self._pending if one.held and one.app.id == app_id]:
            self._again(pending)

    async def _attempt(self, app: App, envelope: Json, attempt: int, reason: str) -> None:
        ack = await self._sender.deliver(app, "events_api", envelope, attempt, reason)
        world = self._sender.world
        if ack.ok or ack.no_retry or not world.strict or attempt == len(WAITS):
            return
        offline = app.socket_mode and not self._sender.connected(app)
        pending = Pending(app, envelope, attempt + 1, _reason(app, ack), held=offline)
        self._pending.append(pending)
        wait = WAITS[max(attempt, 1) if offline else attempt]
        pending.timer = self._timers.after(wait, lambda: self._again(pending))

    def _again(self, pending: Pending) -> None:
        if pending not in self._pending:
            return
        self._pending.remove(pending)
        if pending.timer:
            pending.timer.cancel()
        self._spawn(self._attempt(pending.app, pending.envelope, pending.attempt, pending.reason))


def _reason(app: App, ack: Ack) -> str:
    if app.socket_mode and ack.failure == "operation_timeout":
        return "timeout"
    return REASON.get(ack.failure or "", "unknown_error")
