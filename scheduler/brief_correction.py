"""A posted brief whose lines were struck, or the words in them changed: its message is changed to match. As
`correction`, whose names of entries it has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.brief_changes import redrawn
from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases.retention import RETENTION
from bot.views.brief import brief_message, nothing_left
from scheduler.correction import after, change_of
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.BRIEF_CORRECTION
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Each brief that is `behind`: corrected more often than its message shows. For a year, under another name
    after each refusal."""
    for name, brief in snapshot.briefs.items():
        if not brief.behind or brief.corrected_at is None:
            continue
        at, subject = change_of(brief, brief.corrected_at)
        yield post(KIND, snapshot.group, at, round=name, subject=subject, lasts=RETENTION)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where the brief is kept no more, or reads as it did. Where no line is left, a sentence says so in its
    place."""
    snapshot = await snapshot_of(entry, deps, Section.BRIEFS)
    brief = snapshot.briefs.get(entry.round)
    if brief is None or brief.posted is None:
        return Drop("the brief is no longer kept")
    if brief.corrections <= after(entry):
        return Drop("its words are as they were")
    group = snapshot.group
    message = brief_message(brief, zone=group.zone) if brief.lines else nothing_left(brief)
    return OutgoingMessage(message, replaces=replace(brief.posted, channel=group.place.channel))


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """That its message shows at least that correction; newer ones keep it owed."""
    await deps.store.briefs.change(
        entry.group_id, entry.round, lambda stored: stored and redrawn(stored, after(entry))
    )
