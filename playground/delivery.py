"""Carries commands, clicks, submissions and events to apps: by signed HTTP or down a socket."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp

from playground import notation
from playground.apps import App
from playground.clock import real_seconds, stopwatch
from playground.events import Events
from playground.faults import ON_DELIVERIES, ON_EVENTS, Place
from playground.redelivery import Redelivery
from playground.socket import SocketHub
from playground.timers import Timers
from playground.traffic import Ack, Delivery
from playground.world import World

Json = dict[str, Any]
Spawn = Callable[[Coroutine[Any, Any, Any]], None]
MOST_REDIRECTS = 3
"""aiohttp counts the last one, too: two are followed, as at Slack."""


class Dispatcher:
    """Delivers to apps and keeps count of what is under way. `spawn` starts a task somebody owns."""

    def __init__(self, world: World, http: aiohttp.ClientSession, spawn: Spawn, base_url: str) -> None:
        self.world, self.base_url = world, base_url
        self._http, self._spawn = http, spawn
        self.timers = Timers(world.clock)
        self.redelivery = Redelivery(self, self.timers, spawn)
        self.sockets = SocketHub(world, self.timers, spawn, self.redelivery.connected)
        self.events = Events(world, self.post)
        self.under_way = 0

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Counts as under way while it lasts."""
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1

    def post(self, app: App, envelope: Json) -> None:
        """Send an event in the background, and again if it fails and the world is strict."""
        order = self.world.faults.strike(ON_EVENTS, event_place(app, envelope))
        if order and order.fault.kind == "event_late":
            late = timedelta(seconds=order.fault.length)
            self.timers.after(late, lambda: self.redelivery.send(app, envelope))
            return
        for _ in range(2 if order else 1):
            self.redelivery.send(app, envelope)

    async def switch_socket_mode(self, app: App, on: bool) -> None:
        """Turn Socket Mode on or off for an app; off, its connections end with `link_disabled`."""
        app.socket_mode = on
        if not on:
            await self.sockets.disable(app.id)

    async def close(self) -> None:
        """Say goodbye to the apps and forget what was to be done later."""
        self.timers.close()
        await self.sockets.close()

    def connected(self, app: App) -> bool:
        """Whether a delivery to this app has anywhere to go just now."""
        return bool(app.address("events_api", {})) if not app.socket_mode else self.sockets.connections(app.id) > 0

    async def deliver(self, app: App, kind: str, payload: Json, attempt: int = 0, reason: str = "") -> Ack:
        """Send one payload and wait for its acknowledgement, at most `World.ack_timeout_s`."""
        via = "socket" if app.socket_mode else "http"
        delivery = Delivery(str(uuid.uuid4()), self.world.clock.now(), app.id, kind, via, payload, attempt)
        delivery.retry_reason = reason
        self.world.traffic.log.append(delivery)
        self.world.touch()
        began = stopwatch()
        with self.busy():
            if app.socket_mode:
                self._may_drop(app, delivery)
                ack = await self.sockets.send(delivery, self.world.ack_timeout_s)
            else:
                ack = await self._send_http(app, delivery)
        ack.took = stopwatch() - began
        delivery.ack = ack
        self.world.touch()
        return ack

    def _may_drop(self, app: App, delivery: Delivery) -> None:
        """Drop the connections as the envelope is on its way, if that was ordered."""
        if not self.sockets.connections(app.id):
            return
        team_id = str(delivery.payload.get("team_id") or (delivery.payload.get("team") or {}).get("id") or "")
        if self.world.faults.strike(ON_DELIVERIES, Place(delivery.kind, app.id, team_id), delivery):
            self.sockets.drop(app.id)

    async def _send_http(self, app: App, delivery: Delivery) -> Ack:
        address = app.address(delivery.kind, delivery.payload)
        if not address:
            return Ack(ok=False, failure="dispatch_failed")
        body, content_type = _body(delivery)
        headers = (
            signed(app.signing_secret, body)
            | _again(delivery)
            | {
                "Content-Type": content_type,
                "Accept": "application/json,*/*",
            }
        )
        timeout = aiohttp.ClientTimeout(total=self.world.ack_timeout_s)
        try:
            async with self._http.post(
                address, data=body, headers=headers, timeout=timeout, max_redirects=MOST_REDIRECTS
            ) as response:
                ack = _heard(response.status, await response.text(errors="replace"))
                ack.no_retry = response.headers.get("X-Slack-No-Retry") == "1"
                return ack
        except TimeoutError:
            return Ack(ok=False, failure="operation_timeout")
        except aiohttp.TooManyRedirects:
            return Ack(ok=False, failure="too_many_redirects")
        except aiohttp.ClientSSLError:
            return Ack(ok=False, failure="ssl_error")
        except aiohttp.ClientError:
            return Ack(ok=False, failure="dispatch_failed")


def event_place(app: App, envelope: Json) -> Place:
    """Where an event happens: its type, app, team and channel."""
    event = envelope.get("event", {})
    where = event.get("channel", "")
    channel = where.get("id", "") if isinstance(where, dict) else where
    return Place(event.get("type", ""), app.id, envelope.get("team_id", ""), channel)


def signed(secret: str, body: bytes) -> dict[str, str]:
    """Slack's signature headers. The time in them is real, since the verifier compares it with real time."""
    timestamp = str(real_seconds())
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def _again(delivery: Delivery) -> dict[str, str]:
    """The headers of an event that is sent again."""
    if not delivery.attempt:
        return {}
    return {"X-Slack-Retry-Num": str(delivery.attempt), "X-Slack-Retry-Reason": delivery.retry_reason}


def _body(delivery: Delivery) -> tuple[bytes, str]:
    """Events travel as JSON, commands as a form, interactions as a form with JSON in it."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), "application/json"
    fields = delivery.payload
    if delivery.kind == "interactive":
        fields = {"payload": json.dumps(delivery.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _heard(status: int, text: str) -> Ack:
    if not 200 <= status < 300:
        return Ack(ok=False, status=status, failure="http_error")
    return Ack(ok=True, status=status, body=_read(text))


def _read(text: str) -> Any:
    try:
        return notation.read(text) if text.strip() else None
    except ValueError:
        return text
