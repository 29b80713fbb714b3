"""*Later today*: the second asking, at the time that was promised, in the nudge's place."""

from __future__ import annotations

from datetime import datetime

from bot.domain.checkins import CheckInState
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.views.checkin import asked_again
from scheduler.nudge import sent
from scheduler.outbox.messages import Drop, Parcel
from scheduler.recipients import askable

__all__ = ["compose", "sent"]


async def compose(entry: Entry, deps: Deps, now: datetime) -> Parcel | Drop:
    to = await askable(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.checkin is None or to.checkin.state is not CheckInState.LATER or to.checkin.nudged_at:
        return Drop("answered, skipped, away or reminded already")
    return Parcel(asked_again(to.circle, to.person, to.round), person=to.person)
