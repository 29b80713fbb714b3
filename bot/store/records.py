"""Records that stand alone, by id: people and groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from bot.store.codec import Noun, decode
from bot.store.swap import Spot, Swaps

T = TypeVar("T")

FIELD = "record"


class RedisRecords(Generic[T]):
    """`ports.Records` of one noun; `key` says where the record of an id lies."""

    def __init__(self, swaps: Swaps, noun: Noun[T], key: Callable[[str], str]) -> None:
        self._swaps = swaps
        self._noun = noun
        self._key = key

    def _spot(self, id_: str) -> Spot:
        return Spot(self._key(id_), FIELD)

    async def get(self, id_: str) -> T | None:
        spot = self._spot(id_)
        raw = await self._swaps.read(spot)
        return decode(self._noun, raw, str(spot)) if raw else None

    async def many(self, ids: Iterable[str]) -> dict[str, T]:
        """One round trip to each server that has some of them: in a cluster they lie on several."""
        spots = {id_: self._spot(id_) for id_ in ids}
        if not spots:
            return {}
        answers = await self._swaps.connection.ask_all(
            [(spot.key, ("HGET", spot.key, spot.field)) for spot in spots.values()]
        )
        found = zip(spots.items(), answers, strict=True)
        return {id_: decode(self._noun, raw, str(spot)) for (id_, spot), raw in found if raw}

    async def change(self, id_: str, decide: Callable[[T | None], T | None]) -> T | None:
        return await self._swaps.change(self._noun, self._spot(id_), decide)
