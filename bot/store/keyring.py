"""Records are read and written through here, sealed with the data keys of whose they are; nobody else knows of it.

Data keys are asked for in the packet that asks for the records, so reading costs no round trip more while they are
in memory.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from secrets import token_hex
from typing import Any, NamedTuple, TypeVar

from cryptography.exceptions import InvalidTag

from bot.master_keys import MasterKeys
from bot.ports import BadRecord
from bot.redis.connection import Connection, text_of
from bot.redis.line import Command
from bot.redis_url import Kind
from bot.store import encryption, keys, scripts
from bot.store.codec import Schema, decode, encode
from bot.store.data_keys import DataKeyCache, stored
from bot.store.encryption import ID_END, OF_BOTH, OF_FIELD, OF_SLOT, DataKey, unseal
from bot.store.record_key import RecordKey

T = TypeVar("T")

# The first may find a record under a key that a rotation has just dropped, the second reads it as it was sealed
# anew; one is to spare.
READ_TRIES = 3
_NOT_NEWEST = 2


class KeyGone(BadRecord):
    """Its data key was destroyed, so nobody can read it any more."""


class Swap(NamedTuple):
    """A record's bytes as they are expected to be, and as they are to be; the same where it is only to stay so."""

    at: RecordKey
    old: bytes
    new: bytes


