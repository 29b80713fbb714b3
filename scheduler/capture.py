"""The working day after a meeting: anything you said you'd do? In the channel, so that it takes nobody's DM."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.due import Event, Occurrence, Upcoming, post
from bot.domain.groups import MessageRef, ended, paused
from bot.domain.hours import to_local
from bot.domain.meetings import last_meeting, next_meetings
from bot.domain.outbox import Entry, Kind
from bot.domain.rounds import capture_at, week_name
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.views.capture import capture
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.CAPTURE
IN_HOURS, COUNTED = False, None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Named after the week of their meeting: a later round may have opened by then."""
    group = snapshot.group
    last, coming = last_meeting(group.rhythm, group.zone, now), next_meetings(group.rhythm, group.zone, now, 1)
    for planned, meeting in [last, *coming] if last else coming:
        resting = paused(group, meeting) or ended(group, meeting)
        if meeting > group.set_up_at and snapshot.active() and not resting:
            what = Upcoming(event=Event.CAPTURE, of=group.name)
            yield post(KIND, group, capture_at(meeting, group), round=week_name(planned), what=what)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    snapshot = await snapshot_of(entry, deps)
    zone = snapshot.group.zone
    last = last_meeting(snapshot.group.rhythm, zone, now)
    if last is None:
        return Drop("the meeting has moved")
    return OutgoingMessage(capture(snapshot, to_local(last[1], zone).date()), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
