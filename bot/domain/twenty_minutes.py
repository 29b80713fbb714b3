"""*Find us twenty minutes*: each of two ticks half-days alone, and the first that both have is theirs.

A half-day is a morning or an afternoon on the clock of whoever ticks it; two have one in common where at least
twenty minutes of both fall together. Nothing of a diary is read, and ticks are gone once both have ticked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.hours import from_local, to_local
from bot.domain.introductions import Introduction, Outcome, Ticked, first_allowed, only_theirs
from bot.domain.nations import working_day
from bot.domain.people import Person
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rhythm import Rhythm

DAYS_OFFERED = 10
"""Working days of both that are offered, from tomorrow on."""

TWENTY = timedelta(minutes=20)

NOTICE = timedelta(hours=1)
"""Between when both can be told of their twenty minutes and when they begin."""

MOST_DAYS_AHEAD = 60
"""In which ten working days of both are looked for."""


class Part(StrEnum):
    """The value is stored."""

    MORNING = "am"
    AFTERNOON = "pm"


CLOCK: Mapping[Part, tuple[str, str]] = {Part.MORNING: ("09:00", "12:00"), Part.AFTERNOON: ("13:00", "17:00")}


class HalfDay(msgspec.Struct, frozen=True, order=True):
    """`2026-11-30.am`, on the clock of whoever ticks it."""

    day: date
    part: Part

    @property
    def code(self) -> str:
        """As it is stored, and as a tick box says it."""
        return f"{self.day}.{self.part}"


def half_day(code: str) -> HalfDay | None:
    """None for what is no half-day's code."""
    day, _, part = code.partition(".")
    try:
        return HalfDay(date.fromisoformat(day), Part(part))
    except ValueError:
        return None


def offered_days(people: Sequence[Person], now: datetime) -> list[date]:
    """The next ten days that all of them work, from the day after today wherever it is latest."""
    today = max(to_local(now, person.zone).date() for person in people)
    ahead = (today + timedelta(days=after) for after in range(1, MOST_DAYS_AHEAD))
    return [day for day in ahead if all(working_day(day, person.nation) for person in people)][:DAYS_OFFERED]


def span(half: HalfDay, person: Person, rhythm: Rhythm) -> tuple[datetime, datetime]:
    """From when to when it is (UTC), inside the hours that the group keeps; the end is not after the start where
    it lies outside them."""
    begins, ends = CLOCK[half.part]
    start = from_local(half.day, max(begins, rhythm.hours_from), person.zone)
    return start, from_local(half.day, min(ends, rhythm.hours_to), person.zone)


def offered(person: Person, other: Person, rhythm: Rhythm, now: datetime) -> list[HalfDay]:
    """The half-days somebody can tick: those in which the other has one that falls together with it."""
    days = offered_days([person, other], now)
    every = [HalfDay(day, part) for day in days for part in Part]
    theirs = [span(one, other, rhythm) for one in every]
    return [one for one in every if any(_begins(span(one, person, rhythm), each, now) for each in theirs)]


def tick(
    stored: Introduction, by: str, codes: Iterable[str], people: Mapping[str, Person], rhythm: Rhythm, now: datetime
) -> Introduction:
    """The second of the two to tick brings an outcome, and then no ticks are kept. Raises Problem where nothing is
    ticked, or nothing that is still to come, in a form that was open for days; and for anybody else."""
    only_theirs(stored, by)
    ticked = [one for code in codes if (one := half_day(code))]
    if not ticked:
        raise Problem(ProblemCode.NOTHING_TICKED)
    chosen = tuple(sorted(one.code for one in ticked if span(one, people[by], rhythm)[0] > now))
    if not chosen:
        raise Problem(ProblemCode.TICKS_PASSED)
    ticks = stored.ticks | {by: Ticked(half_days=chosen, at=now)}
    if stored.other(by) not in ticks:
        return replace(stored, ticks=ticks)
    told_at = first_allowed([people[id_] for id_ in stored.people], rhythm, now) or now
    spans = [
        [span(one, people[id_], rhythm) for code in ticks[id_].half_days if (one := half_day(code))]
        for id_ in stored.people
    ]
    found = [begins for one in spans[0] for other in spans[1] if (begins := _begins(one, other, told_at + NOTICE))]
    outcome = Outcome(at=now, starts_at=min(found, default=None))
    return replace(stored, ticks={}, outcomes=(*stored.outcomes, outcome))


def outcome_told(
    stored: Introduction, number: int, person_id: str, now: datetime, ref: MessageRef | None = None
) -> Introduction:
    """`person_id` is empty where it stands in the conversation of the two, at `ref`."""
    return _outcome(
        stored, number, lambda one: replace(one, told={person_id: now} | one.told, message=ref or one.message)
    )


def outcome_apart(stored: Introduction, number: int) -> Introduction:
    """Slack won't have it in the conversation of the two, so each hears by a DM of their own."""
    return _outcome(stored, number, lambda one: replace(one, apart=True))


def without_old_ticks(stored: Introduction, now: datetime) -> Introduction:
    """Half-days that have passed are nobody's business any more."""
    left = {
        id_: one
        for id_, one in stored.ticks.items()
        if any((half := half_day(code)) and half.day >= now.date() for code in one.half_days)
    }
    return stored if left == stored.ticks else replace(stored, ticks=left)


def _outcome(stored: Introduction, number: int, change: Callable[[Outcome], Outcome]) -> Introduction:
    changed = [change(one) if at == number else one for at, one in enumerate(stored.outcomes)]
    return replace(stored, outcomes=tuple(changed))


def _begins(one: tuple[datetime, datetime], other: tuple[datetime, datetime], now: datetime) -> datetime | None:
    """When the twenty minutes may begin that two spans have in common."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return start if start > now and end - start >= TWENTY else None
