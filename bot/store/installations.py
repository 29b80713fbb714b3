"""Installations, all in one hash: there are few, and whoever looks for one mostly wants to know of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.domain.installation import Installation
from bot.ports import BadRecord
from bot.redis.connection import text_of
from bot.store import keys
from bot.store.compare_and_set import Change, CompareAndSet
from bot.store.record_key import RecordKey
from bot.store.schemas import INSTALLATION

log = structlog.get_logger()


@dataclass(eq=False)
class RedisInstallations:
    """`ports.Installations`. Any number of bots at once, each record by compare-and-set: see `CompareAndSet`.
    `writes` counts this process's own, by which its book knows to read anew."""

    _records: CompareAndSet
    writes: int = 0

    async def all(self) -> dict[str, Installation]:
        """Without those that can't be read: one damaged record must not keep the others' workspaces waiting."""
        try:
            return await self._records.all_in(INSTALLATION, keys.INSTALLATIONS)
        except BadRecord:
            found: dict[str, Installation] = {}
            fields = await self._records.connection.ask(keys.INSTALLATIONS, "HKEYS", keys.INSTALLATIONS)
            for key in sorted(map(text_of, fields)):
                try:
                    # It may have been uninstalled since the fields were listed: then there is none.
                    if one := await self.get(key):
                        found[key] = one
                except BadRecord as error:
                    log.error("an installation can't be read", error=str(error))
            return found

    async def get(self, key: str) -> Installation | None:
        """A field of `b:{all}:installations`."""
        (found,) = await self._records.records(INSTALLATION, (RecordKey(keys.INSTALLATIONS, key),))
        return found

    async def change(
        self, key: str, decide: Callable[[Installation | None], Installation | None]
    ) -> Installation | None:
        """As `CompareAndSet.change`. `writes` goes up also where it raises."""
        try:
            return await self._records.change(Change(INSTALLATION, RecordKey(keys.INSTALLATIONS, key), decide))
        finally:
            # Also where no answer came: it may be stored all the same, and the book of this process, which believes
            # what it read for twenty seconds, would go on with a token that has ended (docs/decisions/0018).
            self.writes += 1
