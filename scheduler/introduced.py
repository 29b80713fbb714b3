"""How to reach the other, to each of two who could not be put in one conversation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.due import STILL_NEWS, Occurrence, dm, in_hours
from bot.domain.groups import MessageRef
from bot.domain.introduced import apart
from bot.domain.introductions import Way, back_at, told
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import MATTERS, GroupSnapshot, Section
from bot.ports import Deps
from bot.views.introductions import by_dm
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.INTRODUCED
IN_HOURS, COUNTED = True, None
TURN = None
"""It answers what they pressed."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """To each of two who are `apart` and who has not heard, once they are back: for ten days."""
    group, here = snapshot.group, snapshot.active()
    for one in snapshot.introductions.values():
        if not apart(snapshot, one):
            continue
        for id_ in one.people:
            if id_ not in here or id_ in one.told:
                continue
            person = snapshot.people[id_]
            at = back_at([person], [here[id_]], one.way_at or one.at)
            found = dm(KIND, group, person, at, at + STILL_NEWS, subject=one.id)
            yield from in_hours(found, snapshot, person, now)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where they heard, stand in one conversation after all, or share hours by now."""
    to = await leader_of(entry, deps, Section.NAMES | MATTERS)
    if isinstance(to, Drop):
        return to
    one = to.snapshot.introductions.get(entry.subject)
    if one is None or one.way is Way.TOGETHER or to.person.id in one.told:
        return Drop("they know how to reach each other")
    if not apart(to.snapshot, one):
        return Drop("the two share hours by now")
    return OutgoingMessage(by_dm(to.snapshot, one, to.person.id), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """In the introduction: this one of the two has heard."""
    await deps.store.introductions.change(
        entry.group_id, entry.subject, lambda stored: stored and told(stored, entry.person_id, now)
    )
