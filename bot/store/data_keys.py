"""Data keys in memory: each group, person and workspace has its own, in its slot of a cluster.

The tag in a key's braces says whose. The first write makes one. Any number of bots may do so at once: one of them
is first, and the others take its key. Who dies before that left nothing.

A data key is destroyed by taking it out of Redis. A bot that has it in memory can read with it for `KEY_LIFE_S`
more, and write nothing with it (`lua/compare_and_set.lua`; of a cluster nothing that lies in the same slot).
"""

from __future__ import annotations

import time
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from secrets import token_hex

from cryptography.exceptions import InvalidTag

from bot.master_keys import MasterKeys
from bot.ports import BadRecord, StoreDown
from bot.redis.connection import AnswerLost, Connection
from bot.redis.line import Command
from bot.store import encryption, keys, master_keys, scripts
from bot.store.codec import decode, encode
from bot.store.encryption import DataKey, DataKeys, WrappedKey
from bot.store.record_key import FIELD
from bot.store.wholly_sealed import DATA_KEYS, WhollySealed

KEY_LIFE_S = 300.0
"""How long a data key is used from memory. It bounds how long a destroyed one may still open what was copied."""
SPARE_S = 60.0
"""Seconds that a key whose time is over stays in memory: who has just read a record is about to open it."""
MOST_TAGS = 50_000
"""Whose keys are in memory at most, some six kilobytes each with what it opened. Those that were asked for longest
ago go first: where more are asked at the same hour, each is read twice, once to plan and once to send."""
# Two do where nobody interferes: one makes the key, the next takes it. The others are for bots that were quicker,
# and for answers that were lost.
TRIES = 5


@dataclass
class _Held:
    """The data keys of one tag as they stood in Redis at most `KEY_LIFE_S` ago. A `str`: why one can't be used."""

    until_s: float
    stored: bytes
    keys: dict[bytes, DataKey | str] = field(default_factory=dict)
    newest: bytes | None = None


class DataKeyCache:
    """`masters` None: there are no keys.

    Any number of callers and bots at once. To read, a tag's keys are fetched and believed for `KEY_LIFE_S`. To
    write, `newest` fetches them, or makes the first by compare-and-set, and the script that writes the record looks
    once more whether that key is the newest. Who dies in between leaves at most a key that nothing is sealed with.
    """

    def __init__(self, connection: Connection, masters: MasterKeys | None) -> None:
        self.connection = connection
        self.masters = masters
        self.noted_masters = master_keys.NotedMasters(connection, masters)
        self.wholly_sealed = WhollySealed(connection, masters)
        self._held: dict[str, _Held] = {}

    def key(self, tag: str, id_: bytes) -> DataKey | str | None:
        """A `str`: why it can't be used. None where it was not there when we last looked."""
        held = self._held.get(tag)
        return held.keys.get(id_) if held else None

    def ids(self, tag: str) -> Container[bytes]:
        """Those that can be told by name; also where they do not open, or their time here is over."""
        held = self._held.get(tag)
        return held.keys if held else ()

    def missing(self, tags: Iterable[str]) -> list[str]:
        """Those to be fetched before anything of theirs is opened."""
        # By the clock that no NTP steps: one set back would let a destroyed key open records for longer than
        # promised.
        now_s = time.monotonic()
        return [tag for tag in tags if (held := self._held.get(tag)) is None or held.until_s < now_s]

    async def newest(self, tag: str) -> DataKey:
        """What a write is sealed with; made where there is none. BadRecord where it does not open with the master
        keys that were given, StoreDown where none could be made."""
        for _ in range(TRIES):
            held = self._held.get(tag)
            if held is None or held.until_s < time.monotonic():
                await self.fetch([tag])
                held = self._held[tag]
            if held.newest is None:
                # The first data key of this tag. Any number of bots may be here at once, each with one it has
                # drawn. One swap finds nothing there; the others forget what they know, and take that one's key
                # next time.
                new = encryption.new_data_key(
                    await self.noted_masters.wrapping(), tag, since_sealed=self.wholly_sealed.stands
                )
                raw = encode(DATA_KEYS, DataKeys().with_newest(new), token_hex(6))
                if await self.swap(tag, held.stored, raw):
                    self.learn(tag, raw)
                else:
                    self.forget(tag)
                continue
            key = held.keys[held.newest]
            if isinstance(key, str):
                raise BadRecord(f"{tag} can't be written: {key}")
            return key
        raise StoreDown(f"No data key could be made for {tag} in {TRIES} tries.")

    async def swap(self, tag: str, before: bytes, new: bytes) -> bool:
        """The tag's data keys, where they are still stored so. False also where that stays unknown."""
        key = keys.data_keys(tag)
        try:
            done = await scripts.compare_and_set(
                self.connection,
                scripts.RecordsKeys(key, key, key, key),
                key_id="",
                authors_key_id="",
                fields=[FIELD],
                swaps=[before, new],
            )
        except AnswerLost:
            # It may stand. No record is sealed with it yet, so nothing hangs on which it was: whoever looks next
            # finds either ours or nothing, and goes on from there.
            return False
        return done == 1

    async def destroy(self, tag: str) -> None:
        """Whatever is sealed with this group's or person's keys can't be read any more, by anybody, once the other
        bots have forgotten them: within `KEY_LIFE_S`."""
        key = keys.data_keys(tag)
        self.forget(tag)
        # On a replica before it counts as done: a failover that brought the key back would undo an erasure.
        await self.connection.replicate(key, "UNLINK", key)
        self.forget(tag)  # a press of this process may have read it while that was under way

    def forget(self, tag: str) -> None:
        """By this process alone: the next who needs them reads them anew."""
        self._held.pop(tag, None)

    async def fetch(self, tags: Iterable[str]) -> None:
        """In one round trip to each server that has some."""
        asked = list(tags)
        for tag, raw in zip(asked, await self.connection.ask_all([*map(stored, asked)]), strict=True):
            self.learn(tag, raw)

    def learn(self, tag: str, answer: bytes | str | None) -> None:
        """What `stored` was answered."""
        raw = answer.encode() if isinstance(answer, str) else answer or b""
        now_s = time.monotonic()
        held = _Held(now_s + KEY_LIFE_S, raw)
        if raw:
            found = decode(DATA_KEYS, raw, keys.data_keys(tag))
            held.newest = bytes.fromhex(found.newest)
            held.keys = {bytes.fromhex(one.id): self._unwrapped(tag, one) for one in found.keys}
        # Taken out first, so that it comes last: a dict keeps the order of first insertion, which is the order in
        # which keys go when there are too many.
        self._held.pop(tag, None)
        self._held[tag] = held
        # With each that comes those whose time is over go, and what they opened (`DataKey.opened`).
        while (oldest := next(iter(self._held))) != tag and (
            len(self._held) > MOST_TAGS or self._held[oldest].until_s + SPARE_S < now_s
        ):
            del self._held[oldest]

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


def stored(tag: str) -> tuple[str, Command]:
    """The question about a tag's keys, whose answer is for `learn`."""
    key = keys.data_keys(tag)
    return key, ("HGET", key, FIELD)
