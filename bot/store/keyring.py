"""Whose data key seals what: records are read and written through here, and nobody else knows that they are sealed.

Each group, person and workspace has data keys of its own, in its slot of a cluster: the tag in a key's braces says
whose. They are asked for in the packet that asks for the records, and kept in memory for `KEY_LIFE_S`, so reading
costs no round trip more. The first write makes one. Any number of bots may do so at once: one of them is first, and
the others take its key. Who dies before that left nothing.

A data key is destroyed by taking it out of Redis. A bot that has it in memory can read with it for `KEY_LIFE_S`
more, and write nothing with it that lies in the same slot (`lua/compare_and_set.lua`).
"""

from __future__ import annotations

import time
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag

from bot.master_keys import MasterKeys
from bot.ports import BadRecord, StoreDown
from bot.redis.connection import AnswerLost, Connection, text_of
from bot.redis.line import Command
from bot.store import encryption, keys, master_keys, scripts
from bot.store.codec import Schema, decode, encode
from bot.store.encryption import ID_END, OF_FIELD, OF_SLOT, DataKey, DataKeys, WrappedKey, unseal
from bot.store.record_key import RecordKey

T = TypeVar("T")

KEY_LIFE_S = 300.0
"""How long a data key is used from memory. It bounds how long a destroyed one may still open what was copied."""
MOST_TAGS = 20_000
"""Whose keys are in memory at most, some kilobyte each. Those that were asked for longest ago go first."""
TRIES = 5

_NOT_NEWEST = 2

FIELD = "record"
DATA_KEYS = Schema("list of data keys", DataKeys)


class KeyGone(BadRecord):
    """Its data key was destroyed, so nobody can read it any more."""


@dataclass
class _Held:
    """The data keys of one tag as they stood in Redis at most `KEY_LIFE_S` ago. A `str`: why one can't be used."""

    until_s: float
    stored: bytes
    keys: dict[bytes, DataKey | str] = field(default_factory=dict)
    newest: bytes | None = None


