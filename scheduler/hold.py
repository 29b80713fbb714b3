"""A legal hold was set on the group, or lifted: said in its channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import Group, MessageRef
from bot.domain.hold import Hold
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.HOLD
IN_HOURS, COUNTED = False, None
TURN = Turn.QUIET


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """A hold that was lifted before the channel heard of it is told, and then its end."""
    hold = snapshot.group.hold
    if hold is None:
        return
    if hold.told_at is None:
        yield post(KIND, snapshot.group, hold.since, subject=_which(hold, "set"), lasts=STILL_NEWS)
    elif hold.lifted_at and hold.end_told_at is None:
        yield post(KIND, snapshot.group, hold.lifted_at, subject=_which(hold, "lifted"), lasts=STILL_NEWS)


def _which(hold: Hold, what: str) -> str:
    return f"{to_the_second(hold.since)}.{what}"


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where that hold is not the group's any more: another was set since."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    hold, lifted = snapshot.group.hold, entry.subject.endswith(".lifted")
    if hold is None or entry.subject != _which(hold, "lifted" if lifted else "set"):
        return Drop("it is another hold by now")
    return announcements.outgoing(entry, snapshot, now)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`told_at` of that hold, or `end_told_at` where it was lifted; nothing, where another was set since."""
    lifted = entry.subject.endswith(".lifted")

    def told(group: Group | None) -> Group | None:
        if group is None or group.hold is None:
            return group
        if entry.subject != _which(group.hold, "lifted" if lifted else "set"):
            return group
        hold = replace(group.hold, end_told_at=now) if lifted else replace(group.hold, told_at=now)
        return replace(group, hold=hold)

    await deps.store.groups.change(entry.group_id, told)
