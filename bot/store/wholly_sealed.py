"""Whether every record is sealed: from then on one in the clear is forged, and refused.

An earlier Between wrote in the clear, and what it left is read. Once nothing of that is left, a mark says so, which
nobody can make without a master key. The sequence: `look`, at each start and after keys were turned, goes through
all records where there is no mark yet, and writes it where none lies in the clear. Whoever dies in between has it
done by the next start. A store that is empty at its first start has the mark from then on.

Whoever takes the mark away is found out: data keys that were made since say so themselves, bound to what they wrap.
Only a store with no such key, put back as it was before, is as one that was never wholly sealed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import structlog
from cryptography.exceptions import InvalidTag

from bot.master_keys import MasterKeys
from bot.ports import BadRecord
from bot.redis.connection import Connection, text_of
from bot.store import encryption, keys
from bot.store.codec import Schema, decode
from bot.store.encryption import DataKeys
from bot.store.record_key import FIELD

DATA_KEYS = Schema("list of data keys", DataKeys, upgrades=(lambda plain: plain,))
"""Since version 2 a key may say that it was made when all was sealed: an earlier Between would open none such."""

_CLEAR = b"{"

log = structlog.get_logger()


class Forged(BadRecord):
    """A record in the clear, where all were sealed: whoever put it there has no key."""


@dataclass(eq=False)
class WhollySealed:
    """`stands`: whether it is so, as far as this process knows; it never ends again. `masters` None: nothing is."""

    _connection: Connection
    _masters: MasterKeys | None
    _said: set[str] = field(default_factory=set)
    stands: bool = False

    async def look(self) -> None:
        """StoreDown where Redis can't be asked."""
        if self._masters is None or self.stands:
            return
        mark = await self._connection.ask(keys.WHOLLY_SEALED, "GET", keys.WHOLLY_SEALED)
        if mark and encryption.marks(self._masters, text_of(mark)):
            self.stands = True
            return
        # Both go through the whole store, so only at starts before the mark stands. Data keys first: where they
        # know of a mark, records in the clear are forged, and none of them may keep it from being put back.
        if await self._knew():
            log.error("the mark that all is encrypted was taken away or changed, and is put back")
        elif await self.clear_records():
            return
        await self._mark()

    async def remark(self) -> None:
        """The mark, made with the newest master key, where it stands: the one that made it may go now."""
        if self.stands:
            await self._mark()

    async def _mark(self) -> None:
        assert self._masters is not None
        key = keys.WHOLLY_SEALED
        await self._connection.replicate(key, "SET", key, encryption.mark_of(self._masters.newest))
        # After it is kept: data keys made from here on say that all was sealed, and a mark that a failover lost
        # would then look as if somebody had taken it away.
        self.stands = True

    async def clear_records(self) -> Counter[str]:
        """How many lie in the clear, by the key of the hash that holds them."""
        found: Counter[str] = Counter()
        async for key in self.hashes():
            if key == keys.data_keys(keys.tag_of(key)):
                continue
            values = await self._connection.ask(key, "HVALS", key)
            # While others write. What a bot of this version adds meanwhile is sealed; what a bot without keys adds
            # after this look is refused once the mark stands.
            clear = sum((raw.encode() if isinstance(raw, str) else raw).startswith(_CLEAR) for raw in values)
            found.update({key: clear} if clear else {})
        return found

    async def _knew(self) -> bool:
        """Whether a data key says that it was made when all was sealed."""
        async for key in self.hashes():
            tag = keys.tag_of(key)
            if key != keys.data_keys(tag):
                continue
            raw = await self._connection.ask(key, "HGET", key, FIELD)
            for one in decode(DATA_KEYS, raw, key).keys if raw else ():
                if one.since_sealed and self._opens(tag, one):
                    return True
        return False

    def _opens(self, tag: str, key: encryption.WrappedKey) -> bool:
        master = self._masters.get(key.master) if self._masters else None
        try:
            return master is not None and encryption.unwrap(master, tag, key) is not None
        except (InvalidTag, ValueError):
            return False

    async def hashes(self) -> AsyncIterator[str]:
        """Keys of all hashes that may hold records. One may come twice, as SCAN allows; one that is there all the
        time surely comes."""
        with self._connection.asking() as client:
            async for key in client.scan_iter(match="b:{*", count=500, _type="HASH"):
                if keys.may_hold_records(name := text_of(key)):
                    yield name

    def check(self, raw: bytes, key: str, where: str) -> None:
        """Raises Forged for a record in the clear that nobody with a key can have put there. Said once for each
        hash."""
        if not self.stands or not raw.startswith(_CLEAR):
            return
        if key not in self._said:
            self._said.add(key)
            log.error("a record in the clear was refused: all were encrypted, so it is forged", key=key)
        raise Forged(
            f"{where} is refused: all that is stored was encrypted, and this is in the clear, so somebody without "
            "the key put it there. Restore a backup, or move that key away; everything else still works."
        )
