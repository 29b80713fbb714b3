"""The check-in's DM."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.checkins import (
    CheckIn,
    CheckInState,
    asked,
    at_their_hour,
    gone_quiet,
    prompt_at,
    prompt_expires_at,
)
from bot.domain.drawn import drawn
from bot.domain.due import Event, Occurrence, Upcoming, dm, in_their_hours, open_round
from bot.domain.groups import MessageRef
from bot.domain.ledger import Claim, held_over
from bot.domain.matter_kinds import still, waiting_for
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person, first_name
from bot.domain.rounds import Round, meets_on
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases.routing import one_a_week
from bot.usecases.together import together
from bot.views.checkin import check_in
from scheduler.asking import matters_of, shows, subject_of
from scheduler.letter import note_put
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import askable

KIND = Kind.CHECK_IN
IN_HOURS, COUNTED = True, Claim.CHECK_IN
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Of the round that is open, to each active leader who was not asked in it, has neither answered nor put it
    off, and has not gone quiet (`quiet` goes to those). From their hour on, and as long as `prompt_expires_at`
    says. The first matter that waits for them rides on it."""
    if round := open_round(snapshot, now):
        waiting = waiting_for(snapshot, now)
        for leader in snapshot.active().values():
            if not gone_quiet(leader):
                matter = next((one for one in waiting.get(leader.person_id, ()) if one.since <= now), None)
                yield from prompt(KIND, snapshot, leader, round, now, matter=matter.id if matter else "")


def prompt(
    kind: Kind, snapshot: GroupSnapshot, leader: Leader, round: Round, now: datetime, *, matter: str = ""
) -> Iterator[Occurrence]:
    """The one asking of a round for somebody who was not asked in it; `matter` rides on it."""
    person: Person = snapshot.people[leader.person_id]
    checkin = snapshot.checkins.get(leader.person_id)
    if checkin and (checkin.asked_at or checkin.state is not CheckInState.WAITING):
        return
    if leader.hushed_round == round.name:
        return
    due_at = prompt_at(person, leader, round, snapshot.group.rhythm)
    if due_at:
        what = Upcoming(event=Event.CHECK_IN, of=first_name(person.name))
        found = dm(
            kind,
            snapshot.group,
            person,
            due_at,
            prompt_expires_at(due_at, round),
            round=round.name,
            subject=subject_of(matter, round.closes_at),
            what=what,
        )
        for one in in_their_hours(found, snapshot, person, leader, now):
            if held_over(due_at, person, one.at):
                # what had to wait for another day comes at their hour on it, as they were told
                hour = at_their_hour(person, snapshot.group.rhythm, one.at)
                if one.at < hour < prompt_expires_at(due_at, round):
                    one = replace(one, at=hour)
            yield one


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where they have answered, skipped or put it off meanwhile, or can't be asked any more (`askable`).
    Without its matter where a letter, or another group, was first."""
    to = await askable(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.checkin and to.checkin.state is not CheckInState.WAITING:
        return Drop("answered already")
    stored = to.snapshot.attention.get(to.person.id)
    unput = [id_ for id_ in matters_of(entry) if not (stored and id_ in stored.put)]  # a letter may have been first
    riding = await one_a_week(deps.store, to.person, still(to.snapshot, to.person.id, unput, now)[:1], now)
    matter = next(iter(riding), None)
    message = check_in(to.snapshot, to.person, to.round, last=to.last, mine=to.tended, now=now, matter=matter)
    return OutgoingMessage(message, person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """In the check-in: when it was asked, by which message, and what that shows. In `attention`: the matter was
    put."""
    new = CheckIn(person_id=entry.person_id, round=entry.round)
    notes = [noted(entry, ref, deps, now, lambda stored: asked(stored or new, now, ref))]
    if matters_of(entry):
        notes.append(note_put(entry, ref, deps, now))
    # In one packet. Whoever dies with one of them noted has both noted by whoever takes the entry up.
    await together(*notes)


async def noted(
    entry: Entry,
    ref: MessageRef,
    deps: Deps,
    now: datetime,
    decide: Callable[[CheckIn | None], CheckIn | None],
) -> None:
    """The check-in after a message that asks, with until when that message says answers count."""
    drawn_from = await deps.store.snapshots.group(entry.group_id, Section.ROUNDS)
    round = drawn_from.rounds.get(entry.round) if drawn_from else None

    def decided(stored: CheckIn | None) -> CheckIn | None:
        known = stored.messages if stored else ()
        after = decide(stored)
        if after is None or round is None or ref in known or ref not in after.messages:
            return after
        day = meets_on(round, drawn_from.group) if drawn_from else None
        return drawn(after, after.messages.index(ref), shows(entry) or round.closes_at, now, day)

    await deps.store.checkins.change(
        entry.group_id,
        entry.person_id,
        decided,
        round=entry.round,
        seen=drawn_from.versions if drawn_from else None,
    )
