"""How an announcement goes out: as the day's post in the channel, or added to it. The kinds of what is announced
have a file each, which says when it is owed and what follows once it was told."""

from __future__ import annotations

from datetime import datetime

from bot.domain import announcements
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.views.announcements import announcement, too_long
from scheduler.outbox.messages import Drop, OutgoingMessage


def outgoing(entry: Entry, snapshot: GroupSnapshot, now: datetime) -> OutgoingMessage | Drop:
    """`snapshot` was loaded just now, with `ANNOUNCEMENTS`. Where the day's post can't be changed (it was
    deleted, or is too old), this one goes alone."""
    item, place = announcements.told(entry), snapshot.group.place
    alone = announcement(snapshot, [item])
    if alone is None:
        return Drop("what it tells is no longer on record")
    alone_there = OutgoingMessage(alone, place=place)
    earlier = announcements.post_of_today(snapshot.group, now)
    if earlier is None or earlier.post.channel != place.channel:
        return alone_there
    whole = announcement(snapshot, dict.fromkeys([*earlier.told, item])) or alone
    if too_long(whole):
        return alone_there
    return OutgoingMessage(whole, replaces=earlier.post, otherwise=alone_there)


async def noted(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """After what else follows from it was noted: then the next is looked for."""
    await deps.store.groups.change(
        entry.group_id, lambda stored: stored and announcements.noted(stored, entry, ref, now)
    )
    await deps.store.due.look_at(entry.group_id, now)
