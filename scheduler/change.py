"""A change of a group's settings, announced in its channel."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases.snapshot import load_snapshot
from bot.views.change import announcement
from scheduler.outbox.messages import Drop, OutgoingMessage, Reschedule, not_yet


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Reschedule | Drop:
    snapshot = await load_snapshot(deps.store, entry.group_id)
    change = await deps.store.changes.get(entry.group_id, entry.subject or "")
    if change is None:
        return Drop("that change is no longer on record")
    made = change.id in snapshot.group.changes or snapshot.group.settings == change.after or change.objected_by
    if not made:
        return not_yet(entry, "that change was not made", now)
    return OutgoingMessage(announcement(snapshot, change), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
