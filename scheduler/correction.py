"""A posted digest whose words were edited or pulled back: its message is changed to match."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases.circle import load_circle
from bot.views.digest import digest_message, nothing_left
from scheduler.parcels import Drop, Parcel


async def compose(entry: Entry, deps: Deps, now: datetime) -> Parcel | Drop:  # noqa: ARG001 (every composer's shape)
    kept = await deps.store.digests.get(entry.group_id, entry.round or "")
    if kept is None or kept.posted is None:
        return Drop("the digest is no longer kept")
    zone = (await load_circle(deps.store, entry.group_id)).group.zone
    message = digest_message(kept, zone=zone) if kept.plates or kept.commitments else nothing_left(kept)
    return Parcel(message, replaces=kept.posted)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
