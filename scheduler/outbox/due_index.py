"""When to look at each group and partition: one sorted set, so that an idle bot asks one thing a second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from bot.domain.outbox import Due
from bot.redis.batcher import Batcher
from bot.redis.connection import Connection
from bot.redis.scripts import Script
from bot.store import keys
from scheduler.outbox.entries import moment, ms

LEASE = timedelta(seconds=10)
"""How long what one bot looks at is hidden from the others; two looking at the same would do no harm."""

SWEPT = 2
"""Groups (or partitions) in a sweep, those first that would be looked at last: over the hours each has its turn,
and an idle bot stays nearly silent."""

_GUARD = timedelta(seconds=5)


class RedisDueIndex:
    def __init__(self, connection: Connection, *, lease: timedelta = LEASE) -> None:
        self._connection = connection
        self._lease = lease
        self._turn = 0
        self._swept = 0
        self._due = Script(connection, "scheduler.outbox", "due")
        self._script = Script(connection, "scheduler.outbox", "look_at", replicated=True)
        self._look_at = Batcher(self._look_at_all)
        self._done = Script(connection, "scheduler.outbox", "done")
        self._keys = (keys.due(), keys.due_held())

    async def look_at(self, group_id: str, at: datetime) -> None:
        await self._look_at((f"g:{group_id}", ms(at)))

    async def look_at_partition(self, partition: int, at: datetime) -> None:
        await self._look_at((f"o:{partition}", ms(at)))

    async def _look_at_all(self, asked: Sequence[tuple[str, int]]) -> list[int]:
        found: list[int] = await self._script(self._keys, list(chain.from_iterable(asked)))
        return found

    async def expect(self, partition: int, first: datetime) -> None:
        """Before adding: should the adder die in the midst, somebody looks a little later all the same."""
        await self.look_at_partition(partition, first + _GUARD)

    async def due(self, now: datetime, limit: int) -> Due:
        """The first question is a plain one: nearly always the answer is that nothing is due."""
        lease = now + self._lease
        if not await self._connection.ask(keys.due(), "ZRANGEBYSCORE", keys.due(), "-inf", ms(now), "LIMIT", 0, 1):
            return Due(lease=lease)
        found = await self._due(self._keys, [ms(now), ms(lease) - ms(now), limit])
        names = [member.decode() for member in found]
        return Due(
            lease=lease,
            groups=tuple(name[2:] for name in names if name.startswith("g:")),
            partitions=tuple(int(name[2:]) for name in names if name.startswith("o:")),
        )

    async def done(self, due: Due, group_id: str, next_at: datetime | None) -> None:
        await self._finish(due, f"g:{group_id}", next_at)

    async def partition_done(self, due: Due, partition: int, next_at: datetime | None) -> None:
        await self._finish(due, f"o:{partition}", next_at)

    async def _finish(self, due: Due, member: str, next_at: datetime | None) -> None:
        await self._done(self._keys, [member, ms(due.lease), "" if next_at is None else ms(next_at)])

    async def sweep(self, now: datetime) -> None:
        await self.look_at_partition(self._turn, now)
        self._turn = (self._turn + 1) % keys.PARTITIONS
        first = self._swept
        found = await self._connection.ask(keys.due(), "ZREVRANGE", keys.due(), first, first + SWEPT - 1)
        self._swept = first + SWEPT if len(found) == SWEPT else 0
        for member in found:
            await self._look_at((member.decode(), ms(now)))

    async def next_at(self) -> datetime | None:
        head = await self._connection.ask(keys.due(), "ZRANGE", keys.due(), 0, 0)
        if not head:
            return None
        at = await self._connection.ask(keys.due(), "ZSCORE", keys.due(), head[0])
        return None if at is None else moment(float(at))
