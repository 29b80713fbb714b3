"""Who speaks for which organisation, announced in the channel: a few minutes after it was chosen, once a day at
most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.organisations import announce_at
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from bot.usecases import organisations
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.ORGANISATIONS
IN_HOURS, COUNTED = False, None
TURN = Turn.PROMPT


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Named after the one before it: whoever chooses while a post is on its way is owed the next."""
    at, last = announce_at(snapshot, now), snapshot.group.organisations_told_at
    if at:
        subject = f"{last:%Y%m%d%H%M%S}" if last else "first"
        yield post(KIND, snapshot.group, at, subject=subject, lasts=STILL_NEWS)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Keeps the lines of the post as it is drawn, by which people may object. Dropped where nobody is owed a
    line."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    drawn = await organisations.draw(deps.store, snapshot, entry.subject, now)
    if drawn is None:
        return Drop("everybody speaks for whom the channel knows")
    posts = {**snapshot.organisation_posts, drawn.id: drawn}
    return announcements.outgoing(entry, replace(snapshot, organisation_posts=posts), now)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """In each leader's record that the channel knows; last in the group's, so that until then no other post is
    due."""
    await organisations.announced(deps.store, entry.group_id, entry.subject, now)
