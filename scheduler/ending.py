"""The day has come on which the group ends: said once in its channel, and then nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import MessageRef, ended
from bot.domain.hours import from_local
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.ENDING
IN_HOURS, COUNTED = False, None
TURN = Turn.FIXED


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """From the digest's hour on the day `ends_on`, for ten days, unless the channel was told since that day began:
    an end that was put off is told anew."""
    group = snapshot.group
    if group.ends_on and (
        group.end_told_at is None or group.end_told_at < from_local(group.ends_on, "00:00", group.zone)
    ):
        at = from_local(group.ends_on, group.rhythm.digest_at, group.zone)
        yield post(KIND, group, at, subject=group.ends_on.isoformat(), lasts=STILL_NEWS)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where the group has not ended: its end was moved or taken back."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    if not ended(snapshot.group, now):
        return Drop("the group goes on")
    return announcements.outgoing(entry, snapshot, now)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`end_told_at` of the group."""
    await deps.store.groups.change(entry.group_id, lambda stored: stored and replace(stored, end_told_at=now))
