"""A day's post that does not read as it should, since somebody objected: changed to match. An entry's subject names
the post, and which change of it that is (`channel_days.redrawing`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import posts_of, redrawing, waiting
from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import channel
from bot.usecases.retention import RETENTION
from bot.views.announcements import announcement
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.DAY_REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Each post that is owed a change since `owed_at`: for a year."""
    for one in posts_of(snapshot.group):
        if one.owed_at:
            yield post(KIND, snapshot.group, one.owed_at, subject=redrawing(one), lasts=RETENTION)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where it reads as it should or is owed another change, and where nothing that it tells is on record:
    then it is owed none."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    known = waiting(snapshot.group, entry.subject)
    if known is None:
        return Drop("it reads as it should, or is drawn anew again")
    message = announcement(snapshot, known.told)
    if message is None:
        await channel.day_redrawn(deps, entry)
        return Drop("what it tells is no longer on record")
    return OutgoingMessage(message, replaces=known.post)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """In the group's note of that post: it is owed this change no more; one that came to be owed meanwhile
    stays."""
    await channel.day_redrawn(deps, entry)
