"""*Later today*: the second asking, at the time that was promised, in the nudge's place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.checkins import NUDGE_GRACE, CheckInState, nudge_at, reminder_expires_at
from bot.domain.due import Event, Occurrence, Upcoming, dm, in_their_hours, open_round
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.views.checkin import asked_again
from scheduler.nudge import sent
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import askable

__all__ = ["COUNTED", "IN_HOURS", "KIND", "compose", "due", "sent"]

KIND = Kind.REMIND_LATER
IN_HOURS, COUNTED = True, True


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """At the time that was promised; and a look when that is over, since its place in the week is then free."""
    for one in snapshot.checkins.values():
        if until := reminder_expires_at(one):
            yield Occurrence(at=until)
    round = open_round(snapshot, now)
    for leader in snapshot.active().values() if round else ():
        assert round is not None
        person, checkin = snapshot.people[leader.person_id], snapshot.checkins.get(leader.person_id)
        if checkin is None or checkin.state is not CheckInState.REMIND_LATER:
            continue
        due_at = nudge_at(person, checkin, round, snapshot.group.rhythm)
        if due_at:
            group = snapshot.group
            found = dm(
                KIND,
                group,
                person,
                due_at,
                due_at + NUDGE_GRACE,
                round=round.name,
                what=Upcoming(event=Event.NUDGE),
            )
            yield from in_their_hours(found, snapshot, person, leader, now)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    to = await askable(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.checkin is None or to.checkin.state is not CheckInState.REMIND_LATER or to.checkin.nudged_at:
        return Drop("answered, skipped, away or reminded already")
    return OutgoingMessage(asked_again(to.snapshot, to.person, to.round), person=to.person)
