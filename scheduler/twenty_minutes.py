"""What came of both having ticked half-days: in their conversation, or to each where there is none.

An entry's subject is `<introduction>.<n>`: the n-th time both had ticked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.due import STILL_NEWS, Occurrence, dm, in_hours
from bot.domain.groups import MessageRef, Place
from bot.domain.introduced import together_at
from bot.domain.introductions import Introduction, Outcome, Way, back_at
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import MATTERS, GroupSnapshot, Section
from bot.domain.twenty_minutes import outcome_told
from bot.ports import Deps
from bot.views.twenty_minutes import outcome_message
from scheduler.outbox.messages import Drop, OutgoingMessage, Reschedule
from scheduler.recipients import leader_of, snapshot_of

KIND = Kind.TWENTY
IN_HOURS, COUNTED = True, None
TURN = None
"""It answers what they ticked."""

NEEDS = Section.NAMES | MATTERS


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Each outcome that was not told, until the twenty minutes begin; ten days, where they found no half-day in
    common. To both at once where they have a conversation, else to each."""
    for one in snapshot.introductions.values():
        for number, outcome in enumerate(one.outcomes):
            if one.way is Way.TOGETHER and one.opened is not None and not outcome.apart:
                yield from _to_both(snapshot, one, number, outcome)
            else:
                yield from _to_each(snapshot, one, number, outcome, now)


def _to_both(snapshot: GroupSnapshot, one: Introduction, number: int, outcome: Outcome) -> Iterator[Occurrence]:
    if "" in outcome.told or one.opened is None:
        return
    at = together_at(snapshot, one, outcome.at)
    if at is None:
        return
    subject = f"{one.id}.{number}"
    entry = Entry(
        name=f"{KIND}:{snapshot.group.id}:{subject}",
        kind=KIND,
        group_id=snapshot.group.id,
        team_id=one.opened.team_id,
        due_at=at,
        expires_at=_until(outcome),
        subject=subject,
    )
    yield Occurrence(at=at, entry=entry)


def _to_each(
    snapshot: GroupSnapshot, one: Introduction, number: int, outcome: Outcome, now: datetime
) -> Iterator[Occurrence]:
    here = snapshot.active()
    for id_ in one.people:
        if id_ not in here or id_ in outcome.told:
            continue
        person = snapshot.people[id_]
        at = back_at([person], [here[id_]], outcome.at)
        found = dm(KIND, snapshot.group, person, at, _until(outcome), subject=f"{one.id}.{number}")
        yield from in_hours(found, snapshot, person, now)


def _until(outcome: Outcome) -> datetime:
    return outcome.starts_at or outcome.at + STILL_NEWS


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Reschedule | Drop:
    """Dropped where the introduction is kept no more, or one of the two has left; put off where one of them is
    outside their hours now."""
    if entry.person_id:
        to = await leader_of(entry, deps, NEEDS)
        if isinstance(to, Drop):
            return to
        snapshot = to.snapshot
    else:
        snapshot = await snapshot_of(entry, deps, NEEDS)
    id_, number = _subject(entry)
    one = snapshot.introductions.get(id_)
    if one is None or number >= len(one.outcomes):
        return Drop("that introduction is not kept")
    message = outcome_message(snapshot, one, one.outcomes[number], now, entry.person_id)
    if entry.person_id:
        return OutgoingMessage(message, person=snapshot.people[entry.person_id])
    at = together_at(snapshot, one, now)
    if at is None or one.opened is None:
        return Drop("one of the two has left")
    place = Place(team_id=one.opened.team_id, channel=one.opened.channel)
    return Reschedule(at) if at > now else OutgoingMessage(message, place=place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """In the outcome: whom it was told, or that it stands in their conversation, and where."""
    id_, number = _subject(entry)
    shown = None if entry.person_id else ref
    await deps.store.introductions.change(
        entry.group_id, id_, lambda stored: stored and outcome_told(stored, number, entry.person_id, now, shown)
    )


def _subject(entry: Entry) -> tuple[str, int]:
    id_, _, number = entry.subject.rpartition(".")
    return id_, int(number)
