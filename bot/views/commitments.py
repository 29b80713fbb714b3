"""Commitments: adding one, saying how it goes, seeing all of a group's, joining in, offering help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial

from bot.domain.absence import present
from bot.domain.commitments import (
    Commitment,
    CommitmentWords,
    FirstStep,
    Progress,
    ProgressWords,
    State,
    collective,
    must_say,
)
from bot.domain.hours import to_local
from bot.domain.problems import Problem, ProblemCode, read_all
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tending import held_by_nobody
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.audience import who_is_everyone
from bot.views.blocks import Bold
from bot.views.dates import WEEKDAYS, say_day
from bot.views.paging import paged, turns, weight
from bot.views.words import called, cut, listed, listed_within, one_line

FORM = "commitment_form"
PROGRESS_FORM = "progress_form"
PROGRESS = "progress_open"
JOIN = "commitment_join"
HELP = "commitment_help"
STEP_BACK = "commitment_step_back"
EDIT = "commitment_edit"
TAKE_UP = "commitment_take_up"
PAGE = "commitments_page"
HISTORY = "commitment_history"
UNSAY = "progress_unsay"
SUGGEST = "commitment_suggest"
SUGGEST_FORM = "suggest_form"
CAPTURE_SKIP = "capture_skip"

WHAT = "what"
PART = "part"
STEP = "first_step"
WHEN = "when"
WITH_WHOM = "with_whom"
BENEFIT = "benefit"
STATE = "state"
NOTE = "note"
NOTICED = "noticed"

SAID_JOINED = "You tend this one too now. I tell its maker next, and ask you how it's going at each check-in."
SAID_SUGGESTED = "Suggested. I tell its maker next; the words are theirs to take or leave."
SAID_TAKEN = "Its words are changed. How they were stands in its history."
SAID_LEFT = "Left as it is."
SAID_HELP = "Thank you. I tell whoever needs it next, and your name stands beside it."
SAID_TAKEN_UP = "It's yours now. I'll ask you how it's going at each check-in."
SAID_STEPPED_BACK = "The others tend it from here."
SAID_SKIPPED = "That's fine. Nothing noted."

AS_BEFORE = "as_before"
_MOMENT = "%Y%m%d%H%M%S%f"
LONGEST = 500
MOST_OF_HISTORY = 40
PER_PAGE = 10
MOST_TENDERS = 8
"""Named on a card, so that a commitment which everybody tends does not fill it."""

STATE_WORDS = {
    State.MOVING: "moving",
    State.TENDING: "needs tending",
    State.STUCK: "stuck, want help",
    State.CHANGED: "changed",
    State.LET_GO: "let go",
    State.DONE: "done",
}

_OLD_CODES = {"needs tending": State.TENDING, "stuck, want help": State.STUCK, "let go": State.LET_GO}
"""How forms said these states that were drawn until November 2026; to be read for a year."""

_NOTE_LABEL = {
    State.STUCK: "What would help?",
    State.LET_GO: "What did you learn from it?",
    State.CHANGED: "What changed?",
}


def commitment_form(snapshot: GroupSnapshot, id: str, before: Commitment | None = None, typed: str = "") -> View:
    """`id` is chosen when the form opens, so that sending the form twice makes one commitment. `typed` came
    after the command.
    """
    step = before.first_step if before else FirstStep()
    first = [
        blocks.text_input(
            WHAT, "What will you do?", initial=before.what if before else cut(typed, LONGEST), most=LONGEST,
            lines=True, optional=False, hint="One line is fine.",
        ),
        blocks.text_input(STEP, "First step", initial=step.what, most=LONGEST),
        blocks.text_input(WHEN, "When and where", initial=step.when, most=LONGEST),
        blocks.text_input(WITH_WHOM, "With whom", initial=step.with_whom, most=LONGEST),
    ]  # fmt: skip
    more = [
        blocks.text_input(PART, "My part", initial=before.part if before else "", most=LONGEST),
        blocks.text_input(
            BENEFIT, "Whose life gets better", initial=before.benefit if before else "", most=LONGEST
        ),
    ]
    metadata = action_payload.write(ActionPayload(group=snapshot.group.id, subject=id))
    title, submit = ("Change its words", "Save") if before else ("What will you do?", "Add it")
    return blocks.form(
        FORM,
        title,
        submit,
        metadata,
        *first,
        *more,
        blocks.context("A commitment is seen by everyone in the group."),
        who_is_everyone(snapshot),
    )


def read_commitment(values: StateValues) -> CommitmentWords:
    """Raises Problem at each field that can't be used."""

    def words(field: str) -> Callable[[], str]:
        return lambda: blocks.typed_within(values, field, LONGEST)

    def first_step() -> FirstStep:
        return read_all(FirstStep, what=words(STEP), when=words(WHEN), with_whom=words(WITH_WHOM))

    return read_all(
        CommitmentWords,
        what=lambda: must_say(words(WHAT)()),
        part=words(PART),
        first_step=first_step,
        benefit=words(BENEFIT),
    )


