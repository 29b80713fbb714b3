"""Every kind of message there is: the one table. The planner asks each what is due, the delivery who draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.domain.checkins import reminder_missed
from bot.domain.due import Event, Occurrence, Plan, Upcoming, planned
from bot.domain.hours import next_allowed
from bot.domain.outbox import Kind
from bot.domain.people import Person
from bot.domain.problems import Problem
from bot.domain.rhythm import Rhythm
from bot.domain.rounds import next_opening
from bot.domain.snapshot import GroupSnapshot
from scheduler import (
    capture,
    change,
    checkin,
    correction,
    digest,
    hello,
    nudge,
    panel,
    quiet,
    redrawn,
    remind_later,
    trouble,
    uncorrected,
    welcome,
)
from scheduler.outbox.messages import MessageKind

KINDS: Mapping[Kind, MessageKind] = {
    kind.KIND: kind
    for kind in (
        hello,
        welcome,
        checkin,
        nudge,
        remind_later,
        quiet,
        digest,
        correction,
        capture,
        panel,
        change,
        trouble,
        uncorrected,
        redrawn,
    )
}


def plan(snapshot: GroupSnapshot, now: datetime, kinds: Mapping[Kind, MessageKind] = KINDS) -> Plan:
    """What is due for a group at `now`, and when to look again.

    The snapshot holds the latest round, opened and saved (see `rhythm.round_due`), and the one before it. People
    whose zone or nation is not known to us are left out, and named in the plan.
    """
    unreadable = [
        id_ for id_ in snapshot.active() if not _readable(snapshot.people[id_], snapshot.group.rhythm, now)
    ]
    people = {id_: person for id_, person in snapshot.people.items() if id_ not in unreadable}
    found = planned(_found(replace(snapshot, people=people), now, kinds), now)
    missed = tuple(id_ for id_, one in snapshot.checkins.items() if reminder_missed(one, now))
    return replace(found, unreadable=tuple(unreadable), missed=missed)


def _found(snapshot: GroupSnapshot, now: datetime, kinds: Mapping[Kind, MessageKind]) -> Iterator[Occurrence]:
    group = snapshot.group
    yield Occurrence(
        at=next_opening(group, snapshot.round, now), what=Upcoming(event=Event.NEXT_ROUND, of=group.name)
    )
    for kind in kinds.values():
        yield from kind.due(snapshot, now)


def _readable(person: Person, rhythm: Rhythm, now: datetime) -> bool:
    try:
        next_allowed(now, person.zone, person.nation, rhythm.hours_from, rhythm.hours_to)
    except Problem:
        return False
    return True
