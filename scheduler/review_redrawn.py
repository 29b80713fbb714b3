"""A review's post whose day has come or has moved: changed to match. Its subject is as in `review_posts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import review_posts
from bot.usecases.retention import RETENTION
from bot.views.announcements import announcement_at
from bot.views.review import review_message
from scheduler.correction import next_try
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.REVIEW_REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001
    for one in snapshot.reviews.values():
        if one.posted and one.changes > one.drawn:
            at, subject = next_try(one.closed_at or one.at, f"{one.id}.{one.changes}", one.refused_at)
            yield post(KIND, snapshot.group, at, subject=subject, lasts=RETENTION)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    id_, shows = review_posts.about(entry)
    one = snapshot.reviews.get(id_)
    if one is None or one.posted is None:
        return Drop("the review is no longer kept")
    if one.drawn >= shows:
        return Drop("it is as it should be")
    posted = replace(one.posted, channel=snapshot.group.place.channel)
    message = announcement_at(snapshot, one.posted, review_message(snapshot, one))
    return OutgoingMessage(message, replaces=posted)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    await review_posts.redrawn(deps, entry)
