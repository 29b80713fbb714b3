"""The group's message in its channel: what this is, and Join."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases.groups import next_planned
from bot.usecases.snapshot import load_circle
from bot.views.groups import panel
from scheduler.outbox.messages import Drop, Parcel


async def compose(entry: Entry, deps: Deps, now: datetime) -> Parcel | Drop:
    circle = await load_circle(deps.store, entry.group_id)
    return Parcel(panel(circle, next_planned(circle.group, now)[1], now), place=circle.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
