"""What each answers alone until a day: questions to all and reviews. They move and close by one calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from bot.domain.groups import Group, ended, paused
from bot.domain.inquiry import Inquiry
from bot.domain.occasion import before_end, next_occasion
from bot.domain.people import Leader, Person
from bot.domain.put_to_all import rests_until
from bot.domain.review import Review
from bot.domain.rounds import NOTICE, Round

Open = TypeVar("Open", Inquiry, Review)

UNDER_WAY = timedelta(seconds=30)
"""Whoever pressed in time may be saving for so long after answers close; only then are they read."""


def followed(one: Open, group: Group, rounds: Iterable[Round], now: datetime) -> Open:
    """One whose day is the brief's: as the meetings now are. It never comes to close within four hours by that, and
    one that has closed stays closed. A day that somebody chose stays; but where the group ends before, each closes
    on its last day, since what is answered then would be seen by nobody. One whose day comes in a pause waits."""
    until = waits_until(one, group, now)
    if until and until != one.waits_until:
        return replace(one, waits_until=until, changes=one.changes + 1)
    if not (one.open(now) and one.closes_at):
        return one
    closes_at, name = one.closes_at, one.round
    if name:  # it closes with a meeting's brief: that of its own, or of the next where its own will not be
        known = list(rounds)
        coming = next_occasion(group, known, now)
        later = next_occasion(group, known, coming.meeting_at + timedelta(minutes=1)) if coming else None
        if found := next((one for one in (coming, later) if one and one.name >= name), None):
            closes_at, name = max(found.at, min(closes_at, now + NOTICE)), found.name
    closes_at = max(before_end(group, closes_at), min(closes_at, now + NOTICE))
    if (closes_at, name) == (one.closes_at, one.round):
        return one
    return replace(one, closes_at=closes_at, round=name, changes=one.changes + 1)


def waits_until(one: Inquiry | Review, group: Group, now: datetime) -> date | None:
    """The day until which one waits that has had its own, as the group is paused: it is shown as the group goes on
    then, and deleted where that ends then. Until that its author can take out what nobody has seen. None for any
    other."""
    return rests_until(group, now) if one.under_way and not one.open(now) else None


def close_due(one: Inquiry | Review, group: Group, now: datetime) -> bool:
    """A group that is paused shows nothing; it does once it goes on. Its end comes all the same in a pause."""
    if not one.under_way:
        return False
    if ended(group, now):
        return True
    return not paused(group, now) and one.closes_at is not None and now >= one.closes_at + UNDER_WAY


def who_could(leaders: Mapping[str, Leader], people: Mapping[str, Person], today: date) -> set[str]:
    """Who is in the group, and not away or paused."""
    return {
        id_
        for id_, leader in leaders.items()
        if leader.active
        and (person := people.get(id_))
        and not any(until and until > today for until in (person.away_until, leader.paused_until))
    }
