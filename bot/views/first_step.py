"""First steps: their words and their day, what is asked the morning after, and picking another day."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.domain.commitments import Commitment, FirstStep
from bot.domain.first_steps import DAY, awaited, picked_by, step_in_words
from bot.domain.matters import Matter
from bot.domain.problems import Problem, ProblemCode, read_all
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.dates import read_day, say_day, say_whole_day
from bot.views.words import one_line, quote

HAPPENED = "step_happened"
ANOTHER_DAY = "step_another_day"
ANOTHER_DAY_FORM = "step_day_form"

WHY = "why"
LONGEST = 500
KEPT_FOR_GOOD = "What we learn is kept as long as the group."
"""Where it is written: other words go after twelve months."""
QUOTED = 160

SAID_HAPPENED = "Noted, and in its history."


class AnotherDay(msgspec.Struct, frozen=True, kw_only=True):
    day: date
    why: str


def said_another_day(day: date) -> str:
    """To whoever picked it, in place of the question; the date, as it may be read on that weekday."""
    return f"The day is {say_whole_day(day, day)} now. I'll ask you on the morning after it."


def day_input(step: FirstStep, label: str) -> Block:
    """Empty where it has none, or where its step has happened."""
    initial = step.day.isoformat() if step.day and not step.happened_at else None
    return inputs.date_input(DAY, label, initial=initial, optional=True)


def why_input() -> Block:
    """Words written there count as learning and are kept longer than others, and the hint says so."""
    return inputs.text_input(WHY, "What changed?", most=LONGEST, lines=True, hint=KEPT_FOR_GOOD)


def read_picked(values: StateValues) -> date | None:
    """None where no day was picked, or the form had none to pick. Raises Problem at the field."""
    picked = inputs.chosen(values, DAY)
    return read_day(picked, DAY) if picked else None


def step_words(step: FirstStep, today: date) -> str:
    """“Ring the housing lead, Friday, with Amir”; empty where nothing is known of it."""
    day = say_day(step.day, today) if step.day else ""
    company = f"with {step.with_whom}" if step.with_whom else ""
    words = ", ".join(part for part in (step.what, day, step.when, company) if part)
    return f"{words}. It happened." if words and step.happened_at else words


def step_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To its maker, the morning after or with a check-in of the week after; so the day has its date, as *Friday*
    may be read on a Friday. Never that it is late. `matter` is of a commitment in the snapshot."""
    commitment = snapshot.commitments[matter.subject.split(".")[0]]
    day, what = commitment.first_step.day, step_in_words(commitment)
    picked = say_whole_day(day, day) if day else "a day"
    # whoever has taken it up since did not pick that day
    if picked_by(commitment) != matter.person_id:
        return f"The day for {quote(what, QUOTED)} was {picked}. How did it go?"
    return f"You picked {picked} for {quote(what, QUOTED)}. How did it go?"


def subject_of(subject: str) -> tuple[str, date]:
    """A commitment's id, and the day that was picked for its step. Raises Problem."""
    id_, _, day = subject.partition(".")
    try:
        return id_, date.fromisoformat(day)
    except ValueError:
        raise Problem(ProblemCode.OLD_BUTTON) from None


def another_day_form(snapshot: GroupSnapshot, commitment: Commitment, aimed: ActionPayload) -> View:
    """`aimed`: at the matter that it answers, and the check-in that this rode on. Raises Problem where there is no
    day to change any more."""
    if not awaited(commitment, subject_of(aimed.subject)[1]):
        raise Problem(ProblemCode.STEP_GONE)
    target = ActionPayload(group=snapshot.group.id, round=aimed.round, subject=aimed.subject)
    return blocks.form(
        ANOTHER_DAY_FORM,
        "Another day",
        "Save",
        action_payload.write(target),
        blocks.paragraph(one_line(step_in_words(commitment), LONGEST)),
        inputs.date_input(DAY, "Which day?"),
        why_input(),
        blocks.context("What changed stands in its history, for everyone in the group: we learn from it."),
    )


def read_another_day(values: StateValues) -> AnotherDay:
    """Raises Problem at each field that can't be used."""
    return read_all(
        AnotherDay,
        day=lambda: read_day(inputs.chosen(values, DAY), DAY),
        why=lambda: inputs.typed_within(values, WHY, LONGEST),
    )
