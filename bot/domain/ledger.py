"""A person's week: what their groups would like to send them unasked, and which of it may go."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from enum import IntEnum

import msgspec

from bot.domain.hours import from_local, to_local
from bot.domain.nations import next_working_day
from bot.domain.people import Person
from bot.domain.rounds import week_name

DMS_A_WEEK = 2

LATE_MORNING = "12:00"

COUNTED_WEEKS = range(-10, 3)
"""Around now: in which what a leader was sent may still be counted."""


class Claim(IntEnum):
    """How strong a message's claim to a place in the week is; the first comes first."""

    CHECK_IN = 1
    LETTER = 2
    NUDGE = 3


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """A message that a group would like to send: its entry's `name`, from `at` on, and not from `until` on."""

    name: str
    claim: Claim
    at: datetime
    until: datetime


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What each of a person's groups wishes, by the group's id; and the `queue` of those groups: whoever has waited
    longest for a place stands first, whoever is new or has had one last.

    Who is in one group only has none.
    """

    wishes: dict[str, tuple[Wish, ...]] = {}
    queue: tuple[str, ...] = ()


def week_of(person: Person, moment: datetime) -> str:
    """The ISO week on the leader's own wall: `2026-W48`."""
    return week_name(to_local(moment, person.zone).date())


def asks_of(week: str) -> str:
    """Where it is counted what others were after that was put to somebody in a week of theirs."""
    return f"asks-{week}"


def all_counted(day: date) -> list[str]:
    """Whatever of somebody may still be counted on a day, so that whoever forgets them forgets all of it."""
    weeks = [week_name(day + timedelta(weeks=ahead)) for ahead in COUNTED_WEEKS]
    return [*weeks, *map(asks_of, weeks)]


def noted(
    stored: Ledger | None,
    group_id: str,
    wishes: tuple[Wish, ...],
    *,
    groups: Collection[str],
    taken: Collection[str],
) -> Ledger:
    """The ledger with all that one group wishes now; `groups` are all that the person is in, in the order they
    joined. `taken` are the names of what counts: it is no wish any more, and its group's turn is over."""
    left, members = _without(stored or Ledger(), taken), [*groups, group_id]
    wished = {id_: some for id_, some in left.wishes.items() if id_ in members}
    wished[group_id] = tuple(wish for wish in wishes if wish.name not in taken)
    queue = [id_ for id_ in left.queue if id_ in members]
    return Ledger(wishes=wished, queue=tuple(dict.fromkeys([*queue, *members])))


def without_group(ledger: Ledger, group_id: str) -> Ledger | None:
    """After the person has left a group. None where they are in one other at most."""
    queue = tuple(id_ for id_ in ledger.queue if id_ != group_id)
    wishes = {id_: some for id_, some in ledger.wishes.items() if id_ != group_id}
    return Ledger(wishes=wishes, queue=queue) if len(queue) > 1 else None


def choose(ledger: Ledger, person: Person, taken: Collection[str], now: datetime) -> list[str]:
    """The names of what may be sent in this week of theirs, due already or not, beside what has `taken` a place in
    it: by its claim, then of the group that has waited longest, then what is due first."""
    week, left = week_of(person, now), _without(ledger, taken)
    queue = list(left.queue)
    wanting = [
        (id_, wish)
        for id_ in queue
        for wish in left.wishes.get(id_, ())
        if max(wish.at, now) < wish.until and week_of(person, max(wish.at, now)) == week
    ]
    chosen: list[str] = []
    while wanting and len(taken) + len(chosen) < DMS_A_WEEK:
        first = min(wanting, key=lambda one: (one[1].claim, queue.index(one[0]), one[1].at))
        wanting.remove(first)
        # who has had a place stands last from now on
        queue.append(queue.pop(queue.index(first[0])))
        chosen.append(first[1].name)
    return chosen


def asked_today(ledger: Ledger, person: Person, taken: Collection[str], now: datetime) -> bool:
    """Whether a check-in of any of their groups is to come today and has a place: a letter waits for another day
    then, since two messages of ours on one morning read badly."""
    today = to_local(now, person.zone).date()
    chosen = {*choose(ledger, person, taken, now)}
    wishes = [wish for some in ledger.wishes.values() for wish in some if wish.claim is Claim.CHECK_IN]
    return any(to_local(max(one.at, now), person.zone).date() == today for one in wishes if one.name in chosen)


def held_over(due_at: datetime, person: Person, now: datetime) -> bool:
    """Whether what was due on an earlier day of theirs is still to go."""
    return to_local(due_at, person.zone).date() < to_local(now, person.zone).date()


def later_will_do(until: datetime, person: Person, now: datetime) -> bool:
    """Whether a message that is worth sending until then can go on their next working day at the start of it."""
    day = next_working_day(to_local(now, person.zone).date(), person.nation)
    return from_local(day, LATE_MORNING, person.zone) < until


def waiting(ledger: Ledger, person: Person, taken: Collection[str], now: datetime) -> set[str]:
    """The names of check-ins that are due by now, but it is the turn of others."""
    gone = {*taken, *choose(ledger, person, taken, now)}
    due = [wish for some in ledger.wishes.values() for wish in some if wish.at <= now < wish.until]
    return {wish.name for wish in due if wish.claim is Claim.CHECK_IN and wish.name not in gone}


def _without(ledger: Ledger, taken: Collection[str]) -> Ledger:
    """Without wishes that have been granted; whose those were stand last in the queue."""
    left = {id_: tuple(wish for wish in some if wish.name not in taken) for id_, some in ledger.wishes.items()}
    granted = [id_ for id_ in ledger.queue if left.get(id_) != ledger.wishes.get(id_)]
    return Ledger(wishes=left, queue=(*(id_ for id_ in ledger.queue if id_ not in granted), *granted))
