"""Names of messages that ended without having surely arrived, so that somebody can be told; by partition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.redis.connection import Connection
from bot.store import keys
from scheduler.outbox import scripts

MOST_NAMES = 200
"""The newest of a partition."""
_PART = "missed"
"""Of a partition's keys, as an earlier Between called it."""


class Unconfirmed:
    """Any number of bots at once: each step is one script or command. Noted before the entry ends: who dies in
    between leaves a name too many, not one too few. Whether it did end so is for its tombstone to say."""

    def __init__(self, connection: Connection, life: timedelta) -> None:
        self._connection = connection
        self._life = life // timedelta(milliseconds=1)

    async def note(self, partition: int, name: str, clock: int | None) -> None:
        """Noted again, it is the newest. Of a partition the newest 200 are kept, each for `life`."""
        names = scripts.NamesKey(keys.outbox(partition, _PART))
        await scripts.unconfirmed(self._connection, names, clock=clock, name=name, most=MOST_NAMES, life=self._life)

    async def names(self, partition: int) -> list[str]:
        """The newest first."""
        key = keys.outbox(partition, _PART)
        return [name.decode() for name in await self._connection.ask(key, "ZREVRANGE", key, 0, -1)]

    async def forget(self, partition: int, names: Iterable[str]) -> None:
        """Those that are not there do no harm."""
        key = keys.outbox(partition, _PART)
        # ZREM of nothing is an error to Redis, of what is not there none.
        if gone := [*names]:
            await self._connection.ask(key, "ZREM", key, *gone)
