"""A wording of the purpose has come to stand: the channel is told, once, after it is so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases import purpose_posts
from bot.views.purpose import stands_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.PURPOSE_STANDS
IN_HOURS, COUNTED = False, None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    one = snapshot.purpose.standing
    if one and one.stood_at and one.told_at is None:
        yield post(KIND, snapshot.group, one.stood_at, subject=one.id, lasts=STILL_NEWS)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    snapshot = await snapshot_of(entry, deps, Section.NAMES | Section.PURPOSE)
    one = snapshot.purpose.standing
    if one is None or one.id != entry.subject or one.told_at:
        return Drop("the channel knows, or other words stand by now")
    return OutgoingMessage(stands_message(snapshot, one), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    await purpose_posts.told(deps, entry, now)
