"""Installations, all in one hash: there are few, and whoever looks for one mostly wants to know of all."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.installation import Installation
from bot.store import keys
from bot.store.compare_and_set import CompareAndSet, RecordKey
from bot.store.schemas import INSTALLATION


class RedisInstallations:
    """`ports.Installations`."""

    def __init__(self, records: CompareAndSet) -> None:
        self._records = records
        self.writes = 0

    async def all(self) -> dict[str, Installation]:
        return await self._records.shelf(INSTALLATION, keys.installations())

    async def get(self, key: str) -> Installation | None:
        (found,) = await self._records.records(INSTALLATION, (RecordKey(keys.installations(), key),))
        return found

    async def change(
        self, key: str, decide: Callable[[Installation | None], Installation | None]
    ) -> Installation | None:
        try:
            return await self._records.change(INSTALLATION, RecordKey(keys.installations(), key), decide)
        finally:
            self.writes += 1
