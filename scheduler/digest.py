"""The digest. Kept as it was drawn before it goes, so that what is stored is what was posted."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases import digest
from bot.usecases.snapshot import load_snapshot
from bot.views.digest import digest_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import round_of


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    snapshot = await load_snapshot(deps.store, entry.group_id)
    drawn = await digest.draw(deps.store, snapshot, await round_of(entry, deps), now)
    if drawn is None:
        return Drop("nothing to say")
    return OutgoingMessage(digest_message(drawn, zone=snapshot.group.zone), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    await digest.posted(deps, entry.group_id, entry.round or "", ref, now)
