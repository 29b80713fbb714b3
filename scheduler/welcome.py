"""The first DM, after somebody pressed Join."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import STILL_NEWS, Occurrence, dm
from bot.domain.groups import MessageRef
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases.people import change_leader
from bot.usecases.reach import ways_of
from bot.views.resting import asked_when
from bot.views.welcome import welcome
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of, leader_still

KIND = Kind.WELCOME
IN_HOURS, COUNTED = False, None
TURN = None
"""It answers what they pressed."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """To each active leader without `welcomed_at`: for ten days from their joining, or, if later, from when the
    group began."""
    for leader in snapshot.active().values():
        if leader.welcomed_at is None:
            person, at = snapshot.people[leader.person_id], max(leader.joined_at, snapshot.group.begun_at)
            subject = to_the_second(leader.joined_at)  # each joining has a first DM of its own
            yield dm(KIND, snapshot.group, person, at, at + STILL_NEWS, subject=subject)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where they have left, or joined again by another press, which brings one of its own."""
    to = await leader_of(entry, deps)
    if isinstance(to, Drop):
        return to
    if entry.subject != to_the_second(to.leader.joined_at):
        return Drop("they joined by another press")
    words = (await ways_of(deps.store, to)).words
    return OutgoingMessage(
        welcome(to.snapshot, to.person, to.leader, words, asked_when(to.snapshot.group, now)), person=to.person
    )


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """Whoever pressed may have died before the group stood among theirs."""
    to = await leader_still(entry, deps)
    if not isinstance(to, Drop):
        await deps.store.index.join(to.person.id, entry.group_id, to.leader.joined_at)
        await change_leader(deps.store, to.snapshot, to.person.id, lambda one: replace(one, welcomed_at=now))
