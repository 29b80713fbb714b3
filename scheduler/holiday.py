"""A meeting falls on a public holiday of the group's nation: whoever looks after the rhythm is asked, once; not
where they were told that nothing comes until they share something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.domain.due import Occurrence, dm, in_hours
from bot.domain.groups import Group, MessageRef
from bot.domain.hours import to_local
from bot.domain.ledger import Claim
from bot.domain.meetings import meeting_at, next_meetings
from bot.domain.nations import public_holiday
from bot.domain.outbox import Entry, Kind
from bot.domain.resting import asking_rests
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.views.convening import on_a_holiday
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import asked_leader_of

KIND = Kind.HOLIDAY
IN_HOURS, COUNTED = True, Claim.LETTER
TURN = None

EARLIEST = timedelta(days=28)
"""Before the meeting, where there is no round before it."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Of the next two meetings those on a holiday that were not asked about, each as the round before it closes, so
    that there is time to move it."""
    group = snapshot.group
    leader = snapshot.active().get(group.convenor or "")
    person = snapshot.people.get(leader.person_id) if leader else None
    if leader is None or leader.quiet or person is None or asking_rests(group, now):
        return
    first, second = next_meetings(group.rhythm, group.zone, now, 2)
    round, asked_of = snapshot.round, group.holiday_asked_of
    closes_at = round.closes_at if round and round.planned_meeting == first[0] else first[1]
    for (planned, meeting), since in ((first, group.set_up_at), (second, closes_at)):
        if _is_holiday(group, meeting) and not (asked_of and asked_of >= planned):
            due_at = max(since, meeting - EARLIEST)
            found = dm(KIND, group, person, due_at, meeting, subject=planned.isoformat())
            yield from in_hours(found, snapshot, person, now, back=leader)


def _is_holiday(group: Group, meeting: datetime) -> bool:
    return public_holiday(to_local(meeting, group.zone).date(), group.nation)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where the meeting is on no holiday by now, is skipped, or somebody else looks after the rhythm; or
    where they have gone quiet."""
    to = await asked_leader_of(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.leader.quiet:
        return Drop("they are written to no more until they do something")
    group, planned = to.snapshot.group, date.fromisoformat(entry.subject)
    meeting = meeting_at(group.rhythm, group.zone, planned)
    if group.convenor != to.person.id or planned in group.rhythm.skipped or not _is_holiday(group, meeting):
        return Drop("it is not on a holiday any more, or not theirs to say")
    day, today = (to_local(moment, group.zone).date() for moment in (meeting, now))
    return OutgoingMessage(on_a_holiday(to.snapshot, planned, day, today), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`holiday_asked_of`: the planned day. Nobody is asked of that meeting, or one planned before it, any more."""
    planned = date.fromisoformat(entry.subject)
    await deps.store.groups.change(
        entry.group_id, lambda stored: stored and replace(stored, holiday_asked_of=planned)
    )
