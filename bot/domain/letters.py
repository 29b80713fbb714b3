"""Letters: what of somebody's matters can't wait for their next check-in, and when it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from bot.domain.checkins import back_on, first_hour, may_prompt, next_prompt, prompt_at
from bot.domain.hours import to_local
from bot.domain.matter_kinds import rank
from bot.domain.matters import MOST_IN_A_LETTER, Matter, Rank
from bot.domain.people import Leader, Person
from bot.domain.rhythm import Rhythm
from bot.domain.rounds import rounds_after
from bot.domain.snapshot import GroupSnapshot

SOON = timedelta(hours=48)
"""A check-in that comes within this takes the first matter with it."""

ROUNDS_AHEAD = 3
"""Rounds ahead in which somebody's next check-in is looked for."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """The matters that go, the moment (UTC) they may go from, and until when."""

    matters: tuple[Matter, ...]
    at: datetime
    until: datetime


def letter_for(
    snapshot: GroupSnapshot, person: Person, leader: Leader, waiting: Sequence[Matter], now: datetime
) -> Letter | None:
    """Of what wants somebody's attention by `now`, in its order: what somebody else waits for, or what would be
    gone by the next check-in; but not the one that rides on a check-in which comes soon, and never news or a pulse.
    Who wants it lighter gets none.
    """
    if leader.lighter or leader.quiet or not waiting:
        return None
    asked_at = next_check_in(snapshot, person, leader, now)
    soon = asked_at is not None and asked_at - now <= SOON
    left = waiting[1:] if soon and asked_at and waiting[0].until > asked_at else waiting
    left = [one for one in left if rank(one) < Rank.NEWS]
    pressing = [one for one in left if rank(one) is Rank.SOMEBODY_WAITS or not asked_at or one.until <= asked_at]
    chosen = tuple(pressing[:MOST_IN_A_LETTER])
    if not chosen:
        return None
    at = letter_at(person, leader, snapshot.group.rhythm, chosen[0].since)
    return Letter(matters=chosen, at=at, until=min(one.until for one in chosen))


def letter_at(person: Person, leader: Leader, rhythm: Rhythm, since: datetime) -> datetime:
    """When a letter may go, at the soonest, of what wants somebody's attention since then."""
    day = max(to_local(since, person.zone).date(), back_on(person, leader))
    at = first_hour(person, rhythm, day)
    # where it wants their attention after their hour of that day
    return at if at >= since else first_hour(person, rhythm, day + timedelta(days=1))


def next_check_in(snapshot: GroupSnapshot, person: Person, leader: Leader, now: datetime) -> datetime | None:
    """When they are next asked (UTC), or are being asked now, in a group's first round before it opens as in any
    other; None if in none of the coming rounds."""
    round, rhythm = snapshot.round, snapshot.group.rhythm
    checkin = snapshot.checkins.get(person.id)
    if round and (checkin is None or checkin.asked_at is None) and may_prompt(person, leader, round, now):
        moment = prompt_at(person, leader, round, rhythm)
        if moment and now < round.closes_at:
            return moment
    return next_prompt(person, leader, rounds_after(snapshot.group, round, now, ROUNDS_AHEAD), rhythm)
