"""After two silent rounds: the one message that asks what suits, then silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.checkins import CheckIn, gone_quiet, hushed, shown_in
from bot.domain.due import Occurrence, open_round
from bot.domain.groups import MessageRef
from bot.domain.ledger import Claim
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.views.quiet import quiet
from scheduler.checkin import noted, prompt
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import asked_leader_of, round_of

KIND = Kind.QUIET
IN_HOURS, COUNTED = True, Claim.CHECK_IN
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """In place of the check-in."""
    if round := open_round(snapshot, now):
        for leader in snapshot.active().values():
            if gone_quiet(leader):
                yield from prompt(KIND, snapshot, leader, round, now)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where they have been heard from since."""
    to = await asked_leader_of(entry, deps, now, Section.NAMES | Section.ROUNDS)
    if isinstance(to, Drop):
        return to
    if not gone_quiet(to.leader):
        return Drop("they have been heard from since")
    message = quiet(to.snapshot, to.person, to.leader, round_of(entry, to.snapshot), now)
    return OutgoingMessage(message, person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """It stands where the check-in would, so an answer redraws it. They were asked nothing, so silence is none. Who
    pressed before this is not silenced by it."""
    new = CheckIn(person_id=entry.person_id, round=entry.round)
    await noted(entry, ref, deps, now, lambda stored: shown_in(stored or new, ref))
    await deps.store.leaders.change(entry.group_id, entry.person_id, lambda one: one and hushed(one, entry.round))
