"""Somebody was erased: nothing in the outbox names them any more, but what is in flight just now.

What was sent to them left a tombstone whose key is a hash of its name, and which says that it was sent and no more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.redis.connection import Connection
from bot.store import keys
from scheduler.outbox import entries, scripts
from scheduler.outbox.reader import chunks
from scheduler.outbox.unconfirmed import Unconfirmed

AT_ONCE = 500


@dataclass(eq=False)
class Forgetting:
    """Done twice, or by two bots at once, it does no harm."""

    _connection: Connection
    _unconfirmed: Unconfirmed

    async def forget(self, person_id: str, clock: int | None) -> None:
        """In every partition, while bots claim and send. `clock`: as in the scripts."""
        for partition in range(keys.PARTITIONS):
            own = scripts.PartitionKeys.of(partition)
            # While bots claim and send. An entry in flight stays with its bot, and ends there with a tombstone that
            # names nobody; nothing new is added, since they have left every group.
            async for ids in self._waiting(own.entries, person_id):
                await scripts.forget(self._connection, own, clock=clock, ids=ids)
            for note, raw in chunks(await self._connection.ask(own.dead, "LRANGE", own.dead, 0, -1), 2):
                # By the note as it was read: one that somebody revives meanwhile is no dead letter any more.
                entry = entries.readable(raw)
                if entry and person_id in (entry.person_id, *entry.name.split(":")):
                    await scripts.forget_dead(self._connection, own, clock=clock, note=note, record=raw)
            names = await self._unconfirmed.names(partition)
            await self._unconfirmed.forget(partition, [one for one in names if person_id in one])

    async def _waiting(self, key: str, person_id: str) -> AsyncIterator[list[str]]:
        """Ids of entries to them, as far as they can be read. One may come twice."""
        cursor = 0
        while True:
            # HSCAN, since a partition may hold a hundred thousand: all at once would hold up everybody else's
            # press. What was there all the time surely comes, what comes or goes meanwhile may or may not.
            cursor, found = await self._connection.ask(key, "HSCAN", key, cursor, "COUNT", AT_ONCE)
            some = {id_: entries.readable(raw) for id_, raw in pairs(found)}
            if ids := [id_ for id_, entry in some.items() if entry and entry.person_id == person_id]:
                yield ids
            if not (cursor := int(cursor)):
                return


def pairs(found: object) -> list[tuple[str, bytes]]:
    """HSCAN's, as the driver gives them: by field, or one after the other."""
    if isinstance(found, dict):
        return [(id_.decode(), raw) for id_, raw in found.items()]
    assert isinstance(found, list)
    return [(id_.decode(), raw) for id_, raw in chunks(found, 2)]
