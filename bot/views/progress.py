"""How a commitment is going: its form, and everything that was said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.domain import moments
from bot.domain.absence import present
from bot.domain.commitments import (
    Commitment,
    Progress,
    ProgressWords,
    Rewording,
    State,
    as_before,
    must_be_open,
    must_say,
)
from bot.domain.hours import to_local
from bot.domain.news import NewsCode
from bot.domain.problems import Problem, ProblemCode, read_all
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tending import hear_of_help, held_by_nobody, must_be_held
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.audience import who_is_everyone
from bot.views.blocks import Bold
from bot.views.commitments import LONGEST, STATE_WORDS, WHAT, named
from bot.views.dates import say_day
from bot.views.first_step import KEPT_FOR_GOOD, day_input, read_picked, step_words
from bot.views.leaders_menu import pass_on_inputs, read_pass_to
from bot.views.resting import how_it_goes
from bot.views.words import called, first_of, listed, one_line, quote, stopped

PROGRESS_FORM = "progress_form"
SUGGEST_FORM = "suggest_form"
UNSAY = "progress_unsay"

STATE = "state"
NOTE = "note"
NOTICED = "noticed"
CONSENT = "consent"
MAY_LEAD, MAY_SHOW = "may_lead", "may_show"

AS_BEFORE = "as_before"
MOST_OF_HISTORY = 40

_CAME = {NewsCode.JOINED: "joined in.", NewsCode.CAN_HELP: "offered to help."}

_OLD_CODES = {"needs tending": State.TENDING, "stuck, want help": State.STUCK, "let go": State.LET_GO}
"""How forms said these states that were drawn until November 2026; to be read for a year."""

_NOTE_LABEL = {
    State.STUCK: "What would help?",
    State.LET_GO: "What did we learn?",
    State.CHANGED: "What changed?",
}
_ANY_NOTE = "A line on it"
_LEARNT_HINT = f"If it changed: what did we learn? {KEPT_FOR_GOOD}"
"""For who can't let it go, which is its maker's."""
_ELSE_HINT = f"If it changed, or you let it go: what did we learn? {KEPT_FOR_GOOD}"
_IF_STUCK = "If it's stuck: what would help?"
"""The state can be chosen after the form opened, so that the line is asked for in words that fit all of them."""


def progress_form(
    snapshot: GroupSnapshot, commitment: Commitment, state: State | None = None, round: str = "", matter: str = ""
) -> View:
    """How it is going, beginning at *as before*, or at `state` where that was pressed; nothing is saved yet. The
    end of a commitment is its maker's to say, and so are the next step and passing it on. `round`: of the check-in
    that it answers; `matter`: the id of the one that it was opened on."""
    mine = snapshot.viewer == commitment.made_by
    pressed = state if state and (state.open or mine) else None
    ahead = mine and (state is None or state.open)
    next_step = [day_input(commitment.first_step, "The next step's day")] if ahead else []
    ways = [
        inputs.option("Open the digest, with my name and no other", MAY_LEAD),
        inputs.option("Stand under Who is already ahead, where others may ask to visit", MAY_SHOW),
    ]
    return blocks.form(
        PROGRESS_FORM,
        "How is it going?",
        "Save",
        action_payload.write(
            ActionPayload(group=snapshot.group.id, subject=commitment.id, round=round, state=matter)
        ),
        blocks.paragraph(one_line(commitment.what, 500)),
        *_how_it_goes(commitment, snapshot.viewer, pressed),
        inputs.text_input(NOTICED, "What did people notice?", most=LONGEST, lines=True),
        # nothing is ticked before whoever writes it does
        inputs.asked(CONSENT, "What they noticed may", inputs.checkboxes(CONSENT, ways, ())),
        *next_step,
        *(pass_on_inputs(snapshot, commitment) if ahead else []),
        who_is_everyone(snapshot),
    )


def _how_it_goes(commitment: Commitment, by: str, pressed: State | None) -> list[Block]:
    """Its state, and a line. Of what has ended only its maker says that it goes on; and nobody is stuck with it."""
    mine = by == commitment.made_by
    if not (mine or commitment.state.open):
        return [inputs.text_input(NOTE, _ANY_NOTE, most=LONGEST, lines=True)]
    choices = [inputs.option(f"As before: {STATE_WORDS[as_before(commitment, by)]}", AS_BEFORE)]
    # the end of it is its maker's to say
    choices += [inputs.option(named(one), one) for one in State if one.open or mine]
    radio = inputs.radio(STATE, choices, pressed or AS_BEFORE)
    return [
        inputs.asked(STATE, "It is", radio, optional=False),
        _note_input(commitment.state, pressed, mine=mine),
    ]


def _note_input(before: State, pressed: State | None, *, mine: bool) -> Block:
    state = pressed or before
    if state in _NOTE_LABEL and not mine:
        label = _NOTE_LABEL[state] if state.open else _ANY_NOTE
        return inputs.text_input(NOTE, label, most=LONGEST, lines=True, hint=_LEARNT_HINT)
    if state in _NOTE_LABEL:
        hint = KEPT_FOR_GOOD if pressed else _ELSE_HINT
        hint = "" if pressed is State.STUCK else hint
        return inputs.text_input(NOTE, _NOTE_LABEL[state], most=LONGEST, lines=True, hint=hint)
    hint = f"{_IF_STUCK} {_ELSE_HINT if mine else _LEARNT_HINT}"
    return inputs.text_input(NOTE, _ANY_NOTE, most=LONGEST, lines=True, hint=hint)


def read_progress(values: StateValues) -> ProgressWords:
    """*As before* is no state. Raises Problem at each field that can't be used."""
    chosen = inputs.chosen(values, STATE)
    return read_all(
        ProgressWords,
        state=lambda: read_state(chosen),
        note=lambda: inputs.typed_within(values, NOTE, LONGEST),
        noticed=lambda: inputs.typed_within(values, NOTICED, LONGEST),
        may_lead=lambda: MAY_LEAD in (inputs.chosen_several(values, CONSENT) or ()),
        may_show=lambda: MAY_SHOW in (inputs.chosen_several(values, CONSENT) or ()),
        day=lambda: read_picked(values),
        pass_to=lambda: read_pass_to(values),
    )


