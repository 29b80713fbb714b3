"""Every key in Redis, in one place. What stands in braces decides the cluster slot: a group's facts stay together.

Every key begins with `b:`, so that Between can share a server. A new key gets a name here and a line in
`tests/known_keys.py`; tests fail on a key that no pattern there knows.
"""

from __future__ import annotations

import re

from bot.domain.groups import Place
from bot.domain.people import SlackIdentity

PARTITIONS = 8
"""How many parts the outbox is cut into. To change it on a server in use, the outbox must be empty first."""

_PLAIN = re.compile(r"[A-Za-z0-9_.\-]+")


def _plain(part: str) -> str:
    """An id as it stands; ValueError where a brace or colon would move the key to another slot or owner."""
    if not _PLAIN.fullmatch(part):
        raise ValueError(f"{part!r} can't be part of a key")
    return part


def group(group_id: str) -> str:
    """Hash of one field: the group's own record."""
    return of_group(group_id, "group")


def of_group(group_id: str, part: str, round: str = "") -> str:
    """Hash: a group's records of one noun, or those of one round where one is given."""
    tail = f":{_plain(round)}" if round else ""
    return f"b:{{g:{_plain(group_id)}}}:{part}{tail}"


def of_person(person_id: str, part: str) -> str:
    """What is one person's, by its part. Hashes of one field: `person`, their record; `ledger`, what their groups
    would like to send them, and whose turn it was when; `typed`, where in their DM stands what they typed last.

    Sorted sets: `groups`, the ids of those they are in, by the moment they joined; `groups_ever`, by id, every one
    they were ever in, of which nothing is taken out when they leave; `identities`, the pairs that lead to them,
    `<team>:<user>`, so that none is left when they are erased.
    """
    return f"b:{{p:{_plain(person_id)}}}:{part}"


def everything(part: str) -> str:
    """Sorted set, by id: all `groups`, or all `people`. In a cluster both lie in one slot, which is no load: an id
    is some tens of bytes, written when a group is set up or somebody joins; a look at a group asks for its own.
    """
    return f"b:{{all}}:{part}"


LAYOUT = "b:{all}:layout"
"""String: of which layout the records are; none where an earlier Between wrote them, or nobody did."""


def tag_of(key: str) -> str:
    """What stands in a key's braces: whose it is, and in which slot it lies."""
    return key[3 : key.index("}")]


def tag_of_person(person_id: str) -> str:
    """The tag of all that is a person's."""
    return f"p:{_plain(person_id)}"


def part_of(key: str) -> str:
    """What a hash holds, by the name in its key: `plates`, `people` …"""
    return key[key.index("}") + 2 :].partition(":")[0]


PERSONS_OWN = ("exclusions", "inquiry_answers")
"""Parts of a group whose records are each their author's alone: a field names a person, whose key seals it."""


def may_hold_records(key: str) -> bool:
    """Of a group, a person or all workspaces, as far as the key tells; the outbox's hashes hold none."""
    return bool(_OF_SOMEBODY.match(key)) and key != MASTERS


_OF_SOMEBODY = re.compile(r"b:\{(all|[a-z]+:[^}]+)\}:")


def data_keys(tag: str) -> str:
    """Hash of one field: the wrapped data keys of the group, person or workspace with that tag."""
    return f"b:{{{tag}}}:keys"


MASTERS = "b:{all}:masters"
"""Hash: by a master key's id what only that key opens, and under `:current` the id of the one that wraps."""


WHOLLY_SEALED = "b:{all}:wholly_sealed"
"""String: that no record lies in the clear any more, sealed with a master key."""


def identity(who: SlackIdentity) -> str:
    """String: the id of the person behind a Slack identity."""
    return f"b:{{i:{_plain(who.team_id)}:{_plain(who.user_id)}}}"


def place(where: Place) -> str:
    """String: the id of the group that lives in a channel."""
    return f"b:{{c:{_plain(where.team_id)}:{_plain(where.channel)}}}"


def channel(channel: str) -> str:
    """String: the same, whichever of our installations there is meant: a shared channel has one id in all of
    them."""
    return f"b:{{c:-:{_plain(channel)}}}"


def outbox(partition: int, part: str) -> str:
    """One partition of the outbox; `part` says which of its sets, hashes or entries (it may hold colons)."""
    if not 0 <= partition < PARTITIONS:
        raise ValueError(f"there is no partition {partition}")
    return f"b:{{o{partition}}}:{part}"


DUE = "b:{due}"
"""Sorted set: groups (`g:<id>`) and the outbox's partitions (`o:<n>`), by the time (ms) of their next look."""


DUE_HELD = "b:{due}:held"
"""Hash: what is being looked at just now, with the moment somebody asked for meanwhile."""


def dms(person_id: str, week: str) -> str:
    """Set: names of the DMs a person got from us in a week (`2026-W48`); expires."""
    return f"b:{{p:{_plain(person_id)}}}:dms:{_plain(week)}"


def spoken_for(team_id: str, method: str) -> str:
    """String: the moment (ms) until which a workspace's calls of a method are spoken for; expires."""
    return f"b:{{w:{_plain(team_id)}}}:gate:{_plain(method)}"


def blocked(team_id: str, method: str) -> str:
    """String: the moment (ms) until which Slack wants no call of a method from a workspace; expires."""
    return f"b:{{w:{_plain(team_id)}}}:shut:{_plain(method)}"


INSTALLATIONS = "b:{all}:installations"
"""Hash: where we are installed, by the workspace's id or the organisation's."""


def ticket(what: str, digest: str) -> str:
    """String: something that is good for once; expires."""
    return f"b:{{t:{_plain(digest)}}}:{_plain(what)}"


def lock(name: str) -> str:
    """String: what gives the lock back; expires."""
    return f"b:{{l:{_plain(name)}}}"
