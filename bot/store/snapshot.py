"""Loading a group as it is: two packets to Redis, however much a press or a job wants to know.

The first asks for what a group's id leads to, the second for what the first told of: people and rounds. The keys of
a group lie on one server of a cluster; each person's are their own, so a packet goes to each server that has some.

Whoever presses again in the same round needs the same records again. So the first packet asks for what the second
one of the same press asked for last time, and mostly there is no second one. What is remembered is which records,
never what stood in them: a record that is needed and was not asked for is asked for as before.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from msgspec.structs import replace

from bot.domain.people import SlackIdentity
from bot.domain.snapshot import LOOK_BACK, GroupSnapshot, Section
from bot.redis.connection import text_of
from bot.store import keys, schemas
from bot.store.codec import Schema
from bot.store.compare_and_set import Versions, by_field, bytes_of
from bot.store.keyring import Keyring
from bot.store.record_key import FIELD, RecordKey

T = TypeVar("T")

_WHOLE: dict[Section, tuple[str, Schema[Any]]] = {
    Section.ROUNDS: ("rounds", schemas.ROUND),
    Section.COMMITMENTS: ("commitments", schemas.COMMITMENT),
    Section.DIGESTS: ("digests", schemas.DIGEST),
    Section.CHANGES: ("changes", schemas.CHANGE),
    Section.ORGANISATIONS: ("organisation_posts", schemas.ORGANISATIONS_POST),
    Section.ATTENTION: ("attention", schemas.ATTENTION),
    Section.ASKS: ("asks", schemas.ASK),
    Section.OFFERS: ("offers", schemas.OFFER),
    Section.INTRODUCTIONS: ("introductions", schemas.INTRODUCTION),
    Section.INQUIRIES: ("inquiries", schemas.INQUIRY),
    Section.REVIEWS: ("reviews", schemas.REVIEW),
    Section.LEARNT: ("learnt", schemas.LEARNT),
    Section.BRIEFS: ("briefs", schemas.BRIEF),
    Section.PURPOSE: ("purposes", schemas.PURPOSE),
}
_OF_ROUND: dict[Section, tuple[str, Schema[Any]]] = {
    Section.PLATES: ("plates", schemas.PLATE),
    Section.CHECKINS: ("checkins", schemas.CHECK_IN),
}
_LATELY = 2
_REMEMBERED = 4_000
"""Presses whose second packet is remembered at most, some two kilobytes each; the oldest is forgotten first."""

_Command = tuple[Any, ...]
_Read = dict[_Command, Any]
"""Answers of this load, by what was asked."""

_LOADED_APART = ("people", "own_plates", "own_checkins", "digests", "attention")
"""Fields of a snapshot that `rest` fills record by record."""


@dataclass(eq=False)
class RedisSnapshots:
    """`ports.Snapshots`. Any number of callers at once: it only reads, and what one caller was answered is that
    one's alone. A load is two packets and so not one moment; a write that follows from it is checked by the bytes
    that were read. Who dies in between has changed nothing."""

    _keyring: Keyring
    _asked_last: dict[Hashable, Sequence[_Command]] = field(default_factory=dict)

    async def load(
        self,
        group_id: str,
        sections: Section = Section.NOTHING,
        *,
        who: SlackIdentity | None = None,
        round: str = "",
    ) -> GroupSnapshot | None:
        """`group`, then `rest`. A press of the same kind as an earlier one asks for all that it needed at once: one
        packet."""
        press = (group_id, sections, who, round)
        # Taken out while this press loads: a second press of the same kind, at the same time, guesses nothing and
        # sends its second packet. Both then put back what they needed; whoever is later stays.
        read: _Read = dict.fromkeys(self._asked_last.pop(press, ()))
        snapshot = await self.group(group_id, sections, who=who, read=read)
        if snapshot is None:
            return None
        whole = await self.rest(snapshot, sections, round=round, read=read)
        # Only which commands, no word of their answers: those are as old as this press, and the next must see what
        # was written since (docs/decisions/0008).
        self._asked_last[press] = tuple(read)
        if len(self._asked_last) > _REMEMBERED:
            del self._asked_last[next(iter(self._asked_last))]
        return whole

    async def group(
        self,
        group_id: str,
        sections: Section = Section.NOTHING,
        *,
        who: SlackIdentity | None = None,
        read: _Read | None = None,
    ) -> GroupSnapshot | None:
        """`read` comes with what is to be asked for besides, and leaves with the answers."""
        read = {} if read is None else read
        if sections & (Section.OWN | Section.PLATES | Section.CHECKINS):
            sections |= Section.ROUNDS
        whole = [_WHOLE[section] for section in _WHOLE if section in sections]
        parts: list[tuple[str, Schema[Any]]] = [("leaders", schemas.LEADER), *whole]
        hashes = [keys.of_group(group_id, part) for part, _ in parts]
        record = RecordKey(keys.group(group_id), FIELD)
        asked: list[_Command] = [("HGET", *record), *(("HGETALL", key) for key in hashes)]
        pairs = who.each() if who else ()
        asked += [("GET", keys.identity(pair)) for pair in pairs]
        # One packet, yet not one moment: others write between its commands, so records of one load may be of two
        # states. Whoever changes one is checked by its own bytes (`Versions`), so no write rests on the mixture.
        answers = await self._ask([*asked, *read])
        read.update(zip([*read], answers[len(asked) :], strict=True))
        raw, *told = answers[: len(asked)]
        versions = Versions()
        group = self._one(schemas.GROUP, record, raw, versions)
        if group is None:
            return None
        found: dict[str, Any] = {
            part: self._all(schema, key, each, versions)
            for (part, schema), key, each in zip(parts, hashes, told, strict=False)
        }
        viewer = next((text_of(id_) for id_ in told[len(hashes) :] if id_ is not None), "")
        return GroupSnapshot(
            group=group,
            people={},
            viewer=viewer,
            versions=versions,
            **found,
        )

    async def rest(
        self,
        snapshot: GroupSnapshot,
        sections: Section,
        *,
        person: str = "",
        round: str = "",
        names: Iterable[str] = (),
        digests: Iterable[str] = (),
        read: _Read | None = None,
    ) -> GroupSnapshot:
        """What stands in `read` is not asked for again; it leaves with all that was needed, and nothing else."""
        read = {} if read is None else read
        viewer = person or snapshot.viewer
        wanted = _wanted(snapshot, sections, viewer, round, {viewer, *names})
        wanted += _digests(snapshot.group.id, digests)
        hashes = [
            (part, schema, keys.of_group(snapshot.group.id, part, round))
            for section, (part, schema) in _OF_ROUND.items()
            if section in sections and round
        ]
        asked: list[_Command] = [("HGET", *record) for _, _, record in wanted]
        asked += [("HGETALL", key) for _, _, key in hashes]
        lacking = [command for command in asked if command not in read]
        read.update(zip(lacking, await self._ask(lacking), strict=True))
        told = [read[command] for command in asked]
        # What was guessed and not needed is forgotten, or a press would ask for more each time.
        for command in read.keys() - asked:
            del read[command]
        versions = snapshot.versions
        found: dict[str, dict[str, Any]] = {name: {} for name in _LOADED_APART}
        for (id_, schema, record), raw in zip(wanted, told, strict=False):
            if (one := self._one(schema, record, raw, versions)) is not None:
                found[_FIELDS[schema.name]][id_] = one
        if Section.DIGESTS in sections:
            del found["digests"]
        found["attention"] = snapshot.attention | found["attention"]
        for (part, schema, key), each in zip(hashes, told[len(wanted) :], strict=True):
            found[part] = self._all(schema, key, each, versions)
        return replace(snapshot, viewer=viewer, named=Section.NAMES in sections or bool(names), **found)

    async def _ask(self, commands: Sequence[_Command]) -> list[Any]:
        return await self._keyring.ask_all([(command[1], command) for command in commands]) if commands else []

    def _one(self, schema: Schema[T], record: RecordKey, raw: bytes | str | None, versions: Versions) -> T | None:
        # Noted also where there is none: a first write then expects nothing there, and needs no read before it.
        versions.records[record] = stored = bytes_of(raw)
        return self._keyring.decode(schema, stored, record) if stored else None

    def _all(
        self, schema: Schema[T], key: str, found: Mapping[bytes | str, bytes | str], versions: Versions
    ) -> dict[str, T]:
        versions.hashes[key] = raws = by_field(dict(found))
        return self._keyring.decode_all(schema, raws, key)


_FIELDS = {
    schemas.PERSON.name: "people",
    schemas.PLATE.name: "own_plates",
    schemas.CHECK_IN.name: "own_checkins",
    schemas.DIGEST.name: "digests",
    schemas.ATTENTION.name: "attention",
}


def _wanted(
    snapshot: GroupSnapshot, sections: Section, viewer: str, round: str, named: set[str]
) -> list[tuple[str, Schema[Any], RecordKey]]:
    """The people `named`; with `NAMES` everybody who is or was in the group; with `OWN` the viewer's records."""
    if Section.NAMES in sections:
        named |= {*snapshot.leaders, snapshot.group.set_up_by}
    people = [
        (id_, schemas.PERSON, RecordKey(keys.of_person(id_, "person"), FIELD)) for id_ in sorted(named - {""})
    ]
    if Section.OWN not in sections or not viewer:
        return people
    group_id = snapshot.group.id
    newest = sorted(snapshot.rounds, reverse=True)[: LOOK_BACK + 1]
    own = dict.fromkeys([*newest, *([round] if round else [])])
    lately = dict.fromkeys([*newest[:_LATELY], *([round] if round else [])])
    parts: tuple[tuple[str, Schema[Any], Iterable[str]], ...] = (
        ("plates", schemas.PLATE, own),
        ("checkins", schemas.CHECK_IN, lately),
    )
    return [
        *people,
        *(
            (name, schema, RecordKey(keys.of_group(group_id, part, name), viewer))
            for part, schema, of in parts
            for name in of
        ),
        *_digests(group_id, lately),
        (viewer, schemas.ATTENTION, RecordKey(keys.of_group(group_id, "attention"), viewer)),
    ]


def _digests(group_id: str, rounds: Iterable[str]) -> list[tuple[str, Schema[Any], RecordKey]]:
    key = keys.of_group(group_id, "digests")
    return [(name, schemas.DIGEST, RecordKey(key, name)) for name in rounds]