class Keyring:
    """`masters` None: nothing is sealed, and what is sealed can't be read."""

    def __init__(self, connection: Connection, masters: MasterKeys | None = None) -> None:
        self.connection = connection
        self.masters = masters
        self.noted_masters = master_keys.NotedMasters(connection, masters)
        self._held: dict[str, _Held] = {}

    # -- reading

    async def ask(self, key: str, *command: Any) -> Any:
        """As `Connection.ask`, of records: `decode` can read what comes back."""
        asked = [(key, command)]
        if self.masters and self._missing(asked):
            return (await self.ask_all(asked))[0]
        answer = await self.connection.ask(key, *command)  # which goes in one packet with what others ask
        await self._meet(asked, [answer])
        return answer

    async def ask_all(self, asked: Sequence[tuple[str, Command]]) -> list[Any]:
        """As `Connection.ask_all`, for any commands: `decode` can read what comes back of HGET and HGETALL."""
        if not self.masters:
            return await self.connection.ask_all(asked)
        missing = self._missing(asked)
        told = await self.connection.ask_all([*asked, *map(_stored, missing)])
        for tag, raw in zip(missing, told[len(asked) :], strict=True):
            self._learn(tag, raw)
        answers = told[: len(asked)]
        await self._meet(asked, answers)
        return answers

    def _missing(self, asked: Sequence[tuple[str, Command]]) -> list[str]:
        now_s = time.monotonic()
        tags = {keys.tag_of(key) for key, command in asked if command[0] in ("HGET", "HGETALL")}
        return [tag for tag in tags if (held := self._held.get(tag)) is None or held.until_s < now_s]

    async def _meet(self, asked: Sequence[tuple[str, Command]], answers: Sequence[Any]) -> None:
        if self.masters and (unknown := self._unknown(asked, answers)):
            await self._fetch(unknown)

    def decode(self, schema: Schema[T], raw: bytes, record_key: RecordKey) -> T:
        """BadRecord, in a sentence, where it can't be read."""
        return decode(schema, self.plain(raw, record_key), str(record_key))

    def plain(self, raw: bytes, record_key: RecordKey) -> bytes:
        """As the codec wrote it. BadRecord."""
        kind = raw[0] if raw else 0
        if kind == OF_SLOT:
            held = self._held.get(keys.tag_of(record_key.key))
        elif kind == OF_FIELD:
            held = self._held.get(keys.of_person(record_key.field))
        else:
            return raw
        key = held.keys.get(raw[1:ID_END]) if held else None
        if isinstance(key, DataKey):
            try:
                return unseal(key, raw, str(record_key))
            except InvalidTag:
                raise BadRecord(
                    f"{record_key} can't be read: it is damaged, or was copied there from another place. "
                    "Restore a backup, or move that key away; everything else still works."
                ) from None
        if key is None:
            raise KeyGone(f"{record_key} can't be read: {self._gone(encryption.key_id_of(raw))}")
        raise BadRecord(f"{record_key} can't be read: {key}")

    def _gone(self, id_: bytes) -> str:
        if self.masters:
            return f"its data key {id_.hex()} is gone. Where that was not an erasure, restore a backup."
        return "it is encrypted, and no key was given. Set BETWEEN_KEYS."

    def _unknown(self, asked: Sequence[tuple[str, Command]], answers: Sequence[Any]) -> set[str]:
        """Whose keys must be asked for, since these answers are sealed with others than we hold."""
        unknown = set()
        for (key, command), answer in zip(asked, answers, strict=True):
            if not answer:
                continue
            if command[0] == "HGET" and isinstance(answer, bytes):
                found: Iterable[tuple[Any, Any]] = ((command[2], answer),)
            elif command[0] == "HGETALL" and isinstance(answer, Mapping):
                found = answer.items()
            else:
                continue
            own = keys.tag_of(key)
            ids = self._ids(own)
            for name, raw in found:  # for each record that is read: a function more would be seen
                if raw[0] == OF_SLOT and raw[1:ID_END] not in ids:
                    unknown.add(own)
                elif raw[0] == OF_FIELD and raw[1:ID_END] not in self._ids(theirs := keys.of_person(text_of(name))):
                    unknown.add(theirs)
        return unknown

    def _ids(self, tag: str) -> Container[bytes]:
        held = self._held.get(tag)
        return held.keys if held else ()

    # -- writing

    async def encode(self, schema: Schema[T], record: T, record_key: RecordKey) -> bytes:
        """Unlike any bytes that were ever written. StoreDown or BadRecord where the key can't be had."""
        if not self.masters:
            return encode(schema, record, token_hex(6))
        return await self.sealed(encode(schema, record), record_key)

    async def sealed(self, plain: bytes, record_key: RecordKey) -> bytes:
        kind = OF_FIELD if keys.is_persons_own(record_key.key) else OF_SLOT
        key = await self.newest(tag_for(kind, record_key))
        return encryption.seal(kind, key, plain, str(record_key))

    async def write(self, record_key: RecordKey, old: bytes, new: bytes) -> bool:
        """Whether the record is `new` now; else nothing was changed: it was not `old`, or is sealed with a key that
        is not the newest any more, and is to be encoded anew."""
        tag = keys.tag_of(record_key.key)
        sealed = encryption.kind_of(new) == OF_SLOT  # a person's keys may lie in another slot
        done = await scripts.compare_and_set(
            self.connection,
            scripts.RecordsKey(record_key.key, keys.data_keys(tag)),
            field=record_key.field,
            expected=old,
            new=new,
            key_id=encryption.key_id_of(new).hex() if sealed else "",
        )
        if done == _NOT_NEWEST:
            self.forget(tag)
        return done == 1

    async def newest(self, tag: str) -> DataKey:
        for _ in range(TRIES):
            held = self._held.get(tag)
            if held is None or held.until_s < time.monotonic():
                await self._fetch([tag])
                held = self._held[tag]
            if held.newest is None:
                await self._make(tag, held.stored)
                continue
            key = held.keys[held.newest]
            if isinstance(key, str):
                raise BadRecord(f"{tag} can't be written: {key}")
            return key
        raise StoreDown(f"No data key could be made for {tag} in {TRIES} tries.")

    async def _make(self, tag: str, stored: bytes) -> None:
        """The first data key. Where somebody else was quicker, theirs is found at the next look."""
        new = DataKeys().with_newest(encryption.new_data_key(await self.noted_masters.wrapping(), tag))
        raw = encode(DATA_KEYS, new, token_hex(6))
        if await self.swap(tag, stored, raw):
            self._learn(tag, raw)
        else:
            self.forget(tag)

    async def swap(self, tag: str, stored: bytes, new: bytes) -> bool:
        """The tag's data keys, where they are still stored so. False also where that stays unknown."""
        key = keys.data_keys(tag)
        try:
            done = await scripts.compare_and_set(
                self.connection, scripts.RecordsKey(key, key), field=FIELD, expected=stored, new=new, key_id=""
            )
        except AnswerLost:  # whoever looks next finds which it was
            return False
        return done == 1

    async def destroy(self, tag: str) -> None:
        """Whatever is sealed with this group's or person's keys can't be read any more, by anybody, once the other
        bots have forgotten them: within `KEY_LIFE_S`."""
        key = keys.data_keys(tag)
        self.forget(tag)
        await self.connection.replicate(key, "UNLINK", key)
        self.forget(tag)  # somebody may have read it meanwhile

    def forget(self, tag: str) -> None:
        self._held.pop(tag, None)

    # -- keys in memory

    async def _fetch(self, tags: Iterable[str]) -> None:
        asked = list(tags)
        for tag, raw in zip(asked, await self.connection.ask_all([*map(_stored, asked)]), strict=True):
            self._learn(tag, raw)

    def _learn(self, tag: str, raw: bytes | str | None) -> None:
        stored = raw.encode() if isinstance(raw, str) else raw or b""
        held = _Held(time.monotonic() + KEY_LIFE_S, stored)
        if stored:
            found = decode(DATA_KEYS, stored, keys.data_keys(tag))
            held.newest = bytes.fromhex(found.newest)
            held.keys = {bytes.fromhex(one.id): self._unwrapped(tag, one) for one in found.keys}
        self._held.pop(tag, None)  # so that it comes last
        self._held[tag] = held
        while len(self._held) > MOST_TAGS:
            del self._held[next(iter(self._held))]

    def _unwrapped(self, tag: str, key: WrappedKey) -> DataKey | str:
        master = self.masters.get(key.master) if self.masters else None
        if master is None:
            return master_keys.not_given(key.master)
        try:
            return encryption.unwrap(master, tag, key)
        except (InvalidTag, ValueError):
            return (
                f"its data key does not open with the master key {key.master} that was given. {master_keys.ANOTHER}"
            )


def _stored(tag: str) -> tuple[str, Command]:
    key = keys.data_keys(tag)
    return key, ("HGET", key, FIELD)


def tag_for(kind: int, record_key: RecordKey) -> str:
    return keys.of_person(record_key.field) if kind == OF_FIELD else keys.tag_of(record_key.key)
