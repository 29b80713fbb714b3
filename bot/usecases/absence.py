"""Who is gone without a word: noted where Slack tells. What follows from that is found by a look at the group."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain import absence
from bot.domain.absence import Presence
from bot.domain.called import called_now, one_called
from bot.domain.groups import Group, Place
from bot.domain.people import AbsenceReason, Leader, SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot, Membership, Section
from bot.ports import Deps
from bot.usecases.follow_up import look_after
from bot.usecases.people import change_leader, open_role
from bot.usecases.presence import presence
from bot.usecases.snapshot import load_snapshot
from bot.usecases.stored import if_there

MOST_HERE = (Presence.IN_CHANNEL, Presence.UNTOLD, Presence.OUTSIDE, Presence.CLOSED, Presence.BOT)

REASONS = {Presence.OUTSIDE: AbsenceReason.LEFT_CHANNEL, Presence.CLOSED: AbsenceReason.LEFT_SLACK}


async def left_channel(deps: Deps, place: Place, user_id: str, now: datetime) -> None:
    """Slack tells that somebody left a channel. It may tell so late, so it is asked where they are now; what it
    won't say counts as it told."""
    for member in await _members_at(deps, place, user_id):
        found = await presence(deps, place, next(one for one in member.person.identities if one.user_id == user_id))
        told = Presence.OUTSIDE if found is Presence.UNTOLD else found
        others = [one for one in member.person.identities if one.user_id != user_id]
        await note(deps, member, _of_all([told, *[await presence(deps, place, one) for one in others]]), now)


async def came_into_channel(deps: Deps, place: Place, user_id: str, now: datetime) -> list[Membership]:
    """Who that is, as they stood until now."""
    members = await _members_at(deps, place, user_id)
    for member in members:
        await note(deps, member, Presence.IN_CHANNEL, now)
    return members


async def account_changed(deps: Deps, who: SlackIdentity, *, closed: bool, now: datetime) -> None:
    """Slack tells that an account was closed. Of one that is open again, Slack is asked whether they are in the
    channel, if we noted that it was closed."""
    person_id = await deps.store.index.person(who)
    for group_id in await deps.store.index.groups_of(person_id) if person_id else ():
        leader = await deps.store.leaders.get(group_id, person_id or "")
        if leader is None or not (closed or leader.absence):
            continue  # Slack tells of every change of a status or a picture
        snapshot = await load_snapshot(deps.store, group_id)
        member = snapshot.member(person_id or "", absent=True)
        # with another account of theirs they may be in the channel still, so that is asked
        if member and closed and len(member.person.identities) == 1:
            await note(deps, member, Presence.CLOSED, now)
        elif member and (closed or member.leader.absence):
            await look_for(deps, member, now)


async def look_for(deps: Deps, member: Membership, now: datetime) -> Presence:
    """Where Slack says that a leader is, noted."""
    place = member.snapshot.group.place
    found = _of_all([await presence(deps, place, identity) for identity in member.person.identities])
    await note(deps, member, found, now)
    return found


def _of_all(found: Iterable[Presence]) -> Presence:
    """Of somebody with several accounts: in the channel with one is in it, and gone is who is gone with all."""
    return min(found, key=[*MOST_HERE].index, default=Presence.UNTOLD)


async def note(deps: Deps, member: Membership, found: Presence, now: datetime) -> None:
    """Nothing where it is known already, or where Slack would not tell."""

    def noted(leader: Leader) -> Leader:
        if found is Presence.IN_CHANNEL:
            return absence.seen_again(leader)
        return absence.absent(leader, REASONS[found], now) if found in REASONS else leader

    snapshot = member.snapshot
    # the daily look finds the same each day, and Slack tells of it again for an hour: only news is written
    if noted(member.leader) != member.leader:
        async with look_after(deps.store, snapshot.group.id, now):
            await change_leader(deps.store, snapshot, member.person.id, noted)


async def unreachable(deps: Deps, group_id: str, person_id: str, now: datetime) -> None:
    """Slack would not take the message that asks them."""
    # before the message leaves the outbox: by this note a look takes them out, as nobody asks again
    async with look_after(deps.store, group_id, now):
        await deps.store.leaders.change(group_id, person_id, lambda stored: stored and absence.unreached(stored))


async def take_out(
    deps: Deps, group: Group, leaders: dict[str, Leader], now: datetime
) -> tuple[Group, dict[str, Leader]]:
    """Those who can't be asked leave the group. Done again, or stopped anywhere, it does no harm: who has left is
    found by their record, and that nobody looks after the rhythm follows from it at the next look.
    """
    stand = dict(leaders)
    for id_, leader in leaders.items():
        if absence.cannot_be_asked(leader, now):
            # the record goes last: until it says that they left, the next look does all of this again
            await deps.store.index.leave(id_, group.id)
            called = called_now(await deps.store.people.many([id_]), leaders, id_)
            gone = await deps.store.leaders.change(group.id, id_, if_there(absence.taken_out, now, called))
            stand[id_] = gone or leader
    convenor = stand.get(group.convenor or "")
    if convenor and not convenor.in_group:
        group = await open_role(deps.store, group.id, convenor.person_id) or group
    return group, stand


async def object_to(deps: Deps, by: Membership, person_id: str, now: datetime) -> GroupSnapshot:
    """Somebody who was taken out is in the group again. Raises Problem where there is nothing to object to. The
    sequence: the list of their groups, their record, and the list again."""
    snapshot = by.snapshot
    leader = snapshot.leaders.get(person_id)
    if leader is None or leader.departure is None or leader.departure.reason is None:
        raise Problem(ProblemCode.CHANGE_GONE)
    async with look_after(deps.store, snapshot.group.id, now):
        # before the record, should we die right after that: a group too many on their list shows them nothing
        await deps.store.index.join(person_id, snapshot.group.id, leader.joined_at)
        await change_leader(
            deps.store, snapshot, person_id, lambda one: absence.kept(one, by.person.id, one_called(by))
        )
        # and after it: until it stands, whoever notes that their leaving was announced takes the group from the
        # list (`sent` in `scheduler/departure.py`)
        await deps.store.index.join(person_id, snapshot.group.id, leader.joined_at)
    return await load_snapshot(deps.store, snapshot.group.id)


async def _members_at(deps: Deps, place: Place, user_id: str) -> list[Membership]:
    """In the group whose channel that is, by the user id alone: of people of other organisations Slack does not say
    in every event whose they are, and within one channel it is unique."""
    group_id = await deps.store.index.group(place)
    snapshot = await deps.store.snapshots.load(group_id, Section.NAMES) if group_id else None
    if snapshot is None:
        return []
    found = [
        snapshot.member(id_, absent=True)
        for id_, person in snapshot.people.items()
        if any(identity.user_id == user_id for identity in person.identities)
    ]
    return [member for member in found if member]
