"""Read, decide, write if nobody wrote in between: how every record changes, so that no update is lost."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from bot.ports import StoreDown
from bot.redis.connection import AnswerLost, Connection, text_of
from bot.store.codec import Schema
from bot.store.keyring import Keyring, Swap
from bot.store.record_key import RecordKey

T = TypeVar("T")
U = TypeVar("U")

# As long as two changes overlap, one of them is saved: fifty losses in a row mean fifty changes by others in 2.5 s.
TRIES = 50
"""Each lost race means that somebody else's change was saved; this many in a row is no ordinary day."""
CHANGE_TIMEOUT_S = 2.5
"""Seconds that one change may take in all, so that a form is still answered within Slack's three."""


@dataclass(eq=False)
class Versions:
    """The bytes that a snapshot's records were decoded from: single ones, and whole hashes by field."""

    records: dict[RecordKey, bytes] = field(default_factory=dict)
    hashes: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def of(self, record_key: RecordKey) -> bytes | None:
        """Empty for a record that was not there; None for one that was not read."""
        # A field that a whole hash lacks is known not to be there, so a first write needs no read either.
        whole = self.hashes.get(record_key.key)
        return self.records.get(record_key) if whole is None else whole.get(record_key.field, b"")


class Change(NamedTuple, Generic[T]):
    """A change of one record that is still to be made."""

    schema: Schema[T]
    at: RecordKey
    decide: Callable[[T | None], T | None]