def progress_form(
    snapshot: GroupSnapshot, commitment: Commitment, state: State | None = None, round: str = ""
) -> View:
    """How it is going, beginning at *as before*, or at `state` where that was pressed; nothing is saved yet. The
    end of a commitment is its maker's to say. `round`: of the check-in that it answers."""
    mine = snapshot.viewer == commitment.made_by
    choices = [blocks.option(f"As before: {STATE_WORDS[commitment.state]}", AS_BEFORE)]
    choices += [blocks.option(named(one), one) for one in State if one.open or mine]
    return blocks.form(
        PROGRESS_FORM,
        "How is it going?",
        "Save",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=commitment.id, round=round)),
        blocks.paragraph(one_line(commitment.what, 500)),
        blocks.asked(
            STATE,
            "It is",
            blocks.radio(STATE, choices, state if state and (state.open or mine) else AS_BEFORE),
            optional=False,
        ),
        blocks.text_input(
            NOTE, _NOTE_LABEL.get(state or commitment.state, "A line on it"), most=LONGEST, lines=True
        ),
        blocks.text_input(NOTICED, "What did people notice?", most=LONGEST, lines=True),
        who_is_everyone(snapshot),
    )


def read_progress(values: StateValues) -> ProgressWords:
    """*As before* is no state."""
    chosen = blocks.chosen(values, STATE)
    return read_all(
        ProgressWords,
        state=lambda: read_state(chosen),
        note=lambda: blocks.typed_within(values, NOTE, LONGEST),
        noticed=lambda: blocks.typed_within(values, NOTICED, LONGEST),
    )


def suggest_form(snapshot: GroupSnapshot, commitment: Commitment) -> View:
    """Other words for a commitment of somebody else's."""
    return blocks.form(
        SUGGEST_FORM,
        "Suggest other words",
        "Suggest",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=commitment.id)),
        blocks.text_input(
            WHAT, "How would you put it?", initial=commitment.what, most=LONGEST, lines=True, optional=False
        ),
        blocks.aside(f"{called(snapshot, commitment.made_by)} made it, and takes your words or leaves them."),
    )


def read_suggestion(values: StateValues) -> str:
    """Raises Problem where it says nothing."""
    return must_say(blocks.typed_within(values, WHAT, LONGEST))


