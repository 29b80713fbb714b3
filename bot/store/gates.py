"""How often Slack's rarer methods are called in a workspace: one count for all bots, kept before Slack says no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.ports import Method
from bot.store import keys
from bot.store.connection import Connection
from bot.store.scripts import Script

RATES = {Method.OPEN: (2000, 18), Method.PROFILE: (700, 10)}
"""Milliseconds between calls, and how many at once: below 50 a minute (Tier 3) and 100 (Tier 4), bursts counted."""


class RedisGates:
    def __init__(self, connection: Connection, *, server_ms: Callable[[], int | str] = lambda: "") -> None:
        self._gate = Script(connection, "gate")
        self._server_ms = server_ms

    async def wait(self, team_id: str, method: Method) -> timedelta:
        wait = await self._gate([keys.gate(team_id, method.value)], [self._server_ms(), *RATES[method]])
        return timedelta(milliseconds=int(wait))
