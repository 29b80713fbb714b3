"""A review's post whose day has come or has moved, and bands of commitments that have other words or have ended:
both changed to match. An entry's subject is as in `review_posts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.review import reads
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import review_posts
from bot.usecases.retention import RETENTION
from bot.views.announcements import announcement_at
from bot.views.review import review_message
from bot.views.review_shown import bands_message
from scheduler.correction import next_try
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.REVIEW_REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001
    """Each review whose post shows fewer changes than it has had, and each whose bands read otherwise than their
    message: for a year, a day after a refusal."""
    for one in snapshot.reviews.values():
        if one.posted and one.changes > one.drawn:
            at, subject = next_try(one.closed_at or one.at, f"{one.id}.{one.changes}", one.refused_at)
            yield post(KIND, snapshot.group, at, subject=subject, lasts=RETENTION)
        now_reads = reads(one, snapshot.commitments)
        if one.reply and one.closed_at and not one.given_up and now_reads != one.reply_shows:
            subject = f"{one.id}.{review_posts.REPLY}.{now_reads}.{one.reply_drawn}"
            at, subject = next_try(one.closed_at, subject, one.reply_refused_at)
            yield post(KIND, snapshot.group, at, subject=subject, lasts=RETENTION)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where it is kept no more, shows as much already, or reads otherwise by now than when it was
    planned."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    id_, shows = review_posts.about(entry)
    one = snapshot.reviews.get(id_)
    if one is None or one.posted is None:
        return Drop("the review is no longer kept")
    channel, wanted = snapshot.group.place.channel, review_posts.reply_reads(entry)
    if wanted:
        if one.reply is None or wanted != reads(one, snapshot.commitments):
            return Drop("it reads otherwise by now, which another entry shows")
        return OutgoingMessage(bands_message(snapshot, one), replaces=replace(one.reply, channel=channel))
    if one.drawn >= shows:
        return Drop("it is as it should be")
    posted = replace(one.posted, channel=channel)
    message = announcement_at(snapshot, one.posted, review_message(snapshot, one))
    return OutgoingMessage(message, replaces=posted)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """How much the post shows, or what the bands read as; and no refusal with it."""
    await review_posts.redrawn(deps, entry)
