"""Somebody asked for what their organisation's leaders have shared: said in the channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.people import DataRequest, Leader
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases.personal_data import note_request
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.ORGANISATION_DATA
IN_HOURS, COUNTED = False, None
TURN = Turn.QUIET


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Each request for an organisation's words that is not announced: for ten days."""
    for leader in snapshot.leaders.values():
        asked = leader.asked_of_organisation
        if asked and asked.announced_at is None:
            subject = f"{leader.person_id}.{to_the_second(asked.at)}"
            yield post(KIND, snapshot.group, asked.at, subject=subject, lasts=STILL_NEWS)


def _asked(entry: Entry, snapshot: GroupSnapshot) -> tuple[Leader, DataRequest] | None:
    id_, _, at = entry.subject.partition(".")
    leader = snapshot.leaders.get(id_)
    asked = leader.asked_of_organisation if leader else None
    return (leader, asked) if leader and asked and to_the_second(asked.at) == at else None


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where they have asked for an organisation's words anew, which is announced by itself."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    if _asked(entry, snapshot) is None:
        return Drop("they have asked anew")
    return announcements.outgoing(entry, snapshot, now)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`announced_at` of the request, also where they have asked for their own words since."""
    found = _asked(entry, await snapshot_of(entry, deps))
    if found:
        leader, asked = found
        await note_request(deps.store, entry.group_id, leader.person_id, asked.at, announced_at=now)
