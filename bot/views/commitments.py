"""Commitments: adding one, saying how it goes, seeing all of a group's, joining in, offering help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.domain.absence import present
from bot.domain.as_read import version_of
from bot.domain.commitments import Commitment, CommitmentWords, FirstStep, Progress, State, must_say
from bot.domain.hours import to_local
from bot.domain.passing import may_take_up
from bot.domain.problems import read_all
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tending import collective, held_by_nobody, state_since
from bot.ports import StateValues, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.audience import who_is_everyone
from bot.views.blocks import Bold
from bot.views.dates import say_day_of
from bot.views.first_step import WHY, day_input, read_picked, step_words, why_input
from bot.views.leaders_menu import glad_inputs, read_glad
from bot.views.line_of_sight import read_serves, serves_inputs, serves_words
from bot.views.paging import paged, turns, weight
from bot.views.resting import how_it_goes
from bot.views.tags import read_tags, tags_input
from bot.views.tending import helpers_line, stuck_line, tenders_line
from bot.views.which_group import Beginning
from bot.views.words import called, cut, first_of, one_line

FORM = "commitment_form"
PROGRESS = "progress_open"
LET_GO = "let_go_open"
JOIN = "commitment_join"
HELP = "commitment_help"
STEP_BACK = "commitment_step_back"
EDIT = "commitment_edit"
TAKE_UP = "commitment_take_up"
TAKE_OUT = "commitment_take_out"
CHANGE = "commitment_change"
PAGE = "commitments_page"
HISTORY = "commitment_history"
SUGGEST = "commitment_suggest"
FROM_MESSAGE = "make_commitment"
"""The shortcut on a message."""

WHAT = "what"
PART = "part"
STEP = "first_step"
WHEN = "when"
"""Asked until November 2026; read from forms that were open."""
WITH_WHOM = "with_whom"
BENEFIT = "benefit"

SAID_SUGGESTED = "Suggested. I tell its maker next; the words are theirs to take or leave."
SAID_TAKEN = "Its words are changed. How they were stands in its history."
SAID_TALK = "You asked for a conversation."
SAID_LEFT = "Left as it is."
SAID_STEPPED_BACK = "The others tend it from here."

LONGEST, LONGEST_BENEFIT = 500, 200
"""Whose life gets better was as long as the rest until December 2026, and is read so."""
BEGINNING = Beginning("commitment_group", "What will you do?", "What will you do?", LONGEST)
PER_PAGE = 10
LISTED = "listed"
"""Of a form that lies on the sheet of all commitments: what is saved is to be seen there."""
IN_PLACE = "in_place"
"""Of a button that opens such a form in place of its own sheet, since only what lies right below is drawn anew."""

STATE_WORDS = {
    State.MOVING: "moving",
    State.TENDING: "needs tending",
    State.STUCK: "stuck, want help",
    State.CHANGED: "changed",
    State.LET_GO: "let go",
    State.DONE: "done",
}


def commitment_form(
    snapshot: GroupSnapshot, id: str, before: Commitment | None = None, typed: str = "", *, on: str = ""
) -> View:
    """`id` is chosen when the form opens, so that sending the form twice makes one commitment. `typed` came
    after the command. `on`: `LISTED` where it lies on the sheet of all of them.
    """
    step, benefit = (before.first_step, before.benefit) if before else (FirstStep(), "")
    first = [
        inputs.text_input(
            WHAT, "What will you do?", initial=before.what if before else cut(typed, LONGEST), most=LONGEST,
            lines=True, optional=False, hint="One line is fine.",
        ),
        inputs.text_input(STEP, "First step", initial=step.what, most=LONGEST),
        day_input(step, "On which day"),
        inputs.text_input(WITH_WHOM, "With whom", initial=step.with_whom, most=LONGEST),
    ]  # fmt: skip
    more = [
        inputs.text_input(PART, "My part", initial=before.part if before else "", most=LONGEST),
        *serves_inputs(snapshot, before),
        inputs.text_input(
            BENEFIT, "Whose life gets better", initial=benefit, most=max(LONGEST_BENEFIT, len(benefit))
        ),
        tags_input(snapshot, before),
        *glad_inputs(snapshot, before.made_by if before else snapshot.viewer, before.glad if before else ()),
        *([why_input()] if before else []),
    ]
    metadata = action_payload.write(ActionPayload(group=snapshot.group.id, subject=id, state=on))
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
        return lambda: inputs.typed_within(values, field, LONGEST)

    def first_step() -> FirstStep:
        """*When and where* was asked until November 2026."""
        return read_all(
            FirstStep,
            what=words(STEP),
            when=words(WHEN),
            with_whom=words(WITH_WHOM),
            day=lambda: read_picked(values),
        )

    return read_all(
        CommitmentWords,
        what=lambda: must_say(words(WHAT)()),
        part=words(PART),
        first_step=first_step,
        benefit=words(BENEFIT),
        glad=lambda: read_glad(values),
        why=words(WHY),
        serves=lambda: read_serves(values),
        tags=lambda: read_tags(values),
    )


def named(state: State) -> str:
    """Where it stands, as a choice or the beginning of a line: “Needs tending”."""
    return STATE_WORDS[state].capitalize()


def sheet(snapshot: GroupSnapshot, person_id: str, now: datetime, page: int = 0) -> View:
    """All of a group's commitments: mine first, then open ones, then what was done or let go; in pages."""
    every = snapshot.commitments.values()
    ordered = sorted(every, key=lambda c: (person_id not in c.tenders, not c.state.open, c.made_at))
    pages = paged(ordered, _weight, PER_PAGE)
    page = max(0, min(page, len(pages) - 1))
    parts = [blocks.row(menu.commit_button(snapshot.group.id, LISTED))]
    if not ordered:
        parts.insert(0, blocks.section("Nothing here yet. Anything you said you'd do? One line is fine."))
    for commitment in pages[page]:
        parts += card(snapshot, commitment, person_id, now)
    here = ActionPayload(group=snapshot.group.id, page=page)
    return blocks.sheet("Commitments", *parts, *turns(PAGE, here, len(pages)))