class Keyring:
    """`masters` None: nothing is sealed, and what is sealed can't be read.

    Any number of callers at once. A read fetches the data keys that it lacks, and asks anew where the record was
    sealed with another meanwhile. A write is sealed with the newest key that we know, which the script checks as it
    writes: where a rotation or an erasure was quicker nothing is changed, and the caller decides anew (`wrote`).
    """

    def __init__(self, connection: Connection, masters: MasterKeys | None = None) -> None:
        self.connection = connection
        self.masters = masters
        self.data_keys = DataKeyCache(connection, masters)
        self.wholly_sealed = self.data_keys.wholly_sealed

    # -- reading

    async def ask(self, key: str, *command: Any) -> Any:
        """As `Connection.ask`, of records: `decode` can read what comes back."""
        asked = [(key, command)]
        if self.masters and self._missing(asked):
            return (await self.ask_all(asked))[0]
        # With all keys at hand the question is a plain one, which the batcher sends in one packet with what others
        # ask.
        answer = await self.connection.ask(key, *command)
        return answer if await self._opens(asked, [answer]) else (await self.ask_all(asked))[0]

    async def ask_all(self, asked: Sequence[tuple[str, Command]]) -> list[Any]:
        """As `Connection.ask_all`, for any commands: `decode` can read what comes back of HGET and HGETALL.

        A packet is not one moment: where a key was dropped between the record and the keys, the record has been
        sealed anew, and is asked for again. One that opens still not was its owner's who was erased.
        """
        if not self.masters:
            return await self.connection.ask_all(asked)
        for _ in range(READ_TRIES):
            missing = self._missing(asked)
            told = await self.connection.ask_all([*asked, *map(stored, missing)])
            for tag, raw in zip(missing, told[len(asked) :], strict=True):
                self.data_keys.learn(tag, raw)
            answers = told[: len(asked)]
            if await self._opens(asked, answers):
                break
            # The key that it names is gone: dropped by a rotation, which sealed the record anew before that, or
            # destroyed. The next answer tells which, since after a rotation it names another key.
        return answers

    async def _opens(self, asked: Sequence[tuple[str, Command]], answers: Sequence[Any]) -> bool:
        """Whether we have the keys of all that was answered; those that we lack are looked for first."""
        if not self.masters or not (unknown := self._unknown(asked, answers)):
            return True
        # Another bot sealed it since we last looked: with the first key of that tag, or after a rotation.
        await self.data_keys.fetch(unknown)
        return not self._unknown(asked, answers)

    def _missing(self, asked: Sequence[tuple[str, Command]]) -> list[str]:
        tags = {keys.tag_of(key) for key, command in asked if command[0] in ("HGET", "HGETALL")}
        return self.data_keys.missing(tags)

    def decode(self, schema: Schema[T], raw: bytes, record_key: RecordKey) -> T:
        """BadRecord, in a sentence, where it can't be read. What was its author's alone is left out, where their
        key was destroyed."""
        if schema.remembered and encryption.kind_of(raw) == OF_SLOT:
            return self._remembered(schema, raw, record_key)
        if not schema.own or encryption.kind_of(raw) != OF_BOTH:
            return decode(schema, self.plain(raw, record_key), str(record_key))
        record, own = decode(schema, self.plain(raw, record_key), str(record_key)), self.own(raw, record_key)
        return record if own is None else schema.own.merge(record, decode(schema, own, str(record_key)))

    def _remembered(self, schema: Schema[T], raw: bytes, record_key: RecordKey) -> T:
        """Redis is asked each time; the same bytes are not opened and decoded twice."""
        key = self.data_keys.key(keys.tag_of(record_key.key), raw[1:ID_END])
        opened = key.opened if isinstance(key, DataKey) else {}
        # By its place: what was copied to another does not open there, and what was overwritten is kept no longer.
        known = opened.get(record_key)
        if known is None or known[0] != raw:
            known = opened[record_key] = raw, decode(schema, self.plain(raw, record_key), str(record_key))
        return known[1]

    def decode_all(self, schema: Schema[T], raws: Mapping[str, bytes], key: str) -> dict[str, T]:
        """A whole hash. A record of somebody's own whose key was destroyed is there no more."""
        found = {}
        for name, raw in raws.items():
            try:
                found[name] = self.decode(schema, raw, RecordKey(key, name))
            except KeyGone:
                if encryption.kind_of(raw) != OF_FIELD:
                    raise
        return found

    def plain(self, raw: bytes, record_key: RecordKey) -> bytes:
        """As the codec wrote it; without its author's own part. BadRecord; Forged for one in the clear where all
        were sealed."""
        kind = raw[0] if raw else 0
        if kind == OF_SLOT:
            return self._opened(raw, keys.tag_of(record_key.key), str(record_key))
        if kind == OF_FIELD:
            return self._opened(raw, keys.tag_of_person(record_key.field), str(record_key))
        if kind == OF_BOTH:
            return self._opened(encryption.parted(raw)[0], keys.tag_of(record_key.key), str(record_key))
        self.wholly_sealed.check(raw, record_key.key, str(record_key))
        return raw

    def own(self, raw: bytes, record_key: RecordKey) -> bytes | None:
        """The part that is its author's alone, where there is one and their key was not destroyed. BadRecord."""
        if encryption.kind_of(raw) != OF_BOTH:
            return None
        tag, address = keys.tag_of_person(record_key.field), encryption.own_address(str(record_key))
        try:
            return self._opened(encryption.parted(raw)[1], tag, address)
        except KeyGone:
            return None

    def _opened(self, raw: bytes, tag: str, address: str) -> bytes:
        key = self.data_keys.key(tag, raw[1:ID_END])
        if isinstance(key, DataKey):
            try:
                return unseal(key, raw, address)
            except InvalidTag:
                raise BadRecord(
                    f"{address} can't be read: it is damaged, or was copied there from another place. "
                    "Restore a backup, or move that key away; everything else still works."
                ) from None
        if key is not None:
            raise BadRecord(f"{address} can't be read: {key}")
        why = "it is encrypted, and no key was given. Set BETWEEN_KEYS."
        if self.masters:
            id_ = encryption.key_id_of(raw).hex()
            why = f"its data key {id_} is gone. Where that was not an erasure, restore a backup."
        raise KeyGone(f"{address} can't be read: {why}")

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
            tag = keys.tag_of(key)
            ids = self.data_keys.ids(tag)
            for name, raw in found:  # for each record that is read: a function more would be seen
                if raw[0] in (OF_SLOT, OF_BOTH) and raw[1:ID_END] not in ids:
                    unknown.add(tag)
                if raw[0] in (OF_FIELD, OF_BOTH):
                    own = raw if raw[0] == OF_FIELD else encryption.parted(raw)[1]
                    if own[1:ID_END] not in self.data_keys.ids(author := keys.tag_of_person(text_of(name))):
                        unknown.add(author)
        return unknown

    # -- writing

    async def encode(self, schema: Schema[T], record: T | None, record_key: RecordKey) -> bytes:
        """Unlike any bytes that were ever written; none for no record. StoreDown or BadRecord where the key can't
        be had."""
        if record is None:
            # No bytes mean "delete the field" to the script, and "must not be there" as what is expected.
            return b""
        if not self.masters:
            return encode(schema, record, token_hex(6))
        if not schema.own:
            return await self._sealed(encode(schema, record), None, record_key)
        shared, own = schema.own.split(record)
        return await self._sealed(encode(schema, shared), None if own is None else encode(schema, own), record_key)

    async def sealed_anew(self, raw: bytes, record_key: RecordKey) -> bytes:
        """The same record with the newest keys. As `encode`, and KeyGone where it opens with none."""
        return await self._sealed(self.plain(raw, record_key), self.own(raw, record_key), record_key)

    async def _sealed(self, plain: bytes, own: bytes | None, record_key: RecordKey) -> bytes:
        author, address = keys.tag_of_person, str(record_key)
        if keys.part_of(record_key.key) in keys.PERSONS_OWN:
            return encryption.seal(OF_FIELD, await self.data_keys.newest(author(record_key.field)), plain, address)
        key = await self.data_keys.newest(keys.tag_of(record_key.key))
        if own is None:
            return encryption.seal(OF_SLOT, key, plain, address)
        authors = await self.data_keys.newest(author(record_key.field))
        part = encryption.seal(OF_FIELD, authors, own, encryption.own_address(address))
        return encryption.join(encryption.seal(OF_BOTH, key, plain, address), part)

    def write(self, *swaps: Swap) -> Awaitable[int]:
        """The script that makes the record, or two of one slot and one author, as `new`: where each is as `old`,
        and `new` is sealed with the newest key. `wrote` understands its answer."""
        first, second = swaps[0].at, swaps[-1].at
        slots = authors_keys = keys.data_keys(keys.tag_of(first.key))
        key_id = authors_id = author = ""
        for at, old, new in swaps:
            if new == old:  # it stays as it is, sealed with a key that may not be the newest
                continue
            ids = [id_.hex() for id_ in encryption.key_ids_of(new)]
            if encryption.kind_of(new) in (OF_FIELD, OF_BOTH):
                author, authors_id = keys.tag_of_person(at.field), ids.pop()
            key_id = ids[0] if ids else key_id
        # One script sees one slot of a cluster, and the author's keys lie in another than the group's record. There
        # a bot may go on sealing with a destroyed key from memory for `KEY_LIFE_S`: unreadable, not disclosed.
        if author and self.connection.setup.kind is not Kind.CLUSTER:
            authors_keys = keys.data_keys(author)
        return scripts.compare_and_set(
            self.connection,
            scripts.RecordsKeys(first.key, second.key, slots, authors_keys),
            key_id=key_id,
            authors_key_id=authors_id if authors_keys != slots else "",
            fields=[one.at.field for one in swaps],
            swaps=[raw for one in swaps for raw in (one.old, one.new)],
        )

    def wrote(self, answer: int, *swaps: Swap) -> bool:
        """Whether all is as `new` now; else nothing was changed: one was not as `old`, or was sealed with a key
        that is not the newest any more. Then what we held is forgotten, so that the caller, who reads and decides
        anew, seals with what stands."""
        if answer == _NOT_NEWEST:
            for one in swaps:
                self.data_keys.forget(keys.tag_of(one.at.key))
                self.data_keys.forget(keys.tag_of_person(one.at.field))
        return answer == 1
