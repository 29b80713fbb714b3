"""Two are introduced in one conversation of theirs with us: opened and posted once, in hours that both keep.

Where Slack refuses, `introductions.not_together` notes it before the entry leaves, and `introduced` goes to each.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.due import Occurrence
from bot.domain.groups import MessageRef
from bot.domain.introduced import pair, together_at
from bot.domain.introductions import TRIED, Way, opened
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import MATTERS, GroupSnapshot, Section
from bot.ports import Deps
from bot.views.introductions import introduction
from scheduler.outbox.messages import Drop, OutgoingMessage, Reschedule
from scheduler.recipients import snapshot_of

KIND = Kind.INTRODUCTION
IN_HOURS, COUNTED = True, None
TURN = None
"""It answers what one of them pressed, and the other said yes to."""

NEEDS = Section.NAMES | MATTERS


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Each that was asked for and has no way yet, at the first moment in both their hours, for two days."""
    for one in snapshot.introductions.values():
        if one.way is not Way.ASKED:
            continue
        people, first = pair(snapshot, one), together_at(snapshot, one, one.at)
        if people is None or first is None:
            continue
        entry = Entry(
            name=f"{KIND}:{snapshot.group.id}:{one.id}",
            kind=KIND,
            group_id=snapshot.group.id,
            team_id=snapshot.group.place.team_id,  # its bot is in a channel with both
            due_at=first,
            expires_at=first + TRIED,
            subject=one.id,
        )
        yield Occurrence(at=first, entry=entry)
        yield Occurrence(at=entry.expires_at)  # a mere look: it goes to each of them by then


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Reschedule | Drop:
    """Dropped where one of the two has left, or has heard by a DM, or they share no hours any more; put off where
    one of them is outside theirs now."""
    snapshot = await snapshot_of(entry, deps, NEEDS)
    one = snapshot.introductions.get(entry.subject)
    people = pair(snapshot, one) if one else None
    if one is None or people is None or one.way is not Way.ASKED:
        return Drop("one of the two has left, or they know how to reach each other")
    at = together_at(snapshot, one, now)
    if at is None or one.told:
        return Drop("the two share no hours any more")
    if at > now:
        return Reschedule(at)
    return OutgoingMessage(introduction(snapshot, one), people=people)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """In the introduction: they are together, in the conversation of that message."""
    await deps.store.introductions.change(
        entry.group_id, entry.subject, lambda stored: stored and opened(stored, ref, now)
    )
