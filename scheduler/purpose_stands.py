"""A wording of the purpose has come to stand: the channel is told, once, after it is so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import purpose_posts
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.PURPOSE_STANDS
IN_HOURS, COUNTED = False, None
TURN = Turn.QUIET


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """The wording that stands, where the channel was not told: for ten days from when it came to."""
    one = snapshot.purpose.standing
    if one and one.stood_at and one.told_at is None:
        yield post(KIND, snapshot.group, one.stood_at, subject=one.id, lasts=STILL_NEWS)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where other words stand by now."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    one = snapshot.purpose.standing
    if one is None or one.id != entry.subject:
        return Drop("other words stand by now")
    return announcements.outgoing(entry, snapshot, now)


sent = purpose_posts.told
"""`told_at` of the wording. The first moment stands."""
