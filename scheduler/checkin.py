"""The check-in's DM."""

from __future__ import annotations

from datetime import datetime

from bot.domain.checkins import CheckIn, CheckInState, asked
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.views.checkin import check_in
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import askable


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    to = await askable(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.checkin and to.checkin.state is not CheckInState.WAITING:
        return Drop("answered already")
    message = check_in(to.snapshot, to.person, to.round, last=to.last, mine=to.tended, now=now)
    return OutgoingMessage(message, person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    assert entry.person_id is not None
    assert entry.round is not None
    new = CheckIn(person_id=entry.person_id, round=entry.round)
    await deps.store.checkins.change(
        entry.group_id, entry.person_id, lambda stored: asked(stored or new, now, ref), round=entry.round
    )
