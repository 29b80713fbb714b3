"""Installations, all in one hash: there are few, and whoever looks for one mostly wants to know of all."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.domain.installation import Installation
from bot.ports import BadRecord
from bot.redis.connection import text_of
from bot.store import keys
from bot.store.compare_and_set import CompareAndSet
from bot.store.record_key import RecordKey
from bot.store.schemas import INSTALLATION

log = structlog.get_logger()


class RedisInstallations:
    """`ports.Installations`."""

    def __init__(self, records: CompareAndSet) -> None:
        self._records = records
        self.writes = 0

    async def all(self) -> dict[str, Installation]:
        """Without those that can't be read: one damaged record must not keep the others' workspaces waiting."""
        try:
            return await self._records.all_in(INSTALLATION, keys.installations())
        except BadRecord:
            fields = await self._records.connection.ask(keys.installations(), "HKEYS", keys.installations())
            found = {text_of(field): await self._readable(text_of(field)) for field in fields}
            return {key: one for key, one in sorted(found.items()) if one}

    async def _readable(self, key: str) -> Installation | None:
        try:
            return await self.get(key)
        except BadRecord as error:
            log.error("an installation can't be read", error=str(error))
            return None

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
