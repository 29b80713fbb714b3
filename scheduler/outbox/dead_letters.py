"""Dead letters: entries that were set aside, put back by somebody who has found out why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.redis.connection import Connection
from bot.store import keys
from scheduler.outbox import entries, scripts
from scheduler.outbox.due_index import RedisDueIndex
from scheduler.outbox.entries import ms
from scheduler.outbox.reader import chunks


async def revive(
    connection: Connection, due: RedisDueIndex, now: datetime, server_ms: Callable[[], int | None]
) -> list[str]:
    """All that can be read, back into the outbox; their names. While bots run, and any number of times: an entry
    is put back once for each note, and what was about to be sent is looked for in Slack first."""
    names = []
    for partition in range(keys.PARTITIONS):
        own = scripts.PartitionKeys.of(partition)
        for note, raw in chunks(await connection.ask(own.dead, "LRANGE", own.dead, 0, -1), 2):
            if entry := entries.readable(raw):
                # By its note, which is taken out in the same script: of two who revive at once one does.
                await scripts.revive(
                    connection,
                    own,
                    clock=server_ms(),
                    id=entries.delivery_id(entry.name),
                    at=ms(entry.due_at),
                    note=note,
                    record=raw,
                )
                names.append(entry.name)
        # Also where nothing was revived: who died before this look the last time left entries without one.
        await due.look_at_partition(partition, now)
    return names
