"""A question that somebody puts to all, in the channel, once it opens. Its subject is as in `inquiry_posts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn
from bot.domain.due import Occurrence, post
from bot.domain.inquiry_days import next_step_at
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import inquiry_posts
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.INQUIRY
IN_HOURS, COUNTED = False, None
TURN = Turn.WAITS


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each question that is open and not posted, until its answers close; and looks at the days on which something
    follows."""
    yield from (Occurrence(at=at) for at in next_step_at(snapshot))
    for one in snapshot.inquiries.values():
        if one.open(now) and one.posted is None and one.opened_at and one.closes_at:
            subject, lasts = f"{one.id}.{inquiry_posts.POST}.{one.changes}", one.closes_at - one.opened_at
            yield post(KIND, snapshot.group, one.opened_at, round=one.id, subject=subject, named="", lasts=lasts)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where it is not open any more, or is in the channel already."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    one = snapshot.inquiries.get(inquiry_posts.about(entry)[0])
    if one is None or one.posted or not one.open(now):
        return Drop("the question is not open any more, or it is there already")
    return announcements.outgoing(entry, snapshot, now)


sent = inquiry_posts.posted
"""Where it stands, and how many of its changes the post shows. The first one stands."""
