"""*Later today*: the second asking, at the time that was promised, in the nudge's place."""

from __future__ import annotations

from datetime import datetime

from bot.domain.checkins import CheckInState
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.views.checkin import asked_again
from scheduler.nudge import sent
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import askable

__all__ = ["compose", "sent"]


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    to = await askable(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.checkin is None or to.checkin.state is not CheckInState.REMIND_LATER or to.checkin.nudged_at:
        return Drop("answered, skipped, away or reminded already")
    return OutgoingMessage(asked_again(to.snapshot, to.person, to.round), person=to.person)
