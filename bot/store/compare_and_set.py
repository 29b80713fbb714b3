"""Read, decide, write if nobody wrote in between: how every record changes, so that no update is lost."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from bot.ports import StoreDown
from bot.redis.connection import AnswerLost, Connection, text_of
from bot.store.codec import Schema
from bot.store.keyring import Keyring
from bot.store.record_key import RecordKey

T = TypeVar("T")

TRIES = 50
"""Each lost race means that somebody else's change was saved; this many in a row is no ordinary day."""
CHANGE_TIMEOUT_S = 2.5
"""Seconds that one change may take in all, so that a form is still answered within Slack's three."""


class Versions:
    """The bytes that a snapshot's records were decoded from: single ones, and whole hashes by field."""

    def __init__(self) -> None:
        self.records: dict[RecordKey, bytes] = {}
        self.hashes: dict[str, dict[str, bytes]] = {}

    def of(self, record_key: RecordKey) -> bytes | None:
        """Empty for a record that was not there; None for one that was not read."""
        whole = self.hashes.get(record_key.key)
        return self.records.get(record_key) if whole is None else whole.get(record_key.field, b"")


class CompareAndSet:
    """Records on one connection, read anew each time. StoreDown where Redis can't be asked, BadRecord for what
    can't be read.


    A change: read the record's bytes, decide, and let one script write the new bytes where the old still stand.
    Where somebody else was quicker, read and decide again. Any number of bots may change one record at once: one of
    them wins each race, and none is lost. Changes of one bot to one record take turns, so that only other bots are
    raced against. `decide` may be called many times, so it does nothing but decide.

    Who dies before the script runs changed nothing; after it, the change stands, and whoever does the same again
    finds it done. Who hears no answer sends the same bytes again, which tells whether they stand
    (`_resolve_lost_answer`).
    """

    def __init__(self, connection: Connection, keyring: Keyring | None = None) -> None:
        self.connection = connection
        self.keyring = keyring or Keyring(connection)
        self._turns: WeakValueDictionary[RecordKey, asyncio.Lock] = WeakValueDictionary()

    async def read(self, record_key: RecordKey) -> bytes:
        return bytes_of(await self.keyring.ask(record_key.key, "HGET", record_key.key, record_key.field))

    async def records(self, schema: Schema[T], spots: Sequence[RecordKey]) -> list[T | None]:
        if len(spots) == 1:
            return [self._record(schema, await self.read(spots[0]), spots[0])]
        raws = await self.keyring.ask_all([(record_key.key, ("HGET", *record_key)) for record_key in spots])
        return [
            self._record(schema, bytes_of(raw), record_key) for raw, record_key in zip(raws, spots, strict=True)
        ]

    async def all_in(self, schema: Schema[T], key: str) -> dict[str, T]:
        raws = by_field(await self.keyring.ask(key, "HGETALL", key))
        return self.keyring.decode_all(schema, raws, key)

    async def word(self, key: str) -> str | None:
        raw = await self.connection.ask(key, "GET", key)
        return None if raw is None else text_of(raw)

    async def words(self, key: str) -> list[str]:
        return [text_of(raw) for raw in await self.connection.ask(key, "ZRANGE", key, 0, -1)]

    async def many_words(self, keys: Iterable[str]) -> list[list[str]]:
        """One round trip to each server that has some of them."""
        found = await self.connection.ask_all([(key, ("ZRANGE", key, 0, -1)) for key in keys])
        return [[text_of(raw) for raw in raws] for raws in found]

    async def holds(self, key: str, member: str) -> bool:
        return await self.connection.ask(key, "ZSCORE", key, member) is not None

    async def replicate(self, key: str, *command: Any) -> None:
        await self.connection.replicate(key, *command)

    async def change(
        self,
        schema: Schema[T],
        record_key: RecordKey,
        decide: Callable[[T | None], T | None],
        seen: Versions | None = None,
    ) -> T | None:
        """As `ports.Records.change`. StoreDown when it took too long, or no replica has it.

        `seen`: as a snapshot read it. If it still stands so, one round trip does instead of two.
        """
        expected = seen.of(record_key) if seen else None
        # gone as soon as nobody waits or holds: there are as many locks as changes under way
        turn = self._turns.setdefault(record_key, asyncio.Lock())
        try:
            async with asyncio.timeout(CHANGE_TIMEOUT_S), turn:  # the wait for our turn counts too
                if expected is not None and (
                    swapped := await self._swap_expected(schema, record_key, decide, expected)
                ):
                    return swapped[0]
                return await self._change(schema, record_key, decide)
        except TimeoutError as error:
            raise StoreDown(f"Redis at {self.connection.address} took too long to change {record_key}.") from error

    async def _change(
        self, schema: Schema[T], record_key: RecordKey, decide: Callable[[T | None], T | None]
    ) -> T | None:
        for lost in range(TRIES):
            raw = await self.read(record_key)
            before = self._record(schema, raw, record_key)
            after = decide(before)
            if after == before:
                # it may be our own, and a moment ago we were told that no replica had it
                await self.connection.confirm(record_key.key)
                return before
            if await self._swap(record_key, raw, await self._bytes(schema, after, record_key)):
                return after
            await asyncio.sleep(secrets.randbelow(1 + lost) / 1000)  # lest two bots keep step, and one always lose
        raise StoreDown(f"{record_key} was changed by others {TRIES} times while we tried.")

    async def _swap_expected(
        self, schema: Schema[T], record_key: RecordKey, decide: Callable[[T | None], T | None], raw: bytes
    ) -> tuple[T | None] | None:
        """What now stands, or None: decide anew. The script sees to it that a change rests on what is so; nobody
        would where nothing is to change, or `decide` refuses, so neither is believed of bytes that may be old."""
        try:
            before = self._record(schema, raw, record_key)
            after = decide(before)
        except Exception:  # decided anew from what stands now, which raises the same where it is so
            return None
        if after == before:
            return None
        return (after,) if await self._swap(record_key, raw, await self._bytes(schema, after, record_key)) else None

    async def _swap(self, record_key: RecordKey, old: bytes, new: bytes) -> bool:
        try:
            return await self._send(record_key, old, new)
        except AnswerLost:
            return await self._resolve_lost_answer(record_key, old, new)

    async def _resolve_lost_answer(self, record_key: RecordKey, old: bytes, new: bytes) -> bool:
        """The answer was lost, so it may have been done: send again, and say so where that stays unknown."""
        # 1 also where our first try did it: no two writes are the same bytes. Read for a deletion, which has none.
        if await self._send(record_key, old, new) or await self.read(record_key) == new:
            return True
        raise StoreDown(f"The line to Redis broke and somebody else changed {record_key}; ours may not be saved.")

    async def _send(self, record_key: RecordKey, old: bytes, new: bytes) -> bool:
        return await self.keyring.write(record_key, old, new)

    def _record(self, schema: Schema[T], raw: bytes, record_key: RecordKey) -> T | None:
        return self.keyring.decode(schema, raw, record_key) if raw else None

    async def _bytes(self, schema: Schema[T], record: T | None, record_key: RecordKey) -> bytes:
        """Unlike any that were ever written; none for no record."""
        return b"" if record is None else await self.keyring.encode(schema, record, record_key)


def bytes_of(raw: bytes | str | None) -> bytes:
    """Nothing is no record."""
    return raw.encode() if isinstance(raw, str) else raw or b""


def by_field(found: dict[bytes | str, bytes | str]) -> dict[str, bytes]:
    return dict(sorted((text_of(field), bytes_of(raw)) for field, raw in found.items()))
