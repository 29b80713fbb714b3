"""Records that stand alone, by id: people and groups."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.store.codec import Schema
from bot.store.compare_and_set import Change, CompareAndSet, Versions
from bot.store.record_key import FIELD, RecordKey

T = TypeVar("T")


@dataclass(eq=False)
class RedisRecords(Generic[T]):
    """`ports.Records` of one noun; `_key` says where the record of an id lies."""

    _records: CompareAndSet
    _noun: Schema[T]
    _key: Callable[[str], str]

    def _spot(self, id_: str) -> RecordKey:
        return RecordKey(self._key(id_), FIELD)

    async def get(self, id_: str) -> T | None:
        """One hash for each id, with the record in its one field."""
        (found,) = await self._records.records(self._noun, (self._spot(id_),))
        return found

    async def many(self, ids: Iterable[str]) -> dict[str, T]:
        """One round trip to each server that has some of them: in a cluster they lie on several."""
        spots = {id_: self._spot(id_) for id_ in ids}
        if not spots:
            return {}
        # Read at several moments. Nothing rests on that: each record is changed by its own bytes.
        found = await self._records.records(self._noun, [*spots.values()])
        return {id_: record for id_, record in zip(spots, found, strict=True) if record is not None}

    def change(
        self, id_: str, decide: Callable[[T | None], T | None], *, seen: Versions | None = None
    ) -> Coroutine[Any, Any, T | None]:
        """As `CompareAndSet.change`."""
        return self._records.change(Change(self._noun, self._spot(id_), decide), seen)
