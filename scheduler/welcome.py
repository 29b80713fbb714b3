"""The first DM, after somebody pressed Join."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.views.people import welcome
from scheduler.parcels import Drop, Parcel
from scheduler.subjects import leader_of


async def compose(entry: Entry, deps: Deps, now: datetime) -> Parcel | Drop:  # noqa: ARG001 (every composer's shape)
    to = await leader_of(entry, deps)
    if isinstance(to, Drop):
        return to
    return Parcel(welcome(to.circle, to.person, to.leader), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
