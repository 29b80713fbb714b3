"""The channel can't be posted in: said in a DM, once, to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.change import untold_end
from bot.domain.due import STILL_NEWS, Occurrence, dm, in_hours
from bot.domain.groups import ChannelTrouble, MessageRef, ended
from bot.domain.ledger import Claim
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader
from bot.domain.reach import refuses
from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.trouble import said_since, told_too_late
from bot.ports import Deps
from bot.usecases.reach import ways_of
from bot.views.trouble import channel_trouble
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.TROUBLE
IN_HOURS, COUNTED = True, Claim.LETTER
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """To each whom it concerns and who was not told since it is so: for ten days. Not to whom it could only reach
    once it is over (`told_too_late`), nor in a group that has ended."""
    group = snapshot.group
    for leader in concerned(snapshot, now):
        assert group.trouble is not None
        if _knows(leader, snapshot):
            continue
        person, since = snapshot.people[leader.person_id], _said_since(snapshot, group.trouble)
        if told_too_late(group, person):
            continue
        found = dm(KIND, group, person, since, since + STILL_NEWS, subject=to_the_second(since))
        yield from in_hours(found, snapshot, person, now, back=leader)


def concerned(snapshot: GroupSnapshot, now: datetime) -> list[Leader]:
    """Of an archived channel everybody, since nobody is asked any more; of one that others read now, since they
    read everybody's words; and where the channel could not be told that the group ends. Else whoever looks after
    the rhythm (or, where nobody does or no message reaches them, who has been there longest), and whoever changed
    what the channel should have been told by now. Of words that still stand there, `uncorrected` says more."""
    group, active = snapshot.group, snapshot.active()
    if group.trouble is None or ended(group, now):
        return []
    if group.trouble.archived or group.trouble.unseen or untold_end(snapshot):
        return list(active.values())
    changed = {change.by for change in snapshot.changes.values() if change.announced_at is None}
    people = snapshot.people
    reached = [id_ for id_ in active if not refuses(people[id_]) and not told_too_late(group, people[id_])]
    keeper = group.convenor if group.convenor in reached else next(iter(reached), "")
    return [leader for id_, leader in active.items() if id_ in {keeper, *changed}]


def _said_since(snapshot: GroupSnapshot, trouble: ChannelTrouble) -> datetime:
    """Since when there is as much to say of it: who heard of it before the group was to end does not know that."""
    end = untold_end(snapshot)
    return max(said_since(trouble), end.at) if end else said_since(trouble)


def _knows(leader: Leader, snapshot: GroupSnapshot) -> bool:
    trouble, told_at = snapshot.group.trouble, leader.trouble_told_at
    return trouble is not None and told_at is not None and told_at >= _said_since(snapshot, trouble)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where the channel can be posted in again, or they know. With a way to invite the bot, where they have
    one."""
    to = await leader_of(entry, deps, Section.NAMES | Section.CHANGES)
    if isinstance(to, Drop):
        return to
    group = to.snapshot.group
    over = group.trouble is None or ended(group, now)
    if over or _knows(to.leader, to.snapshot) or told_too_late(group, to.person):
        return Drop("the channel can be posted in again, they know, or the group has ended")
    invite = (await ways_of(deps.store, to)).invite
    return OutgoingMessage(channel_trouble(to.snapshot, now, invite=invite), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`trouble_told_at` of the leader."""
    await deps.store.leaders.change(
        entry.group_id, entry.person_id, lambda one: one and replace(one, trouble_told_at=now)
    )
