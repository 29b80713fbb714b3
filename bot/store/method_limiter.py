"""How often Slack's rarer methods are called in a workspace: one count for all bots, kept before Slack says no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta

from bot.ports import Method
from bot.redis.connection import Connection
from bot.store import keys, scripts

# GCRA lets `burst` go at once and then one each `every`, so in the worst minute burst + 60,000 / every: 48 for the
# first kind, 97 for profiles, 95 for members. Slack's own windows are not published, only its tiers
# (docs/decisions/0007).
RATES = {
    Method.OPEN: (2000, 18),
    Method.PROFILE: (800, 22),
    Method.HISTORY: (2000, 18),
    Method.UPDATE: (2000, 18),
    Method.MEMBERS: (700, 10),
}
"""Milliseconds between calls, and how many at once: below 50 a minute (Tier 3) and 100 (Tier 4), bursts counted.

Some apps get one call of HISTORY a minute; Slack tells them by a 429, which blocks the method for that long."""


@dataclass(eq=False)
class RedisMethodLimiter:
    """Any number of bots may ask at once: each question is one script. Who dies before the call has counted one
    that was not made."""

    _connection: Connection
    _: KW_ONLY
    server_ms: Callable[[], int | None] = lambda: None

    async def wait(self, team_id: str, method: Method) -> timedelta:
        """Zero: call now, it counts. Else ask again after so long."""
        limit_keys, (every, burst) = _keys(team_id, method), RATES[method]
        wait = await scripts.take_call(
            self._connection, limit_keys, clock=self.server_ms(), every=every, burst=burst
        )
        return timedelta(milliseconds=wait)

    async def block(self, team_id: str, method: Method, span: timedelta) -> None:
        """For `span`, and a millisecond at least; the later end stands. Then one call goes each `every`, with no
        burst saved up."""
        limit_keys, (every, burst) = _keys(team_id, method), RATES[method]
        # At least a millisecond: to Redis an expiry of none (`PX 0`) is an error.
        wait = max(1, span // timedelta(milliseconds=1))
        await scripts.block(
            self._connection, limit_keys, clock=self.server_ms(), every=every, burst=burst, wait=wait
        )


def _keys(team_id: str, method: Method) -> scripts.LimitKeys:
    return scripts.LimitKeys(keys.spoken_for(team_id, method.value), keys.blocked(team_id, method.value))
