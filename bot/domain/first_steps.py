"""First steps: the day that was picked for one, and what is asked the morning after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.domain.as_read import must_be_as_read
from bot.domain.checkins import hour_kept
from bot.domain.commitments import Commitment, FirstStep, Progress, only_maker, reword
from bot.domain.hours import from_local, hours_known, must_be_future
from bot.domain.matters import Matter, MatterCode
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot

DAY = "first_day"
"""The forms' field."""

ASKED_FOR = timedelta(weeks=1)
"""How long its maker may be asked how it went: after that it would only say how late it is."""


def check_day(day: date | None, before: date | None, today: date) -> None:
    """Raises Problem for a new day that is over, or too far away; a day that stood already may be over."""
    if day and day != before:
        must_be_future(day, today, DAY, today_counts=True)


def awaited(commitment: Commitment, day: date | None = None) -> bool:
    """Whether its step has a day, that one where it is given, and nobody has said yet that it happened."""
    step = commitment.first_step
    return commitment.state.open and step.day is not None and not step.happened_at and day in (None, step.day)


def picked_by(commitment: Commitment) -> str:
    """Who picked the day that its step has: whoever took it up since did not. Empty where nobody noted who."""
    day = commitment.first_step.day
    for before in reversed(commitment.rewordings):
        if before.first_step.day != day:
            return before.by
    return commitment.taken_up[0].of if commitment.taken_up else commitment.made_by


def step_in_words(commitment: Commitment) -> str:
    """What is to happen on its day: its first step, or where that has no words all of it."""
    return commitment.first_step.what or commitment.what


def happened(commitment: Commitment, *, by: str, day: date, now: datetime, read: str = "") -> Commitment:
    """Its maker says so, of the step that had that day, in the words that they `read`. Said twice, it is said once.
    Raises Problem where the step has another day, or other words, by now, or it has ended."""
    only_maker(commitment, by)
    step = commitment.first_step
    if step.day == day and step.happened_at:
        return commitment
    _still_awaited(commitment, day)
    must_be_as_read(read, step_in_words(commitment))
    line = Progress(at=now, by=by, state=commitment.state, step=step_in_words(commitment))
    return replace(commitment, first_step=replace(step, happened_at=now), history=(*commitment.history, line))


def another_day(
    commitment: Commitment, *, by: str, was: date, day: date, why: str, now: datetime, today: date
) -> Commitment:
    """Its maker changed their mind, which is recorded as learning. Sent twice, it is changed once. Raises Problem
    for a day that is over, and where the step has another day by now."""
    only_maker(commitment, by)
    if commitment.first_step.day == day != was:
        return commitment
    _still_awaited(commitment, was)
    must_be_future(day, today, DAY, today_counts=True)
    return _with_step(commitment, replace(commitment.first_step, day=day, when=""), why, now)


def plan_next(commitment: Commitment, *, day: date | None, why: str, now: datetime, today: date) -> Commitment:
    """The day of the next step: of the one that stands, or of one after it where that has happened. None is as
    before. Raises Problem for a day that is over."""
    step = commitment.first_step
    if day is None or (day == step.day and not step.happened_at):
        return commitment
    must_be_future(day, today, DAY, today_counts=True)
    return _with_step(
        commitment, FirstStep(day=day) if step.happened_at else replace(step, day=day, when=""), why, now
    )


def step_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:
    """Its maker is asked how it went, from the morning after on; where we know when it is morning there; but not
    whoever took it up since. Of makers whose names are not loaded nothing is asked: an answer loads the name of
    who gives it alone."""
    here = snapshot.active().keys() & snapshot.people.keys()
    for commitment in snapshot.commitments.values():
        day = commitment.first_step.day
        if day and awaited(commitment) and commitment.made_by in here:
            person = snapshot.people[commitment.made_by]
            if not hours_known(person.zone, person.nation, now):
                continue
            hour = hour_kept(person.hour, snapshot.group.rhythm)
            morning = from_local(day + timedelta(days=1), hour, person.zone)
            if commitment.taken_up and commitment.taken_up[-1].at >= morning:
                continue
            yield Matter(
                code=MatterCode.FIRST_STEP,
                person_id=person.id,
                subject=f"{commitment.id}.{day:%Y%m%d}",
                since=morning,
                until=morning + ASKED_FOR,
            )


def _still_awaited(commitment: Commitment, day: date) -> None:
    if not awaited(commitment, day):
        raise Problem(ProblemCode.STEP_GONE)


def _with_step(commitment: Commitment, step: FirstStep, why: str, now: datetime) -> Commitment:
    return reword(
        commitment,
        by=commitment.made_by,
        what=commitment.what,
        part=commitment.part,
        first_step=step,
        benefit=commitment.benefit,
        now=now,
        why=why,
    )
