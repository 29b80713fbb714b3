"""The group's message in its channel: what this is, and Join."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases.groups import next_planned
from bot.usecases.snapshot import load_snapshot
from bot.views.groups import panel
from scheduler.outbox.messages import Drop, OutgoingMessage


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    snapshot = await load_snapshot(deps.store, entry.group_id)
    return OutgoingMessage(panel(snapshot, next_planned(snapshot.group, now)[1], now), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
