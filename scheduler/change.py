"""A change of a group's settings, announced in its channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.change import over_at
from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from scheduler import announcements

KIND = Kind.CHANGE
IN_HOURS, COUNTED = False, None
TURN = Turn.PROMPT


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each that was made and not announced. One that stands on record and was never made belongs to a press that is
    under way, or died before it: nothing to say. And a look when one that was announced has been: from then on its
    post offers no *Object* (`objections.shut_or_open`)."""
    for change in snapshot.changes.values():
        made = change.id in snapshot.group.changes or change.objected_by
        if made and change.announced_at is None:
            yield post(KIND, snapshot.group, change.at, subject=change.id, lasts=STILL_NEWS)
        elif made and not change.shut and (at := over_at(change)) and at > now:
            yield Occurrence(at=at)


compose = announcements.compose
"""One that somebody has objected to meanwhile is told with that."""


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`announced_at` of the change, which is not due from then on."""
    await deps.store.changes.change(
        entry.group_id, entry.subject, lambda stored: stored and replace(stored, announced_at=now)
    )
