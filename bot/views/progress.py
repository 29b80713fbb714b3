"""How a commitment is going: its form, and everything that was said of it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.commitments import Commitment, ProgressWords, State, must_say
from bot.domain.hours import to_local
from bot.domain.problems import read_all
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.views import action_payload, blocks
from bot.views.action_payload import ActionPayload
from bot.views.audience import who_is_everyone
from bot.views.blocks import Bold
from bot.views.commitments import LONGEST, STATE_WORDS, WHAT, named
from bot.views.dates import say_day
from bot.views.words import called, one_line

PROGRESS_FORM = "progress_form"
SUGGEST_FORM = "suggest_form"

STATE = "state"
NOTE = "note"
NOTICED = "noticed"

AS_BEFORE = "as_before"
MOST_OF_HISTORY = 40

_OLD_CODES = {"needs tending": State.TENDING, "stuck, want help": State.STUCK, "let go": State.LET_GO}
"""How forms said these states that were drawn until November 2026; to be read for a year."""

_NOTE_LABEL = {
    State.STUCK: "What would help?",
    State.LET_GO: "What did you learn from it?",
    State.CHANGED: "What changed?",
}


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

    lines = [(commitment.made_at, f"{on(commitment.made_at)}: {called(snapshot, commitment.made_by)} made it.")]
    for one in commitment.history[1:] if commitment.history else ():
        said = " ".join(word for word in (one.note, one.noticed and f"People noticed: {one.noticed}") if word)
        words = f"{on(one.at)}: {called(snapshot, one.by)}: {STATE_WORDS[one.state]}."
        lines.append((one.at, f"{words} {said}".strip()))
    for was in commitment.rewordings:
        who = (
            f"{called(snapshot, was.by)} changed its words. They were"
            if was.by
            else "Words as they were on that day"
        )
        lines.append((was.at, f"{on(was.at)}: {who}: “{was.what}”"))
    newest = sorted(lines, key=lambda line: line[0], reverse=True)[:MOST_OF_HISTORY]
    parts = [blocks.paragraph(Bold(one_line(commitment.what, 500)))]
    parts += [blocks.paragraph(one_line(line, 1200)) for _, line in newest]
    left = len(lines) - len(newest)
    if left:
        parts.append(blocks.context(f"And {left} older lines."))
    return blocks.sheet("Its history", *parts)


def read_state(chosen: str) -> State | None:
    """The state that a form or a tap holds; None for anything else. Taps drawn until November 2026 hold it in
    capitals."""
    code = _OLD_CODES.get(chosen, chosen.lower())
    return State(code) if code in list(State) else None