def suggest_form(snapshot: GroupSnapshot, commitment: Commitment) -> View:
    """Other words for a commitment of somebody else's. Raises Problem where it has ended, or nobody holds it."""
    must_be_open(commitment)
    must_be_held(commitment, present(snapshot.leaders))
    return blocks.form(
        SUGGEST_FORM,
        "Suggest other words",
        "Suggest",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=commitment.id)),
        inputs.text_input(
            WHAT, "How would you put it?", initial=commitment.what, most=LONGEST, lines=True, optional=False
        ),
        blocks.aside(f"{called(snapshot, commitment.made_by)} made it, and takes your words or leaves them."),
    )


def said_help(snapshot: GroupSnapshot, commitment: Commitment) -> str:
    """To whoever can help: who hears of it, and what it was about, since the message that asked is gone."""
    hear = [first_of(snapshot, id_) for id_ in hear_of_help(commitment, present(snapshot.leaders))]
    told = f"I tell {listed(hear)} next, and" if hear else "Nobody holds it now;"
    return stopped(f"Thank you. {told} your name stands beside {quote(commitment.what, 160)}")


def said_taken_up(snapshot: GroupSnapshot, now: datetime) -> str:
    """To who made it theirs."""
    return f"It's yours now. {how_it_goes(snapshot.group, now)}"


def said_joined(snapshot: GroupSnapshot, commitment: Commitment, now: datetime) -> str:
    """To who joined in; that its maker is told only where there is one in the group."""
    tells = "" if held_by_nobody(commitment, present(snapshot.leaders)) else " I tell its maker next."
    return f"You tend this one too now.{tells} {how_it_goes(snapshot.group, now)}"


def read_suggestion(values: StateValues) -> str:
    """Raises Problem where it says nothing."""
    return must_say(inputs.typed_within(values, WHAT, LONGEST))