class CompareAndSet:
    """Records on one connection, read anew each time. StoreDown where Redis can't be asked, BadRecord for what
    can't be read.

    A change: read the record's bytes, decide, and let one script write the new bytes where the old still stand.
    Where somebody else was quicker, read and decide again. Any number of bots may change one record at once: one of
    them wins each race, and none is lost. Changes of one bot to one record take turns, so that only other bots are
    raced against. `decide` may be called many times, so it does nothing but decide.

    Who dies before the script runs changed nothing; after it, the change stands, and whoever does the same again
    finds it done. Who hears no answer sends the same bytes again, which tells whether they stand (`_swap`).
    """

    def __init__(self, connection: Connection, keyring: Keyring | None = None) -> None:
        self.connection = connection
        self.keyring = keyring or Keyring(connection)
        # Of this process alone: it saves the races that two presses in one bot would run against each other.
        # Nothing rests on it, since another bot has locks of its own, and the script decides.
        self._turns: WeakValueDictionary[RecordKey, asyncio.Lock] = WeakValueDictionary()

    async def read(self, record_key: RecordKey) -> bytes:
        """The bytes as they stand; empty where there is none."""
        return bytes_of(await self.keyring.ask(record_key.key, "HGET", record_key.key, record_key.field))

    async def records(self, schema: Schema[T], spots: Sequence[RecordKey]) -> list[T | None]:
        """In the order of `spots`, None for each that is not there. One round trip to each server that has some."""
        if len(spots) == 1:
            return [self._record(schema, await self.read(spots[0]), spots[0])]
        raws = await self.keyring.ask_all([(record_key.key, ("HGET", *record_key)) for record_key in spots])
        return [
            self._record(schema, bytes_of(raw), record_key) for raw, record_key in zip(raws, spots, strict=True)
        ]

    async def all_in(self, schema: Schema[T], key: str) -> dict[str, T]:
        """Every record of a hash, by its field, in the order of the fields."""
        raws = by_field(await self.keyring.ask(key, "HGETALL", key))
        return self.keyring.decode_all(schema, raws, key)

    async def change(self, one: Change[T], seen: Versions | None = None) -> T | None:
        """As `ports.Records.change`. StoreDown when it took too long, or no replica has it.

        `seen`: as a snapshot read it. If it still stands so, one round trip does instead of two.
        """
        seen_raw = seen.of(one.at) if seen else None
        # Weak, so gone as soon as nobody waits or holds: there are as many locks as changes under way.
        turn = self._turns.setdefault(one.at, asyncio.Lock())
        try:
            # The wait for our turn counts too: Slack's three seconds began with the press, not with our turn.
            async with asyncio.timeout(CHANGE_TIMEOUT_S), turn:
                # What a snapshot read may be old, and no script looks where nothing is to change: that is not
                # believed of it.
                decided = await self._decided(one, seen_raw)
                if decided and decided[1].new != seen_raw and await self._swap(decided[1]):
                    return decided[0]
                for lost in range(TRIES):
                    # Read anew after each lost race: what was decided rests on bytes that stand no more.
                    raw = await self.read(one.at)
                    before = self._record(one.schema, raw, one.at)
                    after = one.decide(before)
                    if after == before:
                        # Nothing to write, yet it may be our own write of a moment ago, of which we were told that
                        # no replica had it (`NotKept`). Saying "saved" of it now would be untrue after a failover.
                        await self.connection.confirm(one.at.key)
                        return before
                    if await self._swap(Swap(one.at, raw, await self.keyring.encode(one.schema, after, one.at))):
                        return after
                    # By chance, and longer with each loss: two bots that keep step would let the same one lose
                    # each time.
                    await asyncio.sleep(secrets.randbelow(1 + lost) / 1000)
        except TimeoutError as error:
            # Cut off in the middle: the script may have run. The person hears that it may not be saved and does the
            # same again, which finds it done or does it.
            raise StoreDown(f"Redis at {self.connection.address} took too long to change {one.at}.") from error
        raise StoreDown(f"{one.at} was changed by others {TRIES} times while we tried.")

    async def _decided(self, one: Change[T], raw: bytes | None) -> tuple[T | None, Swap] | None:
        """What is decided of bytes that may be old, and its swap, by which the script sees to it that it rests on
        what is so; one that stays as it is must stand so too. None where there are none, or `decide` refuses."""
        if raw is None:
            return None
        try:
            before = self._record(one.schema, raw, one.at)
            after = one.decide(before)
        except Exception:
            # A refusal ("somebody has taken that") must rest on what stands now, and no script has looked: decided
            # anew from a fresh read, which raises the same where it is so.
            return None
        return after, Swap(
            one.at, raw, raw if after == before else await self.keyring.encode(one.schema, after, one.at)
        )

    async def change_both(self, first: Change[T], then: Change[U], seen: Versions) -> tuple[T | None, U | None]:
        """Two records of one slot and one author, the first before the second. In one script where both stand as
        they were `seen`; else one after the other, and whoever dies in between leaves the first alone."""
        turns = [self._turns.setdefault(one.at, asyncio.Lock()) for one in (first, then)]
        try:
            # Whoever changes both takes the turns in this order, and nobody else holds two: no circle of waiting.
            async with asyncio.timeout(CHANGE_TIMEOUT_S), turns[0], turns[1]:
                swapped = await self._swap_both(first, then, seen)
        except TimeoutError as error:
            raise StoreDown(f"Redis at {self.connection.address} took too long to change {first.at}.") from error
        if swapped:
            return swapped
        return await self.change(first, seen), await self.change(then, seen)

    async def _swap_both(
        self, first: Change[T], then: Change[U], seen: Versions
    ) -> tuple[T | None, U | None] | None:
        """What now stands, or None: one after the other."""
        before = await self._decided(first, seen.of(first.at))
        # A deletion has no bytes of its own to be known by, should the answer be lost.
        if before is None or before[0] is None:
            return None
        after = await self._decided(then, seen.of(then.at))
        if after is None or after[0] is None:
            return None
        return (before[0], after[0]) if await self._swap(before[1], after[1]) else None

    async def _swap(self, *swaps: Swap) -> bool:
        """Whether what is new stands now, written by us. Where the answer is lost it may have been done: the same
        bytes are sent again, and StoreDown says so where that stays unknown."""
        try:
            return self.keyring.wrote(await self.keyring.write(*swaps), *swaps)
        except AnswerLost as lost:
            # redis-py's own retry is off (docs/decisions/0002): it could not know that the first try was ours. Here
            # the script answers 1 also where the first try did it, since no two writes are ever the same bytes.
            again = self.keyring.wrote(await self.keyring.write(*swaps), *swaps)
            # A deletion has no bytes of its own to be known by: that nothing stands there is all that was wanted.
            if again or (len(swaps) == 1 and await self.read(swaps[0].at) == swaps[0].new):
                return True
            # Ours may have stood for a moment, and been built on, or never. Deciding anew could do it twice (a
            # counter, a line in a history), so the person is told.
            raise StoreDown(
                f"The line to Redis broke and somebody else changed {swaps[0].at}; ours may not be saved."
            ) from lost

    def _record(self, schema: Schema[T], raw: bytes, record_key: RecordKey) -> T | None:
        return self.keyring.decode(schema, raw, record_key) if raw else None


def bytes_of(raw: bytes | str | None) -> bytes:
    """Nothing is no record."""
    return raw.encode() if isinstance(raw, str) else raw or b""


def by_field(found: dict[bytes | str, bytes | str]) -> dict[str, bytes]:
    """HGETALL's answer, in the order of the fields: what is drawn of it is drawn alike each time."""
    return dict(sorted((text_of(field), bytes_of(raw)) for field, raw in found.items()))
