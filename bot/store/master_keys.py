"""Which master keys the store was encrypted under: noted there by their ids, and what only each of them opens."""

from __future__ import annotations

from dataclasses import dataclass

from bot.master_keys import MasterKey, MasterKeys
from bot.ports import BadRecord
from bot.redis.connection import Connection, text_of
from bot.store import encryption, keys

CURRENT = ":current"
"""Beside the ids of master keys, none of which has a colon."""

ANOTHER = "Give that one instead, or restore the backup that goes with this one."


@dataclass(eq=False)
class NotedMasters:
    """Any number of bots at once: what is noted twice is noted once."""

    _connection: Connection
    _masters: MasterKeys | None

    async def faults(self) -> list[str]:
        """What is wrong with the master keys that were given, in sentences; each that was ever used here is needed
        until `between keys rotate` says otherwise. In an empty store the newest is noted as the one that wraps."""
        noted = await self.all()
        if not noted and self._masters:
            await self.note(self._masters.newest, first=True)
        faults = []
        for id_, proof in noted.items():
            master = self._masters.get(id_) if self._masters else None
            if id_ == CURRENT:
                continue
            if master is None:
                faults.append(f"What is stored is encrypted: {not_given(id_)}")
            elif not encryption.proves(master, proof):
                faults.append(
                    f"The master key {id_} that was given is not the one that the data were encrypted with. "
                    f"{ANOTHER}"
                )
        return faults

    async def all(self) -> dict[str, bytes]:
        """See `keys.MASTERS`."""
        key = keys.MASTERS
        found = await self._connection.ask(key, "HGETALL", key)
        return {text_of(name): raw.encode() if isinstance(raw, str) else raw for name, raw in found.items()}

    async def note(self, master: MasterKey, *, first: bool = False) -> None:
        """From now on it wraps; `first`: unless another was noted before. Doing it twice does no harm."""
        key, way = keys.MASTERS, "HSETNX" if first else "HSET"
        # Its proof before its name: who dies in between leaves a key that is asked for at each start and wraps
        # nothing yet. The other way round, a current key of which nobody could tell whether it is the one that was
        # meant.
        await self._connection.replicate(key, "HSETNX", key, master.id, encryption.proof_of(master))
        await self._connection.replicate(key, way, key, CURRENT, master.id)

    async def forget(self, id_: str) -> None:
        """When nothing is wrapped with it any more."""
        key = keys.MASTERS
        await self._connection.replicate(key, "HDEL", key, id_)

    async def wrapping(self) -> MasterKey:
        """Asked each time, which is once for each group and person: all bots wrap with the same, also while some
        were given a newer one already and others not yet."""
        assert self._masters is not None
        key = keys.MASTERS
        current = await self._connection.ask(key, "HGET", key, CURRENT)
        if current is None:
            # Two bots may start on an empty store with different keys as their newest: the first stays, and the
            # second read tells both whose that was.
            await self.note(self._masters.newest, first=True)
            current = await self._connection.ask(key, "HGET", key, CURRENT)
        id_ = text_of(current or self._masters.newest.id)
        if (master := self._masters.get(id_)) is None:
            raise BadRecord(f"Nothing new can be encrypted: {not_given(id_)}")
        return master


def not_given(id_: str) -> str:
    """For behind "can't be read: ", and the like."""
    return f"the master key {id_} was not given. Add it to BETWEEN_KEYS, or where your keys come from."
