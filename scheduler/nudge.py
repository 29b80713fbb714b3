"""The one reminder. Who pressed *Later today* is asked again instead, then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.checkins import LAST_HOURS, NUDGE_GRACE, CheckInState, nudge_at, nudged
from bot.domain.due import Event, Occurrence, Upcoming, dm, in_their_hours, open_round
from bot.domain.groups import MessageRef
from bot.domain.ledger import Claim
from bot.domain.outbox import Entry, Kind
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.views.checkin import nudge
from scheduler.asking import subject_of
from scheduler.checkin import noted
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import askable

KIND = Kind.NUDGE
IN_HOURS, COUNTED = True, Claim.NUDGE
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """To whoever has neither answered nor put it off, unless the group wants no reminder."""
    round = open_round(snapshot, now)
    if round and snapshot.group.rhythm.nudge:
        changes = [one for one in snapshot.changes.values() if not one.objected_by]
        chosen = [one for one in changes if one.before.rhythm.nudge_percent != one.after.rhythm.nudge_percent]
        # where the group chose how soon it comes, and that would have been before, it comes at once
        since = max((one.at for one in chosen), default=None)
        by = round.closes_at - LAST_HOURS
        yield from reminders(KIND, CheckInState.WAITING, snapshot, round, now, by=by, since=since)


def reminders(
    kind: Kind,
    state: CheckInState,
    snapshot: GroupSnapshot,
    round: Round,
    now: datetime,
    *,
    by: datetime | None = None,
    since: datetime | None = None,
) -> Iterator[Occurrence]:
    """The one reminder of each leader whose check-in is in `state`, worth sending until `by` at the latest, and not
    due before `since`.

    Unnamed: who has not answered is shown to nobody.
    """
    for leader in snapshot.active().values():
        person, checkin = snapshot.people[leader.person_id], snapshot.checkins.get(leader.person_id)
        if checkin is None or checkin.state is not state:
            continue
        due_at = nudge_at(person, checkin, round, snapshot.group.rhythm)
        if due_at:
            due_at = max(due_at, since or due_at)
            grace, what = due_at + NUDGE_GRACE, Upcoming(event=Event.NUDGE)
            until = min(grace, by) if by else grace
            found = dm(
                kind,
                snapshot.group,
                person,
                due_at,
                until,
                round=round.name,
                subject=subject_of("", round.closes_at),
                what=what,
            )
            yield from in_their_hours(found, snapshot, person, leader, now)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Dropped where they have answered, put it off, skipped or gone away, were reminded already, or the group wants
    no reminder any more; and as `askable` says."""
    to = await askable(entry, deps, now)
    if isinstance(to, Drop):
        return to
    if to.checkin is None or to.checkin.state is not CheckInState.WAITING or to.checkin.nudged_at:
        return Drop("answered, put off, skipped, away or reminded already")
    if not to.snapshot.group.rhythm.nudge:
        return Drop("the group wants no reminder")
    return OutgoingMessage(nudge(to.snapshot, to.person, to.round, now), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """In the check-in: when they were reminded, and by which message."""
    await noted(entry, ref, deps, now, lambda stored: nudged(stored, now, ref) if stored else None)
