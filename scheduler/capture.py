"""The working day after a meeting: anything you said you'd do? In the channel, so that it takes nobody's DM.

Not in a group that has gone silent: where nobody is asked in private any more, the channel is not either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn
from bot.domain.due import Event, Occurrence, Upcoming, post, still_due
from bot.domain.groups import MessageRef, resting
from bot.domain.hours import to_local
from bot.domain.meetings import last_meeting, next_meetings
from bot.domain.outbox import Entry, Kind
from bot.domain.rounds import capture_at, week_name
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.CAPTURE
IN_HOURS, COUNTED = False, None
TURN = Turn.FIXED


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Named after the week of their meeting: a later round may have opened by then. Its subject is the day."""
    group = snapshot.group
    last, coming = last_meeting(group.rhythm, group.zone, now), next_meetings(group.rhythm, group.zone, now, 1)
    for planned, meeting in [last, *coming] if last else coming:
        if meeting <= group.set_up_at or resting(group, meeting):
            continue
        at = capture_at(meeting, group)
        if snapshot.silent:
            yield Occurrence(at=at)  # a mere look: somebody may be about again by then, by any press
        else:
            what = Upcoming(event=Event.CAPTURE, of=group.name)
            met_on = to_local(meeting, group.zone).date().isoformat()
            yield post(KIND, group, at, round=week_name(planned), subject=met_on, named="", what=what)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where everybody has gone quiet; as stale where it is not what is due any more: they have met again
    since it was planned, or meet otherwise."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    if snapshot.silent:
        return Drop("everybody has gone quiet")
    if not still_due(entry, due(snapshot, now), now):
        return Drop("the meeting has moved", stale=True)
    return announcements.outgoing(entry, snapshot, now)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