def history(snapshot: GroupSnapshot, commitment: Commitment, now: datetime) -> View:
    """Everything that was said and done of a commitment, the newest first: who, and when. Neither whom it was put
    to, nor who passed."""
    zone, today = snapshot.group.zone, to_local(now, snapshot.group.zone).date()

    def on(moment: datetime) -> str:
        day = say_day(to_local(moment, zone).date(), today)
        return day[:1].upper() + day[1:]

    lines: list[tuple[datetime, str, Progress | None]] = []
    # the first line says that it was made, which is said below with what others did
    for one in commitment.history[1:]:
        mine = one if (one.note or one.noticed) and one.by == snapshot.viewer else None
        step = one.step and f"“{one.step}” happened."
        noticed = one.noticed and f"People noticed: {one.noticed}"
        said = " ".join(filter(None, (f"{STATE_WORDS[one.state]}.", step, one.note, noticed)))
        lines.append((one.at, f"{on(one.at)}: {called(snapshot, one.by)}: {said}", mine))
    for at, words in _who_tends_it(snapshot, commitment):
        lines.append((at, f"{on(at)}: {words}", None))
    after: list[Rewording | Commitment] = [*commitment.rewordings[1:], commitment]
    for was, then in zip(commitment.rewordings, after, strict=False):
        words = _changed(snapshot, was, then, to_local(was.at, zone).date())
        lines.append((was.at, f"{on(was.at)}: {words}", None))
    newest = sorted(lines, key=lambda line: line[0], reverse=True)[:MOST_OF_HISTORY]
    parts = [blocks.paragraph(Bold(one_line(commitment.what, 500)))]
    parts += [_told_of(snapshot, commitment, one_line(line, 1200), mine) for _, line, mine in newest]
    left = len(lines) - len(newest)
    if left:
        parts.append(blocks.context(f"And {left} older lines."))
    return blocks.sheet("Its history", *parts)


def _who_tends_it(snapshot: GroupSnapshot, c: Commitment) -> Iterator[tuple[datetime, str]]:
    """Who made it, joined in, can help, stepped back, left the group, took it up: each as they chose to be seen."""
    first = c.history[0].by if c.history else c.made_by
    yield c.made_at, f"{called(snapshot, first)} made it."
    seen = {(one.at, one.by, _CAME[one.code]) for one in c.news if one.code in _CAME}  # one news each who hears
    yield from ((at, f"{called(snapshot, by)} {did}") for at, by, did in sorted(seen))
    yield from ((one.at, f"{called(snapshot, one.by)} stepped back.") for one in c.stepped_back)
    for taken in c.taken_up:
        yield taken.at, f"{called(snapshot, taken.by)} took it up from {called(snapshot, taken.of)}."
    for id_ in dict.fromkeys([first, *(taken.of for taken in c.taken_up), c.made_by, *c.tenders]):
        leader = snapshot.leaders.get(id_)
        if leader and leader.left_at and leader.left_at >= c.made_at:
            yield leader.left_at, f"{called(snapshot, id_)} left the group."


def _told_of(snapshot: GroupSnapshot, commitment: Commitment, line: str, mine: Progress | None) -> Block:
    """A line of its history; the viewer's own words can be pulled back, also from a digest."""
    if mine is None:
        return blocks.paragraph(line)
    at = moments.written(mine.at)
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=f"{commitment.id}.{at}"))
    return blocks.line(line, blocks.button("Pull it back", f"{UNSAY}:{at}", value))


def said_at(subject: str) -> tuple[str, datetime]:
    """The commitment, and when the words were said. Raises Problem for what is no moment."""
    id_, _, at = subject.rpartition(".")
    try:
        return id_, moments.read(at)
    except ValueError as error:
        raise Problem(ProblemCode.OLD_BUTTON) from error


def _changed(snapshot: GroupSnapshot, was: Rewording, then: Rewording | Commitment, day: date) -> str:
    """A change of its words, or of its step alone, with what its maker said of it."""
    if not was.by:
        return f"Words as they were on that day: “{was.what}”"
    who, why = called(snapshot, was.by), f" {was.why}" if was.why else ""
    if (was.what, was.part, was.benefit, was.serves) != (then.what, then.part, then.benefit, then.serves):
        return f"{who} changed its words. They were: “{was.what}”{why}"
    step = step_words(was.first_step, day)
    return f"{who} changed the step. It was: “{step}”{why}" if step else f"{who} picked a step.{why}"


def read_state(chosen: str) -> State | None:
    """The state that a form or a tap holds; None for anything else. Taps drawn until November 2026 hold it in
    capitals."""
    code = _OLD_CODES.get(chosen, chosen.lower())
    return State(code) if code in list(State) else None
