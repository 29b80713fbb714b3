"""Loading a group, and whoever pressed in it."""

from __future__ import annotations

import msgspec

from bot.domain.groups import Place
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot, Membership, Section
from bot.ports import Store


class NotJoined(msgspec.Struct, frozen=True):
    """Somebody who is not in the group wished for something that its leaders can do."""

    snapshot: GroupSnapshot


async def load_snapshot(
    store: Store,
    group_id: str,
    sections: Section = Section.NAMES,
    *,
    who: SlackIdentity | None = None,
    round: str = "",
) -> GroupSnapshot:
    """Raises Problem where there is no such group."""
    try:
        snapshot = await store.snapshots.load(group_id, sections, who=who, round=round) if group_id else None
    except ValueError:  # an id that can't be part of a key: a forged press
        snapshot = None
    if snapshot is None:
        raise Problem(ProblemCode.GROUP_UNKNOWN)
    return snapshot


async def load_member(
    store: Store,
    who: SlackIdentity,
    group_id: str,
    sections: Section = Section.NAMES,
    *,
    round: str = "",
    only_for: str = "",
    absent: bool = False,
) -> Membership | NotJoined:
    """Whoever pressed, in a group of theirs, with the `sections` that the press needs; or that they are not in it.

    `absent`: also where they are gone from its channel. `only_for`: whom the button was drawn for, if it is nobody
    else's. Raises Problem for another, and for an unknown group.
    """
    snapshot = await load_snapshot(store, group_id, sections, who=who, round=round)
    if only_for and not is_theirs(snapshot, only_for):
        raise Problem(ProblemCode.NOT_YOURS)
    return await _viewer(store, who, snapshot, absent=absent)


async def load_member_in(
    store: Store, who: SlackIdentity, place: Place, sections: Section = Section.NAMES
) -> Membership | NotJoined | None:
    """As `load_member`, in the group whose channel that is; None where it has none."""
    group_id = await store.index.group(place)
    snapshot = await store.snapshots.load(group_id, sections, who=who) if group_id else None
    return await _viewer(store, who, snapshot) if snapshot else None


async def _viewer(
    store: Store, who: SlackIdentity, snapshot: GroupSnapshot, *, absent: bool = False
) -> Membership | NotJoined:
    # what else this payload calls them leads to them from now on: another payload may name only that
    if snapshot.viewer:
        await store.index.link(who, snapshot.viewer)
    return snapshot.member(absent=absent) or NotJoined(snapshot)


def is_theirs(snapshot: GroupSnapshot, person_id: str) -> bool:
    """Whether a button that was drawn for that person is the viewer's, as whoever they were taken for."""
    # buttons from before two accounts became one person carry the second's id, and stand in messages (0022)
    viewer = snapshot.people.get(snapshot.viewer)
    return person_id in (snapshot.viewer, *(viewer.was if viewer else ()))


async def require_member(
    store: Store, who: SlackIdentity, group_id: str, sections: Section = Section.NAMES, *, round: str = ""
) -> Membership:
    """As `load_member`; raises Problem for somebody who is not in the group."""
    member = await load_member(store, who, group_id, sections, round=round)
    if isinstance(member, NotJoined):
        raise not_a_member(member.snapshot)
    return member


def not_a_member(snapshot: GroupSnapshot) -> Problem:
    """To the viewer, who is not in the group, or was seen to be gone from its channel."""
    leader = snapshot.leaders.get(snapshot.viewer)
    gone = leader is not None and leader.in_group and leader.absence is not None
    return Problem(ProblemCode.STILL_OUTSIDE if gone else ProblemCode.NOT_JOINED)
