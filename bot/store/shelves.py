"""Shelves: a group's records of one noun, or one round's, in one hash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.store import keys
from bot.store.codec import Noun, decode
from bot.store.connection import text_of
from bot.store.swap import Spot, Swaps

T = TypeVar("T")


class RedisShelf(Generic[T]):
    """`ports.Shelf` of one noun; `part` is its name in the key."""

    def __init__(self, swaps: Swaps, noun: Noun[T], part: str) -> None:
        self._swaps = swaps
        self._noun = noun
        self._part = part

    async def get(self, group_id: str, key: str, *, round: str = "") -> T | None:
        spot = Spot(keys.of_group(group_id, self._part, round), key)
        raw = await self._swaps.read(spot)
        return decode(self._noun, raw, str(spot)) if raw else None

    async def all(self, group_id: str, *, round: str = "") -> dict[str, T]:
        """By key, in the order of the keys: rounds and digests from the oldest on."""
        shelf = keys.of_group(group_id, self._part, round)
        found = await self._swaps.connection.ask(shelf, "HGETALL", shelf)
        raws = sorted((text_of(field), raw) for field, raw in found.items())
        return {field: decode(self._noun, raw, str(Spot(shelf, field))) for field, raw in raws}

    async def change(
        self, group_id: str, key: str, decide: Callable[[T | None], T | None], *, round: str = ""
    ) -> T | None:
        return await self._swaps.change(self._noun, Spot(keys.of_group(group_id, self._part, round), key), decide)

    async def drop(self, group_id: str, *, round: str = "") -> None:
        shelf = keys.of_group(group_id, self._part, round)
        await self._swaps.connection.keep(shelf, "UNLINK", shelf)
