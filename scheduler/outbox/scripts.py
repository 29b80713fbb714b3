"""The contracts of the outbox's Lua scripts. Moments and spans are whole milliseconds.

Any bot may run any of them at any time, on any partition. What each needs to know of the one before it stands in
Redis: an entry's token says who holds it. `clock` is the server's own time, but for tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from bot.redis.connection import Connection
from bot.redis.scripts import SERVER_TIME, Source, script
from bot.store import keys
from scheduler.outbox import entries

PACKAGE = "scheduler.outbox"
PRELUDE = Source(PACKAGE, "prelude")


class PartitionKeys(NamedTuple):
    """A partition's keys, all of one slot, by the names that the scripts know them by."""

    entries: str
    states: str
    due: str
    ready: str
    later: str
    leases: str
    teams: str
    pace: str
    gaps: str
    facts: str
    dead: str
    tombstones: str
    """How the key of each begins; its entry's id follows."""

    @classmethod
    def of(cls, partition: int) -> PartitionKeys:
        """Of the partition of that number, from 0."""
        named = {part: keys.outbox(partition, part) for part in cls._fields}
        return cls(**(named | {"tombstones": keys.outbox(partition, "done:")}))


class New(msgspec.Struct):
    id: str
    at: int


@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout, replicated=True)
async def add(
    connection: Connection,
    keys: PartitionKeys,
    *,
    clock: int | None,
    added: Sequence[New],
    records: Sequence[bytes],
) -> int:
    """How many of them are new. `records` are in the order of `added`: bytes that are no text can't be packed.

    Replicated: that a message is to be sent is not forgotten by a failover.
    """


# Not replicated: a claim that a failover forgets is made again, and the token of the first holds no more.
@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout)
async def claim(
    connection: Connection,
    keys: PartitionKeys,
    *,
    clock: int | None,
    now: int,
    limit: int,
    lease: int,
    token: str,
    every: int,
    burst: int,
    gap: int,
    tombstone_life: int,
    each: int,
    in_flight: Mapping[str, int],
) -> list[Any]:
    """When to look again in the bot's time, or -1; whether there may be more at once (1 or 0); how long what is due
    already must wait for its turn, or -1; then id, record and state of each entry that the caller now holds.

    At most `limit`, and at most `each` of one workspace, less what it has `in_flight`.
    """


class Sending(msgspec.Struct):
    id: str
    token: str
    place: tuple[str, ...]


@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout, replicated=True)
async def mark_sending(
    connection: Connection,
    keys: PartitionKeys,
    *,
    clock: int | None,
    now: int,
    lease: int,
    marks: Sequence[Sending],
) -> list[int]:
    """For each: 1 where it may be sent now; 0 where the caller holds it no more, or it was sent.

    Replicated: that somebody is about to send is not forgotten by a failover, so that nobody sends it twice.
    """


class Sent(msgspec.Struct):
    id: str
    token: str
    message: tuple[str, str, str]


# Nor this: where a failover forgets it the mark as sending is there, and Slack is asked.
@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout)
async def mark_sent(
    connection: Connection, keys: PartitionKeys, *, clock: int | None, marks: Sequence[Sent]
) -> list[int]:
    """For each: 1, or 0 where the lease was lost; noted it is in either case."""


class Ended(msgspec.Struct):
    id: str
    token: str
    status: str
    outcome: str
    """As JSON: what its tombstone says."""


# Nor this: where a failover forgets it the entry stands there as sent, or as marked, and is taken up again.
@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout)
async def finish(
    connection: Connection,
    keys: PartitionKeys,
    *,
    clock: int | None,
    tombstone_life: int,
    ends: Sequence[Ended],
) -> list[int]:
    """For each: 1 where it has ended, by us now or by anybody before; 0 where the lease was lost."""


@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout)
async def put_back(
    connection: Connection,
    keys: PartitionKeys,
    *,
    clock: int | None,
    id: str,
    token: str,
    keep_mark: bool,
    after: int | None,
    at: int | None,
    rest: int,
    count: str,
    why: str,
) -> int:
    """1, or 0 where the lease was lost. `after` a span of the server's time, or `at` a moment of the bot's; its
    workspace rests for `rest`; `count` is which goes up, `tries` or `faults`, or empty; `why` is Slack's code where
    it waits for the reason of a refusal to end."""


@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout)
async def dead_letter(
    connection: Connection,
    keys: PartitionKeys,
    *,
    clock: int | None,
    tombstone_life: int,
    id: str,
    token: str,
    why: str,
) -> int:
    """1, or 0 where the lease was lost."""


@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout, replicated=True)
async def revive(
    connection: Connection,
    keys: PartitionKeys,
    *,
    clock: int | None,
    id: str,
    at: int,
    note: bytes,
    record: bytes,
) -> int:
    """1, or 0 where it is no dead letter any more. Note and record as they stand there."""


@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout)
async def forget(connection: Connection, keys: PartitionKeys, *, clock: int | None, ids: Sequence[str]) -> int:
    """How many of these entries, none of which was ever sent, are gone without a trace."""


@script(PACKAGE, SERVER_TIME, PRELUDE, before=entries.layout)
async def forget_dead(
    connection: Connection, keys: PartitionKeys, *, clock: int | None, note: bytes, record: bytes
) -> int:
    """1, or 0 where it is no dead letter any more. Note and record as they stand there."""


class DueKeys(NamedTuple):
    """When to look at each member (a sorted set), and who is being looked at just now (a hash)."""

    looks: str
    held: str


# Not replicated: two that look at the same member do no harm.
@script(PACKAGE)
async def due(connection: Connection, keys: DueKeys, *, now: int, lease: int, limit: int) -> list[bytes]:
    """The members to look at now; each is put off by the lease, in case the caller dies."""


class Look(msgspec.Struct):
    member: str
    at: int


@script(PACKAGE, replicated=True)
async def look_at(connection: Connection, keys: DueKeys, *, asked: Sequence[Look]) -> list[int]:
    """1 for each. Replicated: who saves a fact relies on somebody looking."""


@script(PACKAGE)
async def done(connection: Connection, keys: DueKeys, *, member: str, lease_end: int, next_at: int | None) -> int:
    """1, or 0 where the lease of that moment stands no more."""


class NamesKey(NamedTuple):
    names: str


@script(PACKAGE, SERVER_TIME)
async def unconfirmed(
    connection: Connection, keys: NamesKey, *, clock: int | None, name: str, most: int, life: int
) -> int:
    """1. Of the names, the newest `most` are kept."""
