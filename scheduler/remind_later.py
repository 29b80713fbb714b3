"""*Later today*: the second asking, at the time that was promised, in the nudge's place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.checkins import CheckInState
from bot.domain.due import Occurrence, open_round
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.views.checkin import asked_again
from scheduler import nudge
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import askable

KIND = Kind.REMIND_LATER
IN_HOURS, COUNTED = True, None
TURN = None
"""They asked for it."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """At the time that was promised."""
    if round := open_round(snapshot, now):
        yield from nudge.reminders(KIND, CheckInState.REMIND_LATER, snapshot, round, now)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where they have answered, skipped or gone away, or were asked again already."""
    to = await askable(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.checkin is None or to.checkin.state is not CheckInState.REMIND_LATER or to.checkin.nudged_at:
        return Drop("answered, skipped, away or reminded already")
    return OutgoingMessage(asked_again(to.snapshot, to.person, to.round), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """As of a nudge; and a look at the group redraws the message that promised it."""
    await nudge.sent(entry, ref, deps, now)
    await deps.store.due.look_at(entry.group_id, now)
