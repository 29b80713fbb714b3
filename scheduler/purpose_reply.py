"""What somebody would change in a wording of the purpose, in the thread under it. Its subject is as in
`purpose_posts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.organisations import told_at
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases import purpose_posts
from bot.views.purpose import change_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.PURPOSE_REPLY
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Where the wording itself is in the channel; one that was withdrawn before it was there never comes. It names
    who would change it, so it waits for what the channel is told of their organisation."""
    for one in snapshot.purpose.wordings[-2:]:
        for asked in one.asked if one.post.posted else ():
            if asked.reply.posted or asked.reply.given_up or asked.withdrawn_at or now >= asked.at + STILL_NEWS:
                continue
            since = told_at(snapshot, [asked.by], max(asked.at, one.opens_at))
            named = f"{one.id}.{asked.id}"
            subject = f"{named}.{asked.reply.changes}"
            yield post(KIND, snapshot.group, since, subject=subject, named=named, lasts=STILL_NEWS)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where it is there already, was withdrawn, or the wording is kept no more."""
    snapshot = await snapshot_of(entry, deps, Section.NAMES | Section.PURPOSE)
    id_, key, _ = purpose_posts.about(entry)
    one = snapshot.purpose.find(id_)
    asked = next((each for each in one.asked if each.id == key), None) if one else None
    if one is None or one.post.posted is None or asked is None:
        return Drop("it is no longer kept")
    if asked.reply.posted or asked.withdrawn_at:
        return Drop("it is there already, or was withdrawn")
    if told_at(snapshot, [asked.by], now) > now:
        return Drop("the channel is yet to be told for whom they speak", stale=True)
    place = replace(snapshot.group.place, thread=one.post.posted.ts)
    return OutgoingMessage(change_message(snapshot, one, asked), place=place)


sent = purpose_posts.posted
"""Where the reply stands, and how many changes it shows. The first one stands."""
