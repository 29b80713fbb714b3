"""Introductions: two who wish to talk are put together, in one conversation of theirs with us or by a DM to each.

The sequence: somebody's press asks for it (`asked`); a conversation of the three is opened and a message posted in
it (`together`). Where Slack refuses that, or can't say whether it arrived, each of the two hears by a DM of their
own how to reach the other (`apart`, `unsure`). Those two ways are never gone both, as far as can be known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.checkins import back_on
from bot.domain.groups import MessageRef
from bot.domain.hours import from_local, hours_known, next_allowed
from bot.domain.people import Leader, Person
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rhythm import Rhythm

SEARCHED = timedelta(days=14)
"""How far ahead hours are looked for that both keep: after so long there are none."""

TRIED = timedelta(days=2)
"""How long a conversation of the three is tried, where Slack gives no reason for good."""

SHOWN_FROM = 3
"""How many talks there must be before the group is told how many."""


class Why(StrEnum):
    """What they are introduced for; `subject` is then that record's id. The value is stored."""

    HELP = "help"
    ASK = "ask"
    OFFER = "offer"


class Way(StrEnum):
    """How far it is. The value is stored."""

    ASKED = "asked"
    TOGETHER = "together"
    APART = "apart"
    UNSURE = "unsure"
    """Apart, since nobody can tell whether the message to both arrived."""


class Talk(StrEnum):
    """What somebody says of it, ten days later. The value is stored."""

    WE_DID = "we_did"
    NOT_YET = "not_yet"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    talk: Talk
    at: datetime


class Ticked(msgspec.Struct, frozen=True, kw_only=True):
    """Half-days somebody could, as `2026-11-30.am`, in their own zone. Shown to nobody else."""

    half_days: tuple[str, ...]
    at: datetime


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of both having ticked: when their twenty minutes begin, or None where they had no half-day in
    common. `told`: by person id, or under "" where it stands in their conversation, as `message`; `apart`, that
    Slack would not have it there."""

    at: datetime
    starts_at: datetime | None = None
    apart: bool = False
    told: dict[str, datetime] = {}
    message: MessageRef | None = None


class Introduction(msgspec.Struct, frozen=True, kw_only=True):
    """`asked_by` and `to` are its two people. `way_at`: since when its way is what it is. `opened`: the
    message to both, where there is one. `told`: who heard by a DM of their own, and when.
    """

    id: str
    asked_by: str
    to: str
    why: Why
    subject: str
    at: datetime
    way: Way = Way.ASKED
    way_at: datetime | None = None
    opened: MessageRef | None = None
    told: dict[str, datetime] = {}
    ticks: dict[str, Ticked] = {}
    outcomes: tuple[Outcome, ...] = ()
    answers: dict[str, Answer] = {}

    @property
    def people(self) -> tuple[str, str]:
        """Whoever asked first."""
        return self.asked_by, self.to

    def other(self, person_id: str) -> str:
        """Of one of the two, the other."""
        return self.to if person_id == self.asked_by else self.asked_by

    @property
    def messages(self) -> list[MessageRef]:
        """Ours in the conversation of the two."""
        return [ref for ref in (self.opened, *(one.message for one in self.outcomes)) if ref]

    @property
    def made_at(self) -> datetime | None:
        """When both could know how to reach each other; None as long as one of them can't."""
        if self.way is Way.TOGETHER:
            return self.way_at
        return max(self.told.values()) if set(self.people) <= set(self.told) else None


def introduction_id(why: Why, subject: str, one: str, other: str) -> str:
    """Two are introduced once for the same thing, whoever of them asks and however often."""
    first, second = sorted((one, other))
    return f"{why}.{subject}.{first}.{second}"


def introduce(
    stored: Introduction | None, *, why: Why, subject: str, by: str, to: str, now: datetime
) -> Introduction:
    """A new one; the one there is where it was asked for before. Raises Problem for somebody with themselves."""
    if by == to:
        raise Problem(ProblemCode.INTRODUCTION_GONE)
    id_ = introduction_id(why, subject, by, to)
    return stored or Introduction(id=id_, asked_by=by, to=to, why=why, subject=subject, at=now)


def opened(stored: Introduction, ref: MessageRef, now: datetime) -> Introduction:
    """The message to both is in Slack at `ref`. Said again for the same message, nothing changes."""
    return stored if stored.opened == ref else replace(stored, way=Way.TOGETHER, way_at=now, opened=ref)


def refused(stored: Introduction, now: datetime, *, sure: bool) -> Introduction:
    """Slack won't have it; `sure`: then it is surely not there."""
    if stored.way is not Way.ASKED:
        return stored
    return replace(stored, way=Way.APART if sure else Way.UNSURE, way_at=now)


def told(stored: Introduction, person_id: str, now: datetime) -> Introduction:
    """That one has heard by a DM of their own. The first moment stands."""
    return replace(stored, told={person_id: now} | stored.told)


def first_allowed(people: Sequence[Person], rhythm: Rhythm, moment: datetime) -> datetime | None:
    """The first moment from `moment` on that is inside the hours of all of them; None where they share none, or
    those of one are not known to us."""
    if not all(hours_known(person.zone, person.nation, moment) for person in people):
        return None
    last = moment + SEARCHED
    while moment < last:
        later = moment
        for person in people:
            later = next_allowed(later, person.zone, person.nation, rhythm.hours_from, rhythm.hours_to)
        # nobody moved it, so it suits all
        if later == moment:
            return moment
        moment = later
    return None


def back_at(people: Iterable[Person], leaders: Iterable[Leader], at: datetime) -> datetime:
    """`at`, or when the last of them who is away is back."""
    returns = [
        from_local(day, person.hour, person.zone)
        for person, leader in zip(people, leaders, strict=True)
        # the first day there is stands for who is not away
        if (day := back_on(person, leader)).year > 1
    ]
    return max([at, *returns])


def last_moved(stored: Introduction) -> datetime:
    """When something last happened with it, from which its twelve months count."""
    moments = [stored.at, *stored.told.values(), *(one.at for one in stored.answers.values())]
    moments += [one.starts_at or one.at for one in stored.outcomes]
    return max(stored.way_at or stored.at, *moments)


def answer(stored: Introduction, by: str, talk: Talk, now: datetime) -> Introduction:
    """Whether they got to talk, by one of the two. *We did* stands, whatever is said after it."""
    only_theirs(stored, by)
    before = stored.answers.get(by)
    if before and before.talk is Talk.WE_DID:
        return stored
    return replace(stored, answers=stored.answers | {by: Answer(talk=talk, at=now)})


def talked(stored: Introduction) -> bool:
    """One of the two says so; then nobody is asked any more."""
    return any(one.talk is Talk.WE_DID for one in stored.answers.values())


def talks(introductions: Iterable[Introduction]) -> int:
    """How many introductions led to a talk, as the group may know it: 0 while there are fewer than three."""
    number = sum(map(talked, introductions))
    return number if number >= SHOWN_FROM else 0


def only_theirs(stored: Introduction, person_id: str) -> None:
    """Raises Problem for whoever is not one of the two."""
    if person_id not in stored.people:
        raise Problem(ProblemCode.NOT_YOURS)
