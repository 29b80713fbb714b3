"""What can't wait for a leader's next check-in: at most two matters, in a free place of their week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.attention import put
from bot.domain.calls import coming_calls
from bot.domain.checkins import back_on
from bot.domain.due import Event, Occurrence, Upcoming, dm, in_hours
from bot.domain.groups import MessageRef
from bot.domain.hours import to_local
from bot.domain.ledger import Claim, week_of
from bot.domain.letters import letter_for
from bot.domain.matter_kinds import still, waiting_for
from bot.domain.outbox import Entry, Kind
from bot.domain.people import first_name
from bot.domain.resting import asking_rests
from bot.domain.snapshot import MATTERS, GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases.routing import one_a_week
from bot.views.letter import letter
from scheduler.asking import matters_of
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import asked_leader_of

KIND = Kind.LETTER
IN_HOURS, COUNTED = True, Claim.LETTER
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """At most one a group in a week of theirs, so that it is sent once whatever comes to be in it."""
    group = snapshot.group
    if asking_rests(group, now):
        return
    yield from (Occurrence(at=at) for at in coming_calls(snapshot, now))
    for id_, waiting in waiting_for(snapshot, now).items():
        leader, person = snapshot.active().get(id_), snapshot.people.get(id_)
        if leader is None or person is None:
            continue
        yield from (Occurrence(at=one.since) for one in waiting if one.since > now)
        found = letter_for(snapshot, person, leader, [one for one in waiting if one.since <= now], now)
        if found is None:
            continue
        ids = ",".join(one.id for one in found.matters)
        what = Upcoming(event=Event.LETTER, of=first_name(person.name))
        unnamed = dm(KIND, group, person, found.at, found.until, subject=ids, what=what)
        for one in in_hours(unnamed, snapshot, person, now, back=leader):
            week = week_of(person, one.at)
            named = dm(KIND, group, person, found.at, found.until, subject=ids, named=week, what=what)
            yield replace(named, at=one.at)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """What was answered elsewhere meanwhile, or stood in a check-in, is left out."""
    to = await asked_leader_of(entry, deps, now, Section.NAMES | MATTERS | Section.OWN)
    if isinstance(to, Drop):
        return to
    if to.leader.quiet or to_local(now, to.person.zone).date() < back_on(to.person, to.leader):
        return Drop("they are away, paused or silent", stale=True)
    stored = to.snapshot.attention.get(to.person.id)
    ids = [id_ for id_ in matters_of(entry) if not (stored and id_ in stored.put)]
    alive = still(to.snapshot, to.person.id, ids, now)
    matters = await one_a_week(deps.store, to.person, alive, now)
    if not matters:
        reason = "they were asked for something else this week" if alive else "it wants their attention no more"
        return Drop(reason)
    return OutgoingMessage(letter(to.snapshot, to.person, matters, now), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """In `attention`: its matters were put, by that message."""
    await note_put(entry, ref, deps, now)


async def note_put(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """The matters that a message was sent with were put to whom it was for. Begins from what the message was drawn
    from, where that is still at hand."""
    person_id, ids = entry.person_id, matters_of(entry)
    if ids:
        drawn_from = await deps.store.snapshots.group(entry.group_id)
        await deps.store.attention.change(
            entry.group_id,
            person_id,
            lambda stored: put(stored, person_id, ids, ref, now),
            seen=drawn_from.versions if drawn_from else None,
        )
