"""What an entry is about, loaded anew when it goes; or why it need not go any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.checkins import may_prompt
from bot.domain.outbox import Entry
from bot.domain.resting import asking_rests
from bot.domain.rounds import Round, called_off
from bot.domain.snapshot import MATTERS, GroupSnapshot, Membership, Section
from bot.domain.tending import tended_by
from bot.ports import Deps
from bot.usecases.matters import named_beside
from bot.usecases.plate import PlateContext, plate_context
from bot.usecases.snapshot import load_snapshot
from scheduler.asking import matters_of, shows
from scheduler.outbox.messages import Drop

RESTS = Drop("nobody in the group is asked for now")
"""Not stale: when the pause ends, or the channel is unarchived, the group is looked at and the message planned
again."""


async def leader_of(
    entry: Entry, deps: Deps, sections: Section = Section.NAMES, *, round: str = "", absent: bool = False
) -> Membership | Drop:
    """Whom a DM is for: only somebody who is in the group now. `absent`: also where they left its channel."""
    snapshot = await _group_of(entry, deps, sections)
    return await _with_rest(entry, deps, snapshot, sections, round=round, absent=absent)


async def asked_leader_of(
    entry: Entry, deps: Deps, now: datetime, sections: Section = Section.NAMES
) -> Membership | Drop:
    """As `leader_of`, of a message that asks them something; dropped where asking rests since it was planned."""
    snapshot = await _group_of(entry, deps, sections)
    if asking_rests(snapshot.group, now):
        return RESTS
    return await _with_rest(entry, deps, snapshot, sections)


async def asker_of(entry: Entry, deps: Deps) -> Membership | Drop:
    """Who asked for what is theirs, also where they have left the group. Never as the claim found them: how far
    their request has come decides whether files are shared."""
    snapshot = await load_snapshot(deps.store, entry.group_id, Section.NOTHING)
    whole = await deps.store.snapshots.rest(snapshot, Section.NAMES, person=entry.person_id)
    leader, person = whole.leaders.get(whole.viewer), whole.people.get(whole.viewer)
    if leader is None or person is None or person.erasure:
        return Drop("nobody is known who asked")
    return Membership(snapshot=whole, person=person, leader=leader)


async def leader_still(entry: Entry, deps: Deps, sections: Section = Section.NAMES) -> Membership | Drop:
    """As `leader_of`, and never as the claim found them: for a `sent` that must not be done twice, or too late."""
    snapshot = await load_snapshot(deps.store, entry.group_id, Section.NOTHING)
    return await _with_rest(entry, deps, snapshot, sections)


async def snapshot_of(entry: Entry, deps: Deps, sections: Section = Section.NAMES) -> GroupSnapshot:
    """The group of a message in its channel."""
    return await load_snapshot(deps.store, entry.group_id, sections, round=entry.round)


def round_of(entry: Entry, snapshot: GroupSnapshot) -> Round:
    """The entry's round, of a snapshot that has the rounds. Raises LookupError where it is kept no more."""
    found = snapshot.rounds.get(entry.round)
    if found is None:
        raise LookupError(f"{entry.name} is about a round that is not kept.")
    return found


async def askable(entry: Entry, deps: Deps, now: datetime) -> PlateContext | Drop:
    """Where a leader stands in the round they are to be asked about; not if they went away, paused or left.

    Of the others only those are loaded whom the check-in names: everybody for each of two hundred would be forty
    thousand.
    """
    sections = Section.OWN | Section.ROUNDS | (MATTERS if matters_of(entry) else Section.COMMITMENTS)
    snapshot = await _group_of(entry, deps, sections)
    if asking_rests(snapshot.group, now):
        return RESTS
    tended = tended_by(snapshot.commitments.values(), entry.person_id)
    names = named_beside(snapshot, tended, matters_of(entry))
    member = await _with_rest(entry, deps, snapshot, sections, round=entry.round, names=names)
    if isinstance(member, Drop):
        return member
    round = round_of(entry, member.snapshot)
    if now >= round.closes_at:
        return Drop("the round has closed")
    if shows(entry) not in (None, round.closes_at):
        return Drop("the meeting has moved since it was planned", stale=True)
    if called_off(round, member.snapshot.group):
        return Drop("the group does not meet for it")
    if not may_prompt(member.person, member.leader, round, now):
        return Drop("they are away, paused or silent")
    return plate_context(member, round)


async def _group_of(entry: Entry, deps: Deps, sections: Section) -> GroupSnapshot:
    snapshot = await deps.store.snapshots.group(entry.group_id, sections)
    if snapshot is None:
        raise LookupError(f"{entry.name} is of a group that is not kept.")
    return snapshot


async def _with_rest(
    entry: Entry,
    deps: Deps,
    snapshot: GroupSnapshot,
    sections: Section,
    *,
    round: str = "",
    names: Iterable[str] = (),
    absent: bool = False,
) -> Membership | Drop:
    whole = await deps.store.snapshots.rest(snapshot, sections, person=entry.person_id, round=round, names=names)
    return whole.member(absent=absent) or Drop("they have left the group")
