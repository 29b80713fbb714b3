"""A review that has begun, in the channel. Its subject is as in `review_posts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn
from bot.domain.due import Occurrence, post
from bot.domain.outbox import Entry, Kind
from bot.domain.review_days import next_step_at, put_from
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import review_posts
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.REVIEW
IN_HOURS, COUNTED = False, None
TURN = Turn.WAITS


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each review that is open and not posted, until it closes, behind a question that waits; and looks at the days
    on which something follows."""
    yield from (Occurrence(at=at) for at in next_step_at(snapshot, now))
    for one in snapshot.reviews.values():
        if one.open(now) and one.posted is None:
            at, subject = put_from(one, snapshot), f"{one.id}.{one.changes}"
            lasts = one.closes_at - at
            yield post(KIND, snapshot.group, at, round=one.id, subject=subject, named="", lasts=lasts)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where it is not open any more, or is in the channel already."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    one = snapshot.reviews.get(review_posts.about(entry)[0])
    if one is None or one.posted or not one.open(now):
        return Drop("the review is not open any more, or it is there already")
    return announcements.outgoing(entry, snapshot, now)


sent = review_posts.posted
"""Where it stands, and how many of its changes the post shows. The first one stands."""
