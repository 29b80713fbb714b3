"""The first DM, after somebody pressed Join."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases.people import joining
from bot.views.people import welcome
from scheduler.outbox.messages import Drop, OutgoingMessage, Reschedule, not_yet
from scheduler.recipients import leader_of


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Reschedule | Drop:
    to = await leader_of(entry, deps)
    if isinstance(to, Drop):
        return not_yet(entry, to.reason, now)
    if entry.subject != joining(to.leader):
        return Drop("they joined by another press")
    return OutgoingMessage(welcome(to.snapshot, to.person, to.leader), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """Whoever pressed may have died before the group stood among theirs."""
    to = await leader_of(entry, deps)
    if not isinstance(to, Drop):
        await deps.store.index.join(to.person.id, entry.group_id, to.leader.joined_at)
