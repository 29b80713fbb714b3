"""A wording of the purpose, put to all in the channel. Its subject is as in `purpose_posts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn, goes_on_at
from bot.domain.due import Occurrence, post
from bot.domain.groups import resting
from bot.domain.outbox import Entry, Kind
from bot.domain.purpose import LAID_ASIDE
from bot.domain.purpose_days import next_step_at
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import purpose_posts
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.PURPOSE
IN_HOURS, COUNTED = False, None
TURN = Turn.WAITS


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """The one that is under way, until it is there."""
    yield from (Occurrence(at=at) for at in next_step_at(snapshot.purpose))
    one = snapshot.purpose.under_way
    if one and one.post.posted is None and not resting(snapshot.group, now):
        at = max(one.opens_at, goes_on_at(snapshot.group) or one.opens_at)
        subject = f"{one.id}.{purpose_posts.POST}.{one.post.changes}"
        yield post(KIND, snapshot.group, at, subject=subject, named=one.id, lasts=LAID_ASIDE)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where those words are not under way any more, or are in the channel already."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    one = snapshot.purpose.find(purpose_posts.about(entry)[0])
    if one is None or one.post.posted or not one.under_way:
        return Drop("those words are not under way any more, or they are there already")
    return announcements.outgoing(entry, snapshot, now)


sent = purpose_posts.posted
"""Where it stands, and how many changes the post shows; its days count from then. The first one stands."""
