"""The contracts of the store's Lua scripts. Why each may run twice stands in its first lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.redis.connection import Connection
from bot.redis.scripts import SERVER_TIME, script


class RecordsKeys(NamedTuple):
    """A hash of records, and another of its slot (or the same again); the data keys of that slot, which lie under
    `record`; and those of a record's author, which in a cluster lie elsewhere: there, as where none are meant, the
    slot's again."""

    first: str
    second: str
    data_keys: str
    authors_keys: str


# Replicated: a form closes on its answer, and what it said was saved must outlive a failover.
@script("bot.store", replicated=True)
async def compare_and_set(
    connection: Connection,
    keys: RecordsKeys,
    *,
    key_id: str,
    authors_key_id: str,
    fields: Sequence[str],
    swaps: Sequence[bytes],
) -> int:
    """One field or two, of `first` and `second`; `swaps` are, for each, what is expected there and what is new.

    1 where they now hold what is new; else nothing was changed: 0 where one did not hold what was expected, 2 where
    a data key that the new is sealed with is not the newest. Empty bytes are no record; without an id no key is
    looked for."""


class CountKey(NamedTuple):
    counted: str


# Replicated: a failover that forgot a place would let a third message through.
@script("bot.store", replicated=True)
async def allow(connection: Connection, keys: CountKey, *, name: str, most: int, life_ms: int) -> int:
    """1 where `name` counts, already or from now on; 0 where `most` others do."""


class LimitKeys(NamedTuple):
    """Until when calls are spoken for, and until when Slack wants none."""

    spoken_for: str
    blocked: str


# The two of the limiter are not replicated: what a failover forgets of a pace is some calls that Slack may answer
# by 429.
@script("bot.store", SERVER_TIME)
async def take_call(connection: Connection, keys: LimitKeys, *, clock: int | None, every: int, burst: int) -> int:
    """0 where the call may be made now, and counts; else the ms to wait. `every` is in ms."""


@script("bot.store", SERVER_TIME)
async def block(
    connection: Connection, keys: LimitKeys, *, clock: int | None, every: int, burst: int, wait: int
) -> int:
    """Nobody calls for `wait` ms, and then one at a time."""


class LockKey(NamedTuple):
    lock: str


# Not replicated, as the lock itself is not: see `tickets.RedisLocks`.
@script("bot.store")
async def release(connection: Connection, keys: LockKey, *, token: str) -> int:
    """1 where the lock was held with that token, and is free now."""
