"""A person's week: what their groups would like to send them unasked, and which of it may go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import IntEnum

import msgspec

from bot.domain.hours import to_local
from bot.domain.people import Person
from bot.domain.rounds import week_name

DMS_A_WEEK = 2


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
    """What each of a person's groups wishes, and the week in which each had a place last, by the groups' ids.

    Who is in one group only has none. A new group's wait begins in the week it came.
    """

    wishes: dict[str, tuple[Wish, ...]] = {}
    served: dict[str, str] = {}


def week_of(person: Person, moment: datetime) -> str:
    """The ISO week on the leader's own wall: `2026-W48`."""
    return week_name(to_local(moment, person.zone).date())


def noted(
    stored: Ledger | None,
    group_id: str,
    wishes: tuple[Wish, ...],
    *,
    groups: Collection[str],
    taken: Mapping[str, Collection[str]],
    week: str,
) -> Ledger:
    """The ledger with all that one group wishes now, without groups the person has left. `taken` are the names of
    what counts, by week: whose wish is among them has had its turn."""
    before = stored or Ledger()
    wished = {id_: some for id_, some in before.wishes.items() if id_ in groups}
    served = {id_: before.served.get(id_, week) for id_ in (*wished, group_id)}
    for in_week, names in taken.items():
        for id_, some in wished.items():
            if any(wish.name in names for wish in some):
                served[id_] = max(served[id_], in_week)
    return Ledger(wishes=wished | {group_id: wishes}, served=served)


def choose(ledger: Ledger, person: Person, taken: Collection[str], now: datetime) -> list[str]:
    """The names of what may be sent in this week of theirs, due already or not, beside what has `taken` a place in
    it: by its claim, then of the group that has waited longest, then what is due first."""
    week, chosen = week_of(person, now), list[str]()
    wanting = [
        (id_, wish)
        for id_, some in ledger.wishes.items()
        for wish in some
        if wish.name not in taken and max(wish.at, now) < wish.until and week_of(person, max(wish.at, now)) == week
    ]
    served = dict(ledger.served)
    while wanting and len(taken) + len(chosen) < DMS_A_WEEK:
        first = min(wanting, key=lambda one: (one[1].claim, served.get(one[0], ""), one[1].at, one[1].name))
        wanting.remove(first)
        served[first[0]] = week
        chosen.append(first[1].name)
    return chosen
