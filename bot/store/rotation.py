"""Turning keys while bots run: `between keys rotate`.

Under another master key only the wrapping of data keys changes, a few hundred bytes for each group and person;
records are left as they are, but for those in the clear, which an earlier Between wrote. With `data` there are new
data keys too, and every record is sealed anew.

The sequence: the newest master key is noted as the one that wraps; `CHANGES_END_S` later nobody wraps with another.
With `data` every tag gets a new data key beside its old ones, and `KEY_LIFE_S` later no bot seals with an
old one. Then tag by tag: each record that is not sealed with the newest key is read and written, where it still
stands as it was read; one that a bot changed meanwhile is looked at again. Then the old data keys are dropped.

All that is left to do can be read off what is stored, so who is killed at any step just starts again: what is done
is passed over. Two at once do the same twice, and no harm.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from msgspec.structs import replace

from bot.master_keys import MasterKey
from bot.ports import BadRecord, StoreDown
from bot.redis.connection import text_of
from bot.store import data_keys, encryption, keys, master_keys
from bot.store.codec import decode, encode
from bot.store.encryption import DataKeys
from bot.store.keyring import KeyGone, Keyring, Swap
from bot.store.master_keys import CURRENT
from bot.store.record_key import FIELD, RecordKey
from bot.store.schemas import PLATE
from bot.store.wholly_sealed import DATA_KEYS

CHANGES_END_S = 5.0
"""Twice what a change may take: who chose the old master key just before has written by then, or never will."""
TRIES = 50
AT_ONCE = 200
"""Tags between two lines of progress."""

Say = Callable[[str], None]


@dataclass
class Turned:
    """`unread`: records that could not be read, by their keys; they stand as they stood."""

    tags: int = 0
    rewrapped: int = 0
    rewritten: int = 0
    unread: tuple[str, ...] = ()


class Rotation:
    """`data`: new data keys too. StoreDown where Redis can't be asked."""

    def __init__(self, keyring: Keyring, *, data: bool = False, say: Say = lambda _: None) -> None:
        assert keyring.masters is not None
        self._keyring = keyring
        self._connection = keyring.connection
        self._masters = keyring.data_keys.noted_masters
        self._newest: MasterKey = keyring.masters.newest
        self._data = data
        self._say = say
        self.turned = Turned()

    async def run(self) -> Turned:
        """The sequence above, from its beginning; waits seconds in between. StoreDown leaves it half-way, to be run
        again."""
        noted = await self._masters.all()
        await self._masters.note(self._newest)
        if noted.get(CURRENT, b"").decode() not in ("", self._newest.id):
            self._say(
                f"From now on {self._newest.id} wraps. Waiting {CHANGES_END_S:.0f} seconds for changes under way."
            )
            await asyncio.sleep(CHANGES_END_S)
        by_tag = await self._keys_by_tag()
        if self._data:
            await self._new_data_keys([*by_tag])
            # Looked for anew: a hash that began after the first look, and before its tag had the new key, is sealed
            # with the old one, which is dropped at the end. From the new key on, no write with the old one is
            # taken.
            by_tag = await self._keys_by_tag()
        for number, (tag, found) in enumerate(by_tag.items(), 1):
            await self._turn(tag, found)
            if number % AT_ONCE == 0:
                self._say(f"{number} of {len(by_tag)} groups and people: {self._so_far()}")
        # Nothing lies in the clear any more, so nothing in the clear is taken from now on; by bots that run, from
        # their next start. Before old keys go: the mark itself is made with a master key.
        await self._keyring.wholly_sealed.remark()
        await self._keyring.wholly_sealed.look()
        await self._drop_old(by_tag)
        self._say(f"Done: {self._so_far()} encrypted anew.")
        return self.turned

    def _so_far(self) -> str:
        return f"{self.turned.rewrapped} data keys, {self.turned.rewritten} records"

    async def _keys_by_tag(self) -> dict[str, list[str]]:
        """By tag, the hashes of records that lie there; a tag with data keys and no records has none."""
        found: dict[str, list[str]] = {}
        async for key in self._keyring.wholly_sealed.hashes():
            held = found.setdefault(keys.tag_of(key), [])
            if key != keys.data_keys(keys.tag_of(key)):
                held.append(key)
        return dict(sorted(found.items()))

    # -- data keys

    async def _new_data_keys(self, tags: list[str]) -> None:
        """Those that have two were given the newer by a run that was killed."""
        for tag in tags:
            await self._change_keys(tag, self._with_one_more)
        self._say(
            f"{len(tags)} have a new data key. Waiting {data_keys.KEY_LIFE_S:.0f} seconds until no bot seals with "
            "an old one."
        )
        # A bot that read the old keys just before may seal with them for KEY_LIFE_S, and its write may be under way
        # for CHANGES_END_S more. The script would refuse it; in a cluster it can't see all keys, so we wait.
        await asyncio.sleep(data_keys.KEY_LIFE_S + CHANGES_END_S)

    def _with_one_more(self, tag: str, stored: DataKeys) -> DataKeys:
        if len(stored.keys) > 1:
            return stored
        sealed = self._keyring.wholly_sealed.stands
        return stored.with_newest(encryption.new_data_key(self._newest, tag, since_sealed=sealed))

    def _rewrapped(self, tag: str, stored: DataKeys) -> DataKeys:
        assert self._keyring.masters is not None
        wrapped = []
        for key in stored.keys:
            if key.master == self._newest.id:
                wrapped.append(key)
            elif old := self._keyring.masters.get(key.master):
                wrapped.append(encryption.rewrap(old, self._newest, tag, key))
            else:
                raise BadRecord(f"{tag}: {master_keys.not_given(key.master)}")
        return replace(stored, keys=tuple(wrapped))

    async def _change_keys(self, tag: str, decide: Callable[[str, DataKeys], DataKeys]) -> bool:
        key = keys.data_keys(tag)
        for _ in range(TRIES):
            raw = await self._connection.ask(key, "HGET", key, FIELD)
            if not raw:
                # Destroyed, or never needed. Making one here would bring an erased person's tag back.
                return False
            before = decode(DATA_KEYS, raw, key)
            after = decide(tag, before)
            if after == before:
                return False
            if await self._keyring.data_keys.swap(tag, raw, encode(DATA_KEYS, after, token_hex(6))):
                self._keyring.data_keys.forget(tag)
                return True
        raise StoreDown(f"{key} was changed by others {TRIES} times while we tried.")

    async def _drop_old(self, by_tag: dict[str, list[str]]) -> None:
        """Old data keys, and master keys that wrap nothing any more. Only once every record was looked at: what is
        a person's may lie with a group. A record that could not be read keeps all of them: one may open it yet."""
        if self.turned.unread:
            return
        if self._data:
            for tag in by_tag:
                await self._change_keys(
                    tag,
                    lambda _, stored: replace(
                        stored, keys=tuple(key for key in stored.keys if key.id == stored.newest)
                    ),
                )
        # Data keys before master keys: who is killed in between has one master key noted too many, not one too few.
        for id_ in await self._masters.all():
            if id_ not in (CURRENT, self._newest.id):
                await self._masters.forget(id_)
                self._say(f"{id_} opens nothing any more. Keep it only for as long as you keep older backups.")

    # -- records

    async def _turn(self, tag: str, held: list[str]) -> None:
        self.turned.tags += 1
        try:
            if await self._change_keys(tag, self._rewrapped):
                self.turned.rewrapped += 1
        except BadRecord as error:
            self._unread(str(error))
        for key in held:
            raws = await self._keyring.ask(key, "HGETALL", key)
            for name, raw in raws.items():
                await self._rewrite(RecordKey(key, text_of(name)), raw)

    async def _rewrite(self, record_key: RecordKey, raw: Any) -> None:
        for _ in range(TRIES):
            try:
                new = await self._sealed_anew(record_key, raw) if raw else None
            except KeyGone:  # of somebody who was erased
                return
            except BadRecord as error:
                self._unread(str(error))
                return
            if new is None:
                return
            # Where it still stands as it was read: a bot that changed it meanwhile has sealed it too, mostly with
            # the newest key, which the next read tells.
            swap = Swap(record_key, raw, new)
            if self._keyring.wrote(await self._keyring.write(swap), swap):
                self.turned.rewritten += 1
                return
            raw = await self._keyring.ask(record_key.key, "HGET", *record_key)
        raise StoreDown(f"{record_key} was changed by others {TRIES} times while we tried.")

    async def _sealed_anew(self, record_key: RecordKey, raw: bytes) -> bytes | None:
        """None where it is sealed with the newest already."""
        if keys.part_of(record_key.key) == "plates" and encryption.kind_of(raw) != encryption.OF_BOTH:
            plate = self._keyring.decode(PLATE, raw, record_key)  # lanes of its author's may lie open in it
            new = await self._keyring.encode(PLATE, plate, record_key)
        else:
            new = await self._keyring.sealed_anew(raw, record_key)
        return None if encryption.key_ids_of(new) == encryption.key_ids_of(raw) else new

    def _unread(self, why: str) -> None:
        self.turned.unread += (why,)
        self._say(why)
