"""Somebody is no longer in the channel: asked, once, whether they leave the group too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.absence import ASKED_FOR, STRAIGHT_BACK, asked
from bot.domain.due import Occurrence, dm, in_hours
from bot.domain.groups import MessageRef
from bot.domain.ledger import Claim
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Absence, AbsenceReason, Leader
from bot.domain.reach import Tie, facts_of
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases.snapshot import load_snapshot
from bot.views.absence import still_with_us
from scheduler.outbox.messages import Drop, OutgoingMessage

KIND = Kind.ABSENCE
IN_HOURS, COUNTED = True, Claim.LETTER
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """And a look when we stop trying: then they are taken out."""
    for leader in snapshot.leaders.values():
        absence, person = _to_ask(leader), snapshot.people.get(leader.person_id)
        if absence is None or person is None:
            continue
        due_at, until = absence.since + STRAIGHT_BACK, absence.since + ASKED_FOR
        yield Occurrence(at=until)
        found = dm(KIND, snapshot.group, person, due_at, until, subject=to_the_second(absence.since))
        yield from in_hours(found, snapshot, person, now, back=leader)


def _to_ask(leader: Leader) -> Absence | None:
    """Whom there is somebody to ask about: they have an account, were not asked yet, and can be reached."""
    absence = leader.absence if leader.in_group else None
    if absence is None or absence.reason is not AbsenceReason.LEFT_CHANNEL:
        return None
    return None if absence.asked_at or absence.unreachable else absence


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where they are in the channel again, have left the group, were asked already, or are absent anew. It
    says so where their whole workspace is disconnected."""
    snapshot = await load_snapshot(deps.store, entry.group_id)
    member = snapshot.member(entry.person_id, absent=True)
    absence = _to_ask(member.leader) if member else None
    if member is None or absence is None or entry.subject != to_the_second(absence.since):
        return Drop("they are in the channel again, or have left the group")
    installations = await deps.store.installations.all()
    tie = facts_of(member.person, snapshot.group, installations.values(), member.leader).tie
    return OutgoingMessage(still_with_us(snapshot, disconnected=tie is Tie.SEVERED), person=member.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Of their absence: that they were asked, when, and in which message. Nothing, where they are back by now."""
    await deps.store.leaders.change(entry.group_id, entry.person_id, lambda one: one and asked(one, ref, now))