def history(snapshot: GroupSnapshot, commitment: Commitment, now: datetime) -> View:
    """Everything that was said of a commitment, the newest first: who, and when."""
    zone, today = snapshot.group.zone, to_local(now, snapshot.group.zone).date()

    def on(moment: datetime) -> str:
        return say_day(to_local(moment, zone).date(), today)

    made = f"{on(commitment.made_at)}: {called(snapshot, commitment.made_by)} made it."
    lines: list[tuple[datetime, str, Progress | None]] = [(commitment.made_at, made, None)]
    for one in commitment.history[1:] if commitment.history else ():
        said = " ".join(word for word in (one.note, one.noticed and f"People noticed: {one.noticed}") if word)
        words = f"{on(one.at)}: {called(snapshot, one.by)}: {STATE_WORDS[one.state]}."
        lines.append((one.at, f"{words} {said}".strip(), one if said and one.by == snapshot.viewer else None))
    for was in commitment.rewordings:
        who = (
            f"{called(snapshot, was.by)} changed its words. They were"
            if was.by
            else "Words as they were on that day"
        )
        lines.append((was.at, f"{on(was.at)}: {who}: “{was.what}”", None))
    newest = sorted(lines, key=lambda line: line[0], reverse=True)[:MOST_OF_HISTORY]
    parts = [blocks.paragraph(Bold(one_line(commitment.what, 500)))]
    parts += [_told_of(snapshot, commitment, one_line(line, 1200), mine) for _, line, mine in newest]
    left = len(lines) - len(newest)
    if left:
        parts.append(blocks.context(f"And {left} older lines."))
    return blocks.sheet("Its history", *parts)


def _told_of(snapshot: GroupSnapshot, commitment: Commitment, line: str, mine: Progress | None) -> Block:
    """A line of its history; the viewer's own words can be pulled back, also from a digest."""
    if mine is None:
        return blocks.paragraph(line)
    at = f"{mine.at.astimezone(UTC):{_MOMENT}}"
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=f"{commitment.id}.{at}"))
    return blocks.line(line, blocks.button("Pull it back", f"{UNSAY}:{at}", value))


def said_at(subject: str) -> tuple[str, datetime]:
    """The commitment, and when the words were said. Raises Problem for what is no moment."""
    id_, _, at = subject.rpartition(".")
    try:
        return id_, datetime.strptime(at, _MOMENT).replace(tzinfo=UTC)
    except ValueError as error:
        raise Problem(ProblemCode.OLD_BUTTON) from error


def named(state: State) -> str:
    """Where it stands, as a choice or the beginning of a line: “Needs tending”."""
    return STATE_WORDS[state].capitalize()


def read_state(chosen: str) -> State | None:
    """The state that a form or a tap holds; None for anything else. Taps drawn until November 2026 hold it in
    capitals."""
    code = _OLD_CODES.get(chosen, chosen.lower())
    return State(code) if code in list(State) else None


def sheet(
    snapshot: GroupSnapshot, commitments: list[Commitment], person_id: str, now: datetime, page: int = 0
) -> View:
    """All of a group's commitments: mine first, then open ones, then what was done or let go; in pages."""
    ordered = sorted(commitments, key=lambda c: (person_id not in c.tenders, not c.state.open, c.made_at))
    pages = paged(ordered, _weight, PER_PAGE)
    page = max(0, min(page, len(pages) - 1))
    parts = [blocks.row(menu.commit_button(snapshot.group.id))]
    if not ordered:
        parts.insert(0, blocks.section("Nothing here yet. Anything you said you'd do? One line is fine."))
    for commitment in pages[page]:
        parts += card(snapshot, commitment, person_id, now)
    here = ActionPayload(group=snapshot.group.id, page=page)
    return blocks.sheet("Commitments", *parts, *turns(PAGE, here, len(pages)))


def card(snapshot: GroupSnapshot, commitment: Commitment, person_id: str, now: datetime) -> list[Block]:
    """One commitment: its words, where it stands, who tends it, and what the viewer can do with it."""
    c = commitment
    told = [_standing(snapshot, c, now), *(one_line(line, 1600) for line in _details(snapshot, c))]
    words = blocks.paragraph(Bold(one_line(c.what, 500)), *(f"\n{line}" for line in told))
    return [blocks.divider(), words, blocks.row(*_card_buttons(snapshot, c, person_id))]


def capture(snapshot: GroupSnapshot, met_on: date) -> Message:
    """The working day after a meeting, in the channel: nobody is asked by name."""
    words = f"Anything you said you'd do on {WEEKDAYS[met_on.weekday()]}? One line is fine."
    group = snapshot.group.id
    return blocks.message(
        words,
        blocks.section(words),
        blocks.row(
            blocks.button(
                "Add a line", menu.COMMIT, action_payload.write(ActionPayload(group=group)), style="primary"
            ),
            blocks.button("Skip", CAPTURE_SKIP, action_payload.write(ActionPayload(group=group))),
            menu.more_button(group),
        ),
    )


