"""Read, decide, write if nobody wrote in between: how every record changes, so that no update is lost."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from bot.ports import StoreDown
from bot.redis.connection import AnswerLost, Connection, text_of
from bot.redis.scripts import Script
from bot.store.codec import Noun, decode, encode
from bot.store.reader import Spot, by_field, bytes_of

T = TypeVar("T")

TRIES = 50
"""Each lost race means that somebody else's change was saved; this many in a row is no ordinary day."""
PATIENCE = 2.5
"""Seconds that one change may take in all, so that a form is still answered within Slack's three."""


class Swaps:
    """`Facts` on one connection, read anew each time.

    Changes of one bot to one record take turns, so that only other bots are raced against.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._script = Script(connection, "bot.store", "swap", kept=True)
        self._turns: WeakValueDictionary[Spot, asyncio.Lock] = WeakValueDictionary()

    async def read(self, spot: Spot) -> bytes:
        return bytes_of(await self.connection.ask(spot.key, "HGET", spot.key, spot.field))

    async def records(self, noun: Noun[T], spots: Sequence[Spot]) -> list[T | None]:
        if len(spots) == 1:
            return [record_of(noun, await self.read(spots[0]), spots[0])]
        raws = await self.connection.ask_all([(spot.key, ("HGET", *spot)) for spot in spots])
        return [record_of(noun, bytes_of(raw), spot) for raw, spot in zip(raws, spots, strict=True)]

    async def shelf(self, noun: Noun[T], key: str) -> dict[str, T]:
        raws = by_field(await self.connection.ask(key, "HGETALL", key))
        return {field: decode(noun, raw, str(Spot(key, field))) for field, raw in raws.items()}

    async def word(self, key: str) -> str | None:
        raw = await self.connection.ask(key, "GET", key)
        return None if raw is None else text_of(raw)

    async def words(self, key: str) -> list[str]:
        return [text_of(raw) for raw in await self.connection.ask(key, "ZRANGE", key, 0, -1)]

    async def keep(self, key: str, *command: Any) -> None:
        await self.connection.keep(key, *command)

    async def change(
        self, noun: Noun[T], spot: Spot, decide: Callable[[T | None], T | None], guess: bytes | None = None
    ) -> T | None:
        """As `ports.Records.change`. StoreDown when it took too long, or no replica has it.

        `guess`: the record's bytes as they were read a while ago. If they still are, one way does instead of two.
        """
        turn = self._turns.setdefault(spot, asyncio.Lock())
        try:
            async with asyncio.timeout(PATIENCE), turn:
                if guess is not None and (guessed := await self._guessed(noun, spot, decide, guess)):
                    return guessed[0]
                return await self._change(noun, spot, decide)
        except TimeoutError as error:
            raise StoreDown(f"Redis at {self.connection.address} took too long to change {spot}.") from error

    async def _change(self, noun: Noun[T], spot: Spot, decide: Callable[[T | None], T | None]) -> T | None:
        for lost in range(TRIES):
            raw = await self.read(spot)
            before = record_of(noun, raw, spot)
            after = decide(before)
            if after == before:
                await self.connection.confirm(spot.key)  # it may be our own, told a moment ago that it wasn't kept
                return before
            if await self._swap(spot, raw, _bytes(noun, after)):
                return after
            await asyncio.sleep(secrets.randbelow(1 + lost) / 1000)
        raise StoreDown(f"{spot} was changed by others {TRIES} times while we tried.")

    async def _guessed(
        self, noun: Noun[T], spot: Spot, decide: Callable[[T | None], T | None], raw: bytes
    ) -> tuple[T | None] | None:
        """What now stands, or None: decide anew. The script sees to it that a change rests on what is so; nobody
        would where nothing is to change, or `decide` refuses, so neither is believed of a guess."""
        try:
            before = record_of(noun, raw, spot)
            after = decide(before)
        except Exception:
            return None
        if after == before:
            return None
        return (after,) if await self._swap(spot, raw, _bytes(noun, after)) else None

    async def _swap(self, spot: Spot, old: bytes, new: bytes) -> bool:
        try:
            return await self._send(spot, old, new)
        except AnswerLost:
            return await self._settle(spot, old, new)

    async def _settle(self, spot: Spot, old: bytes, new: bytes) -> bool:
        """The answer was lost, so it may have been done: send again, and say so where that stays unknown."""
        if await self._send(spot, old, new) or await self.read(spot) == new:
            return True
        raise StoreDown(f"The line to Redis broke and somebody else changed {spot}; ours may not be saved.")

    async def _send(self, spot: Spot, old: bytes, new: bytes) -> bool:
        return bool(await self._script([spot.key], [spot.field, old, new]))


def record_of(noun: Noun[T], raw: bytes, spot: Spot) -> T | None:
    return decode(noun, raw, str(spot)) if raw else None


def _bytes(noun: Noun[T], record: T | None) -> bytes:
    """Unlike any that were ever written; none for no record."""
    return encode(noun, record, secrets.token_hex(6)) if record is not None else b""
