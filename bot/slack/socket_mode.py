"""Socket Mode: a connection that we open to Slack, watched over, and let go of only when nothing is under way."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.log_limiter import LogLimiter
from bot.slack.payload import BadPayload, checked
from bot.slack.socket_client import SteadyClient

log = structlog.get_logger()

RECONNECT_TIMEOUT_S = 5 * 60.0
"""Seconds without a connection after which the bot stops, so that whoever started it starts it anew."""

STALE_S = 30.0
"""Seconds without a connection after which another address is asked for; Slack gives out few a minute."""

PING_INTERVAL_S = 10.0

DRAIN_S = 4.0
"""Seconds at the end for what is under way; Slack has given up on an answer after three."""


class Disconnected(Exception):
    """Slack has not been reachable over Socket Mode for too long."""


class SocketMode:
    """One Socket Mode connection in our own loop. Times are the loop's seconds, not the wall clock's."""

    def __init__(self, app: AsyncApp, app_token: str, timeout_s: float = RECONNECT_TIMEOUT_S) -> None:
        self._app = app
        self._client = SteadyClient(
            app_token=app_token, logger=app.logger, web_client=app.client, ping_interval=PING_INTERVAL_S
        )
        self._client.socket_mode_request_listeners.append(self._take)
        self._client.on_message_listeners.append(self._heard)
        self._timeout_s = timeout_s
        self._limiter = LogLimiter()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._last_heard = self._last_connected = _seconds()

    async def connect(self) -> None:
        """Raises SlackApiError for a token Slack won't take, TimeoutError when the line can't be had."""
        # slack_sdk's own connect() would try a bad token for ever; so the address is asked for here, once. Only at
        # the start: later the client goes on trying, until `watch` gives up.
        self._client.wss_uri = await self._client.issue_new_wss_url()
        await asyncio.wait_for(self._client.connect(), timeout=20)  # type: ignore[no-untyped-call]
        self._last_heard = self._last_connected = _seconds()

    async def connected(self) -> bool:
        """As slack_sdk knows it: one that has died unheard counts until its pings go unanswered."""
        return bool(await self._client.is_connected())

    async def fault(self) -> str:
        """Why Slack can't reach us, in a sentence; empty when it can."""
        if await self.connected() and self._client.steady:
            return ""
        why = f" ({self._client.reason})" if self._client.reason else ""
        return f"Socket Mode is not connected{why}."

    @property
    def silence(self) -> float:
        """Seconds since Slack last said anything."""
        return _seconds() - self._last_heard

    async def watch(self, every: float = 10.0) -> None:
        """Look again and again; raises Disconnected when there was no connection for too long."""
        while True:
            # By the loop's clock, which nobody steps. On Linux it stands still while the machine sleeps: these are
            # five minutes of being awake.
            away = _seconds() - self._last_connected
            if await self.connected():
                self._last_connected = _seconds()
            elif away > self._timeout_s:
                raise Disconnected
            else:
                log.warning("not connected to Slack", seconds=round(away))
                if away > STALE_S:
                    # An address works once, yet slack_sdk tries the same one for ever. Without one it asks for
                    # another.
                    self._client.wss_uri = None
            await asyncio.sleep(every)

    async def close(self) -> None:
        """Take no more, let what is under way end and be acknowledged, then hang up."""
        # In this order: no new connection, no new envelopes, then those under way. What Slack sends from here on is
        # not acknowledged, so it goes to another connection of ours, or an event comes again.
        self._client.auto_reconnect_enabled = False
        tasks = (
            self._client.message_receiver,
            self._client.current_session_monitor,
            self._client.message_processor,
        )
        running = [task for task in tasks if task is not None]
        if self._client.message_receiver is not None:
            self._client.message_receiver.cancel()
        # What was received already is handed on in steps of the loop: queue, processor, listener. Only then is it
        # counted.
        await asyncio.sleep(0.05)
        try:
            await asyncio.wait_for(self._idle.wait(), DRAIN_S)
        except TimeoutError:
            # Not acknowledged, so Slack shows the person that it did not work, though it may be saved.
            log.warning("stopped with something under way", count=self._under_way)
        # Only now: an answer goes back over the same connection as its question.
        await self._client.close()
        await asyncio.gather(*running, return_exceptions=True)
        self._limiter.close()

    async def _take(self, client: Any, request: SocketModeRequest) -> None:
        self._under_way += 1
        self._idle.clear()
        try:
            request.payload = checked(request.payload)  # the socket itself tells that it is Slack's
            # To its end, and only then acknowledged: what was acknowledged is saved (docs/decisions/0004).
            answer = await run_async_bolt_app(self._app, request)
            await send_async_response(client, request, answer, _seconds())
        except BadPayload as error:
            # Acknowledged: Slack would send the same again, and it would be no better.
            self._limiter.warn("refused a malformed payload", error.kind, error.detail)
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        finally:
            # Envelopes are handled side by side, each in a task of slack_sdk's; the last to end tells `close`.
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def _heard(self, _: WSMessage) -> None:
        self._last_heard = _seconds()


def _seconds() -> float:
    return asyncio.get_running_loop().time()
