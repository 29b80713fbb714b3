"""A question's post whose day has come or has moved, and a reply with withdrawn answers: changed to match.

An entry's subject is as in `inquiry_posts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.inquiry import withdrawn
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import inquiry_posts
from bot.usecases.retention import RETENTION
from bot.views.announcements import announcement_at
from bot.views.inquiry import inquiry_message
from scheduler.correction import next_try
from scheduler.inquiry_reply import drawn
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.INQUIRY_REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each question whose post shows fewer changes than it has had, and each reply that shows fewer withdrawn
    answers than there are: for a year, a day after a refusal."""
    for one in snapshot.inquiries.values():
        if one.posted is None:
            continue
        if one.changes > one.drawn:
            since, subject = one.closed_at or one.opened_at or now, f"{one.id}.{inquiry_posts.POST}.{one.changes}"
            at, subject = next_try(since, subject, one.refused_at)
            yield post(KIND, snapshot.group, at, subject=subject, lasts=RETENTION)
        for number, reply in enumerate(one.replies):
            shows = withdrawn(one, number, now)
            if reply.posted and shows > reply.without:
                gone = [each.gone_from for each in one.answers if each.reply == number and each.gone_from]
                at, subject = next_try(min(gone), f"{one.id}.{number}.{shows}", reply.refused_at)
                yield post(KIND, snapshot.group, at, subject=subject, lasts=RETENTION)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where it is kept no more, or shows as much already."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    id_, number, shows = inquiry_posts.about(entry)
    one = snapshot.inquiries.get(id_)
    if one is None or one.posted is None:
        return Drop("the question is no longer kept")
    channel = snapshot.group.place.channel
    if number is None:
        if one.drawn >= shows:
            return Drop("it is as it should be")
        whole = announcement_at(snapshot, one.posted, inquiry_message(snapshot, one))
        return OutgoingMessage(whole, replaces=replace(one.posted, channel=channel))
    posted = one.replies[number].posted if number < len(one.replies) else None
    if posted is None or one.replies[number].without >= shows:
        return Drop("it is as it should be")
    message = await drawn(deps, snapshot, one, number, now)
    return OutgoingMessage(message, replaces=replace(posted, channel=channel))


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """How much the post, or that reply, shows; the most stands, and no refusal with it."""
    await inquiry_posts.redrawn(deps, entry)