def card(snapshot: GroupSnapshot, commitment: Commitment, person_id: str, now: datetime) -> list[Block]:
    """One commitment as everyone reads it, and what the viewer can do with it."""
    c, group = commitment, snapshot.group.id
    unheld = held_by_nobody(c, present(snapshot.leaders))
    passed = person_id != c.made_by and may_take_up(c, person_id)
    wanted = [("Take it up", TAKE_UP)] if unheld or passed else []
    if person_id in c.tenders:
        wanted.append(("Say how it's going", PROGRESS))
        if person_id == c.made_by:
            wanted.append(("Change its words", EDIT))
        elif c.state.open:
            wanted += [] if unheld else [("Suggest other words", SUGGEST)]  # else there is nobody to take them
            wanted.append(("Step back", STEP_BACK))
    elif c.state.open:  # else there is nothing left to join in with, or to help
        wanted.append(("Join in", JOIN))
        wanted += [("I can help", HELP)] if person_id not in c.helpers else []
    wanted.append(("History", HISTORY))
    buttons = [blocks.button(words, f"{action}:{c.id}", _aim(group, c, action)) for words, action in wanted]
    return [blocks.divider(), _as_read(snapshot, c, now), blocks.row(*buttons)]


def _aim(group: str, c: Commitment, action: str) -> str:
    """What takes its words says which those are."""
    words = version_of(c.what) if action in (TAKE_UP, JOIN, HELP) else ""
    return action_payload.write(ActionPayload(group=group, subject=c.id, words=words))


def _as_read(snapshot: GroupSnapshot, c: Commitment, now: datetime) -> Block:
    """Its words, where it stands, who tends it."""
    here = present(snapshot.leaders)
    stands = f"{named(c.state)}, since {say_day_of(state_since(c), snapshot.group.zone, now)}."
    if held_by_nobody(c, here):
        # who was erased has no name
        known = c.made_by in snapshot.people
        stands += (
            f" {called(snapshot, c.made_by)}, who made it, has left." if known else " Whoever made it has left."
        )
    together = " together" if collective(c, snapshot.organisation_of()) else ""
    tended = tenders_line(partial(called, snapshot), [id_ for id_ in c.tenders if id_ in here])
    stands += f" Tended{together} by {tended}." if tended else " Held by nobody."
    told = [stands, stuck_line(snapshot, c, c.made_by)]
    told += [one_line(line, 1600) for line in _details(snapshot, c, now)]
    return blocks.paragraph(Bold(one_line(c.what, 500)), *(f"\n{line}" for line in told if line))


def added(snapshot: GroupSnapshot, commitment: Commitment, now: datetime, *, on: str = "") -> View:
    """As others will read it, and both ways back. `on`: as for its form."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=commitment.id, state=on))
    return blocks.sheet(
        "Added",
        blocks.section("Saved. This is how everyone in the group reads it:"),
        _as_read(snapshot, commitment, now),
        blocks.row(
            blocks.button("Change", f"{CHANGE}:{commitment.id}", value),
            blocks.button("Take it out", f"{TAKE_OUT}:{commitment.id}", value),
            _another(snapshot, on),
            menu.commitments_button(snapshot.group.id),
        ),
        blocks.context(how_it_goes(snapshot.group, now)),
    )


def taken_out(snapshot: GroupSnapshot, commitment: Commitment, *, on: str = "") -> View:
    """Its words are shown once more, so that they are not lost with it."""
    return blocks.sheet(
        "Taken out",
        blocks.section("It is gone, as if it had not been said. These were its words:"),
        blocks.quote(commitment.what),
        blocks.row(_another(snapshot, on)),
    )


def _another(snapshot: GroupSnapshot, on: str) -> Button:
    return menu.commit_button(snapshot.group.id, IN_PLACE if on == LISTED else "")


def _weight(c: Commitment) -> int:
    """Of its words as the card shows them, roughly."""
    step, last = c.first_step, c.history[-1:]
    told = [c.what, c.part, step.what, step.when, step.with_whom, c.benefit]
    return weight(*told, *(word for p in last for word in (p.note, p.noticed)))


def _details(snapshot: GroupSnapshot, c: Commitment, now: datetime) -> list[str]:
    step = step_words(c.first_step, to_local(now, snapshot.group.zone).date())
    serves = serves_words(snapshot, c)
    noticed = next((p for p in reversed(c.history) if p.noticed), None)
    note = next((p for p in reversed(c.history) if p.note), None)
    mine = c.made_by == snapshot.viewer or c.made_by not in snapshot.people
    told = {
        "My part" if mine else f"{first_of(snapshot, c.made_by)}'s part": c.part,
        "First step": step,
        "Serves": serves,
        "For": c.benefit,
        "Tags": ", ".join(c.tags),
        f"Last said{_by(snapshot, c, note)}": note.note if note else "",
        f"People noticed{_by(snapshot, c, noticed)}": noticed.noticed if noticed else "",
    }
    lines = [f"{label}: {text}" for label, text in told.items() if text]
    return [*lines, helpers_line(snapshot, c)] if c.state.open else lines


def _by(snapshot: GroupSnapshot, c: Commitment, said: Progress | None) -> str:
    """Whose words they are, where they are not its maker's."""
    return f", by {first_of(snapshot, said.by)}" if said and said.by != c.made_by else ""
