"""The one reminder. Who pressed *Later today* is asked again instead, then."""

from __future__ import annotations

from datetime import datetime

from bot.domain.checkins import CheckInState, nudged
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.views.checkin import nudge
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import askable


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    to = await askable(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.checkin is None or to.checkin.state is not CheckInState.WAITING or to.checkin.nudged_at:
        return Drop("answered, put off, skipped, away or reminded already")
    return OutgoingMessage(nudge(to.snapshot, to.person, to.round, now), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    assert entry.person_id is not None
    assert entry.round is not None
    await deps.store.checkins.change(
        entry.group_id,
        entry.person_id,
        lambda stored: nudged(stored, now, ref) if stored else None,
        round=entry.round,
    )
