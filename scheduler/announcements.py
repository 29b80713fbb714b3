"""How what has a day in the channel goes out: as the day's post, or added to it. The kinds of what is posted have a
file each, which says when it is owed and what follows once it was told."""

from __future__ import annotations

from datetime import datetime

from bot.domain import channel_days
from bot.domain.outbox import Entry
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.views.announcements import announcement, too_long
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """As `outgoing`, of what needs no look of its own: dropped where it is on record no more."""
    return outgoing(entry, await snapshot_of(entry, deps, ANNOUNCEMENTS), now)


def outgoing(entry: Entry, snapshot: GroupSnapshot, now: datetime) -> OutgoingMessage | Drop:
    """`snapshot` was loaded just now, with `ANNOUNCEMENTS`. Where the day's post can't be changed (it was
    deleted, or is too old, or too long), this one goes alone."""
    item, place = channel_days.told(entry), snapshot.group.place
    alone = announcement(snapshot, [item])
    if alone is None:
        return Drop("what it tells is no longer on record")
    earlier = channel_days.post_of_today(snapshot.group, now)
    alone_there = OutgoingMessage(alone, place=place, beside=earlier is not None)
    if earlier is None or earlier.post.channel != place.channel or len(earlier.told) >= channel_days.MOST_IN_A_POST:
        return alone_there
    whole = announcement(snapshot, dict.fromkeys([*earlier.told, item])) or alone
    if too_long(whole):
        return alone_there
    return OutgoingMessage(whole, replaces=earlier.post, otherwise=alone_there)
