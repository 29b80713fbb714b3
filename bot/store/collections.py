"""Shelves: a group's records of one noun, or one round's, in one hash."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.store import keys
from bot.store.codec import Schema
from bot.store.compare_and_set import Change, CompareAndSet, Versions
from bot.store.record_key import RecordKey

T = TypeVar("T")


@dataclass(eq=False)
class RedisGroupCollection(Generic[T]):
    """`ports.GroupCollection` of one schema; `_part` is its name in the key."""

    _records: CompareAndSet
    _noun: Schema[T]
    _part: str

    async def get(self, group_id: str, key: str, *, round: str = "") -> T | None:
        """The field `key` of `b:{g:<group>}:<part>`, or of that with `:<round>` behind it."""
        record_key = RecordKey(keys.of_group(group_id, self._part, round), key)
        (found,) = await self._records.records(self._noun, (record_key,))
        return found

    async def all(self, group_id: str, *, round: str = "") -> dict[str, T]:
        """By key, in the order of the keys: rounds and digests from the oldest on."""
        return await self._records.all_in(self._noun, keys.of_group(group_id, self._part, round))

    def change(
        self,
        group_id: str,
        key: str,
        decide: Callable[[T | None], T | None],
        *,
        round: str = "",
        seen: Versions | None = None,
    ) -> Coroutine[Any, Any, T | None]:
        """As `CompareAndSet.change`, on one field of that hash."""
        return self._records.change(self.to_change(group_id, key, decide, round=round), seen)

    def to_change(
        self, group_id: str, key: str, decide: Callable[[T | None], T | None], *, round: str = ""
    ) -> Change[T]:
        """Nothing is read or written yet."""
        return Change(self._noun, RecordKey(keys.of_group(group_id, self._part, round), key), decide)

    async def drop(self, group_id: str, *, round: str = "") -> None:
        """The whole hash. A change that is under way meanwhile finds no record, and decides anew."""
        key = keys.of_group(group_id, self._part, round)
        # UNLINK frees the memory in another thread of the server: a year's records would hold up everybody else's
        # press.
        await self._records.connection.replicate(key, "UNLINK", key)
