"""What follows from a group's introductions: how the two hear, and what wants their attention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.introductions import Introduction, Way, back_at, first_allowed, talked
from bot.domain.matters import Matter, MatterCode
from bot.domain.people import Person
from bot.domain.snapshot import GroupSnapshot
from bot.domain.twenty_minutes import half_day

ASKED_AFTER = timedelta(days=10)
"""When each of the two is asked whether they got to talk."""

ASKED_FOR = timedelta(days=30)
"""For how long that may be put to them."""


def pair(snapshot: GroupSnapshot, one: Introduction) -> tuple[Person, Person] | None:
    """The two, in the order of the introduction; None where one of them is not in the group any more."""
    first, second = one.people
    return (snapshot.people[first], snapshot.people[second]) if both_here(snapshot, one) else None


def both_here(snapshot: GroupSnapshot, one: Introduction) -> bool:
    """Whether both are in the group still; also where their names are not loaded, as when one of them answers."""
    return all(id_ in snapshot.active() for id_ in one.people)


def together_at(snapshot: GroupSnapshot, one: Introduction, not_before: datetime) -> datetime | None:
    """When the two may be written to at once: both are back and inside their hours. None where they share no
    hours, or one of them is gone."""
    people = pair(snapshot, one)
    if people is None:
        return None
    leaders = [snapshot.leaders[id_] for id_ in one.people]
    return first_allowed(people, snapshot.group.rhythm, back_at(people, leaders, not_before))


def apart(snapshot: GroupSnapshot, one: Introduction) -> bool:
    """Whether each is to hear by a DM of their own: Slack refused, or they share no hours, or one has gone before
    the other was written to."""
    if one.way is Way.ASKED:
        return together_at(snapshot, one, one.at) is None
    return one.way in (Way.APART, Way.UNSURE)


def talk_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001 (every sort's shape)
    """Ten days after they were introduced each is asked whether they talked, until one of them says so."""
    for one in snapshot.introductions.values():
        if one.made_at is None or talked(one) or not both_here(snapshot, one):
            continue
        since = one.made_at + ASKED_AFTER
        for id_ in one.people:
            if id_ not in one.answers:
                yield Matter(
                    code=MatterCode.TALK, person_id=id_, subject=one.id, since=since, until=since + ASKED_FOR
                )


def tick_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001 (every sort's shape)
    """Whoever has not ticked is asked which half-days they could, once the other has."""
    for one in snapshot.introductions.values():
        if not both_here(snapshot, one):
            continue
        for by, ticked in one.ticks.items():
            days = [half.day for code in ticked.half_days if (half := half_day(code))]
            until = ticked.at + timedelta(days=max((max(days) - ticked.at.date()).days, 0)) if days else ticked.at
            yield Matter(
                code=MatterCode.TWENTY,
                person_id=one.other(by),
                subject=_round_of_ticks(one),
                since=ticked.at,
                until=until,
            )


def about(one: Introduction) -> tuple[str, ...]:
    """The ids of all that either of the two may still be asked about it."""
    return f"{MatterCode.TALK}.{one.id}", f"{MatterCode.TWENTY}.{_round_of_ticks(one)}"


def _round_of_ticks(one: Introduction) -> str:
    return f"{one.id}.{len(one.outcomes)}"


def names(snapshot: GroupSnapshot, subject: str) -> tuple[str, ...]:
    """Whom a matter names."""
    known = snapshot.introductions
    one = known.get(subject) or known.get(subject.rpartition(".")[0])  # its id, perhaps with an outcome's number
    return one.people if one else ()
