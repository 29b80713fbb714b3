"""Somebody was erased: said in the channel, and not who. And while somebody is being erased, looks that go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import Group, MessageRef
from bot.domain.moments import to_the_microsecond
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import ANNOUNCEMENTS, GroupSnapshot
from bot.ports import Deps
from scheduler import announcements
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.ERASED
IN_HOURS, COUNTED = False, None
TURN = Turn.QUIET

GO_ON = timedelta(minutes=1)


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each erasure in `group.erased`, for ten days. And a look a minute from now while one goes on: not where all
    that is left of it waits for a legal hold to end."""
    group = snapshot.group
    if any(one.gone_at is None or not (group.held or one.waits) for one in group.erasing.values()):
        yield Occurrence(at=now + GO_ON)
    for one in group.erased:
        yield post(KIND, group, one.at, subject=to_the_microsecond(one.at), lasts=STILL_NEWS)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where the group has no such note any more: it was told."""
    snapshot = await snapshot_of(entry, deps, ANNOUNCEMENTS)
    if not any(to_the_microsecond(one.at) == entry.subject for one in snapshot.group.erased):
        return Drop("it was told")
    return announcements.outgoing(entry, snapshot, now)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """Takes the note out of `group.erased`: nothing is kept of it once it was told."""

    def told(group: Group | None) -> Group | None:
        if group is None:
            return None
        left = tuple(one for one in group.erased if to_the_microsecond(one.at) != entry.subject)
        return replace(group, erased=left)

    await deps.store.groups.change(entry.group_id, told)
