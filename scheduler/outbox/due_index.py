"""When to look at each group and partition: one sorted set, so that an idle bot asks one thing a second."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.outbox import Due
from bot.redis.batcher import Batcher
from bot.redis.connection import Connection
from bot.store import keys
from scheduler.outbox import scripts
from scheduler.outbox.entries import moment, ms

LEASE = timedelta(seconds=10)
"""How long what one bot looks at is hidden from the others; two looking at the same would do no harm."""

SWEPT = 2
"""Groups (or partitions) in a sweep, those first that would be looked at last: over the hours each has its turn,
and an idle bot stays nearly silent."""

# An adder that lives sets its own look, and sooner: this one counts only where it died.
_GUARD = timedelta(seconds=5)


class RedisDueIndex:
    """Any number of bots at once. `due` takes members and puts each off by the lease; the taker looks, and says
    `done` with the moment of the next look, unless somebody asked for an earlier one meanwhile. A taker that dies
    leaves the lease: when it ends, another takes the member. One that is late finds that its lease is not the one
    that stands.

    Looking twice, or at nothing, does no harm, so nothing here is a lock.
    """

    def __init__(self, connection: Connection, *, lease: timedelta = LEASE) -> None:
        self._connection = connection
        self._lease = lease
        self._turn = 0
        self._swept = 0
        self._keys = due_keys = scripts.DueKeys(keys.DUE, keys.DUE_HELD)
        self._look_at: Batcher[scripts.Look, int] = Batcher(
            lambda asked: scripts.look_at(connection, due_keys, asked=asked)
        )

    async def look_at(self, group_id: str, at: datetime) -> None:
        """`g:<group>`, its score the moment in milliseconds; an earlier one stands. Calls of one turn of the loop
        go together."""
        await self._look_at(scripts.Look(f"g:{group_id}", ms(at)))

    async def look_at_partition(self, partition: int, at: datetime) -> None:
        """The same of `o:<partition>`."""
        await self._look_at(scripts.Look(f"o:{partition}", ms(at)))

    async def expect(self, partition: int, first: datetime) -> None:
        """Before adding: should the adder die half-way, somebody looks a little later all the same."""
        await self.look_at_partition(partition, first + _GUARD)

    async def due(self, now: datetime, limit: int) -> Due:
        """The first question is a plain one: nearly always the answer is that nothing is due."""
        # By the bot's clock, as all moments here are: what is due follows from meetings and hours, which the demo's
        # clock and tests move. Two bots whose clocks differ look twice, or a little late.
        lease = now + self._lease
        if not await self._connection.ask(keys.DUE, "ZRANGEBYSCORE", keys.DUE, "-inf", ms(now), "LIMIT", 0, 1):
            return Due(lease=lease)
        # Asked again in a script, since another bot may have taken them between the two questions.
        found = await scripts.due(self._connection, self._keys, now=ms(now), lease=ms(lease) - ms(now), limit=limit)
        names = [member.decode() for member in found]
        return Due(
            lease=lease,
            groups=tuple(name[2:] for name in names if name.startswith("g:")),
            partitions=tuple(int(name[2:]) for name in names if name.startswith("o:")),
        )

    async def done(self, due: Due, group_id: str, next_at: datetime | None) -> None:
        """Nothing, where the lease of `due` is not the one that stands. `next_at` None: out of the index."""
        await self._finish(due, f"g:{group_id}", next_at)

    async def partition_done(self, due: Due, partition: int, next_at: datetime | None) -> None:
        """As `done`."""
        await self._finish(due, f"o:{partition}", next_at)

    async def _finish(self, due: Due, member: str, next_at: datetime | None) -> None:
        await scripts.done(
            self._connection,
            self._keys,
            member=member,
            lease_end=ms(due.lease),
            # Rounded up: a look within the same millisecond would find nothing due, and ask for itself again.
            next_at=None if next_at is None else ms(next_at) + bool(next_at.microsecond % 1000),
        )

    async def sweep(self, now: datetime) -> None:
        """One partition, and the `SWEPT` members of the index that would be looked at last: now."""
        await self.look_at_partition(self._turn, now)
        # In turns of this bot's own: others sweep elsewhere, and the same twice is no harm.
        self._turn = (self._turn + 1) % keys.PARTITIONS
        first = self._swept
        # The latest first: what a clock that was far ahead put there would else wait for it, for years perhaps.
        found = await self._connection.ask(keys.DUE, "ZREVRANGE", keys.DUE, first, first + SWEPT - 1)
        self._swept = first + SWEPT if len(found) == SWEPT else 0
        for member in found:
            await self._look_at(scripts.Look(member.decode(), ms(now)))

    async def next_at(self) -> datetime | None:
        """None where nothing waits for a look, and where the first was taken between our two questions."""
        head = await self._connection.ask(keys.DUE, "ZRANGE", keys.DUE, 0, 0)
        if not head:
            return None
        # A question of its own: RESP3 and RESP2 tell scores in other shapes. The member may have gone since.
        at = await self._connection.ask(keys.DUE, "ZSCORE", keys.DUE, head[0])
        return None if at is None else moment(float(at))