def added(snapshot: GroupSnapshot, commitment: Commitment) -> View:
    return blocks.sheet(
        "Added",
        blocks.paragraph(
            Bold(one_line(commitment.what, 500)), "\nSaved. I'll ask how it's going at each check-in."
        ),
        blocks.row(menu.commit_button(snapshot.group.id), menu.commitments_button(snapshot.group.id)),
    )


def _weight(c: Commitment) -> int:
    """Of its words as the card shows them, roughly."""
    step, last = c.first_step, c.history[-1:]
    told = [c.what, c.part, step.what, step.when, step.with_whom, c.benefit]
    return weight(*told, *(word for p in last for word in (p.note, p.noticed)))


def _standing(snapshot: GroupSnapshot, c: Commitment, now: datetime) -> str:
    together = " together" if collective(c, snapshot.organisation_of()) else ""
    here = present(snapshot.leaders)
    tended = tenders_line(partial(called, snapshot), [id_ for id_ in c.tenders if id_ in here])
    last = c.history[-1].at if c.history else c.made_at
    zone = snapshot.group.zone
    day = say_day(to_local(last, zone).date(), to_local(now, zone).date())
    unheld = f" {called(snapshot, c.made_by)}, who made it, has left." if held_by_nobody(c, here) else ""
    return f"{named(c.state)}, since {day}.{unheld}" + (
        f" Tended{together} by {tended}." if tended else " Held by nobody."
    )


def tenders_line(name: Callable[[str], str], tenders: Sequence[str]) -> str:
    """Who tends it, by name; of many, the first."""
    names = [one_line(name(id_), 165) for id_ in tenders[:MOST_TENDERS]]
    left = len(tenders) - len(names)
    return listed([*names, f"{left} more"] if left else names)


def _details(snapshot: GroupSnapshot, c: Commitment) -> list[str]:
    company = f"with {c.first_step.with_whom}" if c.first_step.with_whom else ""
    step = ", ".join(part for part in (c.first_step.what, c.first_step.when, company) if part)
    noticed = next((p.noticed for p in reversed(c.history) if p.noticed), "")
    note = next((p.note for p in reversed(c.history) if p.note), "")
    told = {"My part": c.part, "First step": step, "For": c.benefit, "Last said": note, "People noticed": noticed}
    lines = [f"{label}: {text}" for label, text in told.items() if text]
    return [*lines, helpers_line(snapshot, c)] if c.helpers else lines


def helpers_line(snapshot: GroupSnapshot, c: Commitment) -> str:
    """Who said they can help, by name: they chose to be seen."""
    return f"{listed_within([called(snapshot, id_) for id_ in c.helpers], 300)} can help." if c.helpers else ""


def _card_buttons(snapshot: GroupSnapshot, c: Commitment, person_id: str) -> list[Button]:
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=c.id))
    unheld = held_by_nobody(c, present(snapshot.leaders))
    take_up = [blocks.button("Take it up", f"{TAKE_UP}:{c.id}", value)] if unheld else []
    if person_id in c.tenders:
        buttons = [*take_up, blocks.button("Say how it's going", f"{PROGRESS}:{c.id}", value)]
        if person_id == c.made_by:
            buttons.append(blocks.button("Change its words", f"{EDIT}:{c.id}", value))
        else:
            buttons.append(blocks.button("Suggest other words", f"{SUGGEST}:{c.id}", value))
            buttons.append(blocks.button("Step back", f"{STEP_BACK}:{c.id}", value))
    else:
        buttons = [*take_up, blocks.button("Join in", f"{JOIN}:{c.id}", value)]
        buttons.append(blocks.button("I can help", f"{HELP}:{c.id}", value))
    return [*buttons, blocks.button("History", f"{HISTORY}:{c.id}", value)]
