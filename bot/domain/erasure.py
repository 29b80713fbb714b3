"""Erasures: somebody is taken out of all that is kept, in steps that anybody can go on with; and legal holds.

The sequence: their press writes an `Erasure` into every group they were ever in. A look at such a group takes them
out of its records, and once no earlier press can be under way any more it notes `gone_at`. Once they are gone
from all of them, our messages to them are deleted, then their own records and key, and last the notes themselves.
Dying anywhere leaves a note, and so somebody who goes on.
A legal hold on one of several groups keeps our messages of that one, and their own records, until it is lifted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.domain.groups import Erased, Erasure, Group, MessageRef
from bot.domain.hold import Hold
from bot.domain.people import Person, PersonErasure, all_dms

GIVE_UP = timedelta(days=14)
"""After so long our messages to them that Slack has not let us delete are left; the rest is erased."""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it was before somebody was taken out of it, in a group under a legal hold. No screen, message or
    export loads it; it is deleted when the hold is lifted. `record` is its JSON."""

    person_id: str
    collection: str
    key: str
    record: str
    round: str = ""

    @property
    def id(self) -> str:
        """Once for each record that somebody was taken out of: taken out again, the first stands."""
        return f"{self.person_id}.{self.collection}.{self.round}.{self.key}"


def hashed(person_id: str) -> str:
    """As the list of erasures knows them: ids are drawn by lot, so nobody finds one from this."""
    return hashlib.sha256(person_id.encode()).hexdigest()


def note(group: Group, person_id: str, *, left: bool, now: datetime) -> Group:
    """They are to be erased from it. Noted twice, the first note stands."""
    if person_id in group.erasing:
        return group
    return replace(group, erasing={**group.erasing, person_id: Erasure(at=now, left=left)})


def with_messages(group: Group, person_id: str, messages: tuple[MessageRef, ...], files: tuple[str, ...]) -> Group:
    """Those of ours that this group's records know of: they go with them, so they are noted before."""
    stored = group.erasing.get(person_id)
    if stored is None or stored.gone_at:
        return group
    known = tuple(dict.fromkeys((*stored.messages, *messages)))
    files = tuple(dict.fromkeys((*stored.files, *files)))
    return replace(group, erasing={**group.erasing, person_id: replace(stored, messages=known, files=files)})


def gone(group: Group, person_id: str, now: datetime) -> Group:
    """Nothing of them is left in its records; its channel is to hear that somebody was erased."""
    stored = group.erasing.get(person_id)
    if stored is None or stored.gone_at:
        return group
    erasing = {**group.erasing, person_id: replace(stored, gone_at=now)}
    return replace(group, erasing=erasing, erased=(*group.erased, Erased(at=now)))


def forgotten(group: Group, person_id: str) -> Group:
    """All is done, and the note goes too."""
    return replace(group, erasing={id_: one for id_, one in group.erasing.items() if id_ != person_id})


def begun(person: Person, groups: Sequence[Group], now: datetime) -> Person:
    """From here on our messages to them, and files, are deleted; what a group under a legal hold knows of stays,
    and so does every file, which holds what all groups keep of them. Begun anew as a hold comes or ends."""
    held = [one for one in groups if one.held]
    spared = tuple(sorted(one.id for one in held))
    if person.erasure and person.erasure.spared == spared:
        return person
    stay = known_to(held, person.id)
    messages = tuple(ref for one in groups for ref in one.erasing[person.id].messages if ref not in stay)
    files = () if held else tuple(id_ for one in groups for id_ in one.erasing[person.id].files)
    new = PersonErasure(at=now, messages=messages, files=files, dms=all_dms(person), spared=spared)
    return replace(person, erasure=new)


def known_to(groups: Iterable[Group], person_id: str) -> set[MessageRef]:
    """Messages of ours to them that these groups' records knew of."""
    return {ref for one in groups for ref in one.erasing[person_id].messages}


def waiting(group: Group, person_id: str, waits: bool) -> Group:
    """Whether anything is left to do here, before the last legal hold on a group of theirs is lifted."""
    stored = group.erasing.get(person_id)
    if stored is None or stored.waits == waits:
        return group
    return replace(group, erasing={**group.erasing, person_id: replace(stored, waits=waits)})


# -- legal holds -----------------------------------------------------------------------------------


def hold(group: Group, now: datetime) -> Group:
    """Twice is once."""
    return group if group.held else replace(group, hold=Hold(since=now))


def lift(group: Group, now: datetime) -> Group:
    """From now on what waited for it is deleted. Lifted again, the first moment stands; without a hold, nothing."""
    if group.hold is None or group.hold.lifted_at:
        return group
    return replace(group, hold=replace(group.hold, lifted_at=now))
