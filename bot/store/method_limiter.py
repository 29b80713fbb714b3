"""How often Slack's rarer methods are called in a workspace: one count for all bots, kept before Slack says no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.ports import Method
from bot.redis.connection import Connection
from bot.redis.scripts import Script
from bot.store import keys

RATES = {
    Method.OPEN: (2000, 18),
    Method.PROFILE: (800, 22),
    Method.HISTORY: (2000, 18),
    Method.UPDATE: (2000, 18),
    Method.MEMBERS: (700, 10),
}
"""Milliseconds between calls, and how many at once: below 50 a minute (Tier 3) and 100 (Tier 4), bursts counted.

Some apps get one call of HISTORY a minute; Slack tells them by a 429, which shuts the gate for that long."""


class RedisMethodLimiter:
    def __init__(self, connection: Connection, *, server_ms: Callable[[], int | str] = lambda: "") -> None:
        self._gate = Script(connection, "bot.store", "gate")
        self._shut = Script(connection, "bot.store", "block")
        self._server_ms = server_ms

    async def wait(self, team_id: str, method: Method) -> timedelta:
        wait = await self._gate(_keys(team_id, method), [self._server_ms(), *RATES[method]])
        return timedelta(milliseconds=int(wait))

    async def block(self, team_id: str, method: Method, span: timedelta) -> None:
        wait = max(1, span // timedelta(milliseconds=1))
        await self._shut(_keys(team_id, method), [self._server_ms(), *RATES[method], wait])


def _keys(team_id: str, method: Method) -> list[str]:
    return [keys.gate(team_id, method.value), keys.blocked(team_id, method.value)]
