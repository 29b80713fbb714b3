"""The digest. Kept as it was drawn before it goes, so that what is stored is what was posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.channel_days import Turn
from bot.domain.checkins import NUDGE_GRACE
from bot.domain.due import Event, Occurrence, Upcoming, post
from bot.domain.groups import Group, MessageRef, ended
from bot.domain.late_digest import unsaid
from bot.domain.moments import to_the_microsecond
from bot.domain.outbox import Entry, Kind
from bot.domain.rounds import Round, called_off, news_until
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases import digest
from bot.views.digest import digest_message
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import round_of, snapshot_of

KIND = Kind.DIGEST
IN_HOURS, COUNTED = False, None
TURN = Turn.BESIDE

BEFORE_MEETING = timedelta(minutes=15)
"""A late one goes so long before its meeting at the latest, should that move forward."""


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Of the latest round, and of the one before it: where the latest was opened early for somebody's words, that
    one's digest may still have to go."""
    group = snapshot.group
    for round in (snapshot.round, snapshot.previous):
        if round is None or called_off(round, group) or ended(group, now) or round.unconfirmed_at:
            continue
        if round.digested:
            yield from _late(round, group, now)
            continue
        lasts = news_until(round, group.trouble) - round.digest_at
        yield Occurrence(at=round.closes_at, what=Upcoming(event=Event.CLOSING, of=group.name))
        yield post(
            KIND,
            group,
            round.digest_at,
            round=round.name,
            subject=_again(round),
            lasts=lasts,
            what=Upcoming(event=Event.DIGEST, of=group.name),
        )
        if round.digest_at <= now < round.digest_at + lasts:  # the next round waits: see soon whether it went
            yield Occurrence(at=now + NUDGE_GRACE)


def _again(round: Round) -> str:
    """What tells one that somebody had posted again from the one that may stand in the channel."""
    return f"again{round.attempt}" if round.attempt else ""


def _late(round: Round, group: Group, now: datetime) -> Iterator[Occurrence]:
    """One that had nothing to say in time, for the first words since; under a name of its own, as the one that was
    due in time had its turn. Never once the meeting has begun."""
    if round.late_at is None or round.meeting_at is None or not unsaid(round, now):
        return
    at = min(round.late_at, round.meeting_at - BEFORE_MEETING)
    lasts, what = round.meeting_at - at, Upcoming(event=Event.DIGEST, of=group.name)
    yield post(KIND, group, at, round=round.name, subject=to_the_microsecond(round.late_at), lasts=lasts, what=what)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    """Draws the digest and keeps it so. Dropped where there is nothing to say, by which the round has had its turn
    all the same; where the group does not meet for it, or has ended; a late one whose meeting has begun."""
    snapshot = await snapshot_of(entry, deps, digest.NEEDS)
    round = round_of(entry, snapshot)
    if called_off(round, snapshot.group) or ended(snapshot.group, now):
        return Drop("the group does not meet for it")
    late = to_the_microsecond(round.late_at) if round.late_at and unsaid(round, now) else None
    if entry.subject and entry.subject not in (late, _again(round)):
        return Drop("it has gone, or its meeting has begun")
    drawn = await digest.draw(deps.store, snapshot, round, now)
    if drawn is None:
        # words that came while it was drawn make it due anew
        await deps.store.due.look_at(entry.group_id, now)
        return Drop("nothing to say")
    return OutgoingMessage(digest_message(drawn, zone=snapshot.group.zone), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Where it stands, that the round is digested, and that it may read otherwise by now: see
    `usecases.digest.posted`."""
    await digest.posted(deps, entry.group_id, entry.round, ref, now)
