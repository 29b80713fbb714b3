"""What the day's post came to tell by an edit, and is to be noticed: said in its thread too, where the channel sees
it. An edit makes nothing unread. The subject is what the post tells, as `channel_days` names it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.channel_days import telling, to_say_aloud
from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import channel
from bot.views.announcements import aloud
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.ALOUD
IN_HOURS, COUNTED = False, None
TURN = None

LASTS = timedelta(days=2)


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each thing that a day's post came to tell by an edit and whose post is not noted as having said it aloud; for
    two days from the edit. Of an objection the two days count from each look, so it is owed as long as its post is
    known."""
    for what, since in to_say_aloud(snapshot, now):
        found = telling(snapshot.group, what)
        if found and what not in found.aloud and now < since + LASTS:
            yield post(KIND, snapshot.group, since, subject=what, lasts=LASTS)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """A reply in the post's thread that the channel sees too. Dropped where the post does not tell it (any more),
    or it was said."""
    snapshot, what = await snapshot_of(entry, deps, ANNOUNCEMENTS), entry.subject
    found = telling(snapshot.group, what)
    message = aloud(snapshot, what) if found and what in dict(to_say_aloud(snapshot, now)) else None
    if found is None or message is None or what in found.aloud:
        return Drop("the post says so no more, or it was said")
    place = replace(snapshot.group.place, channel=found.post.channel, thread=found.post.ts, broadcast=True)
    return OutgoingMessage(message, place=place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """In the group's note of that post: `what` was said. The same is noted where it can never be."""
    await channel.said_aloud(deps, entry)
