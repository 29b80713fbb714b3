"""What a review showed, in its thread, once it has had its day; the channel sees it too, on a day without another
post of ours. Its subject is as in `review_posts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.channel_days import post_of_today
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.outbox import Entry, Kind
from bot.domain.review import reads
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases import review_posts
from bot.usecases.review_posts import REPLY
from bot.views.review_shown import bands_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.REVIEW_SHOWN
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Where the review itself is in the channel, and there is something to show."""
    for one in snapshot.reviews.values():
        if one.closed_at is None or one.posted is None or one.reply or one.given_up or not one.shown:
            continue
        if now < one.closed_at + STILL_NEWS:
            at, subject = one.closed_at, f"{one.id}.{REPLY}.{reads(one, snapshot.commitments)}"
            yield post(KIND, snapshot.group, at, round=one.id, subject=subject, named="", lasts=STILL_NEWS)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where it is there already, or the review is kept no more."""
    snapshot = await snapshot_of(entry, deps, Section.NAMES | Section.COMMITMENTS | Section.REVIEWS)
    one = snapshot.reviews.get(review_posts.about(entry)[0])
    if one is None or one.posted is None or one.reply:
        return Drop("the review is no longer kept, or it is there already")
    place = replace(
        snapshot.group.place, thread=one.posted.ts, broadcast=post_of_today(snapshot.group, now) is None
    )
    return OutgoingMessage(bands_message(snapshot, one), place=place)


sent = review_posts.replied
"""Where the bands stand, and what they read as. The first one stands."""
