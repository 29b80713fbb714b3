"""Somebody has left the group: said in its channel, without a reason. Or was taken out: anybody may object."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Departure, Leader
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.DEPARTURE
IN_HOURS, COUNTED = False, None
TURN = Turn.QUIET


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Each leader who has left, or was taken out, and whose `departure` is not announced: for ten days."""
    for leader in snapshot.leaders.values():
        departure = _of(leader)
        if departure and departure.announced_at is None:
            yield post(KIND, snapshot.group, departure.at, subject=_which(leader, departure), lasts=STILL_NEWS)


def _of(leader: Leader) -> Departure | None:
    """Nothing is said of somebody who is in the group again meanwhile."""
    return None if leader.in_group else leader.departure


def _which(leader: Leader, departure: Departure) -> str:
    return f"{leader.person_id}.{to_the_second(departure.at)}"


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where they are in the group again, or have left it anew since."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    leader = snapshot.leaders.get(entry.subject.partition(".")[0])
    departure = _of(leader) if leader else None
    if leader is None or departure is None or entry.subject != _which(leader, departure):
        return Drop("they are in the group again")
    return announcements.outgoing(entry, snapshot, now)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`announced_at` of that departure; and the group stands no more among theirs, which the press may have died
    before."""

    def noted(leader: Leader | None) -> Leader | None:
        if leader is None or leader.departure is None or entry.subject != _which(leader, leader.departure):
            return leader
        return replace(leader, departure=replace(leader.departure, announced_at=now))

    person_id = entry.subject.partition(".")[0]
    stands = await deps.store.leaders.change(entry.group_id, person_id, noted)
    if stands and not stands.in_group:  # whoever pressed may have died before it stood among those they left
        await deps.store.index.leave(person_id, entry.group_id)
