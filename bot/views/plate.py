"""The plate: the form a leader fills in under two minutes, and reading it back."""

from __future__ import annotations

from bot.domain.people import Person
from bot.domain.plate import (
    LONGEST,
    ME_LANE,
    ORGANISATION_LANE,
    QUESTION,
    Audience,
    Plate,
    PlateWords,
    Words,
    of,
)
from bot.domain.problems import read_all
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.audience import LANES, USUAL, audience_input, read_audience, who_is_everyone
from bot.views.progress import read_state
from bot.views.unconfirmed import IF_IT_IS_THERE
from bot.views.which_group import Beginning
from bot.views.words import cut, one_line

FORM = "plate_form"
PULL_BACK = "plate_pull_back"
TITLE = "What's on your plate?"
BEGINNING = Beginning("plate_group", TITLE, "To begin with", LONGEST)
SEEN_BY_ME = "Seen by you and nobody else."

QUESTION_WORDS: dict[str, str] = {
    Question.MATTERS_MOST: "What matters most to you in this just now?",
    Question.PREPARED_TO_DO: "What are you actually prepared to do, or stop doing?",
    Question.REALLY_WORKING: "Is what we're doing really working, and how can you tell?",
    Question.ALREADY_AHEAD: "Who is already ahead of us on this?",
    Question.WHOSE_EXPERIENCE: "Whose experience got better, or worse, lately?",
    Question.NOT_TALKING_ABOUT: "What are we not talking about?",
}

_STATE = "state:"


def _labels(organisation: str, round: Round) -> dict[str, str]:
    return {
        ORGANISATION_LANE: f"For {one_line(organisation, 100) or 'my organisation'}",
        ME_LANE: "For me",
        QUESTION: question_words(round.question),
    }


def plate_form(
    snapshot: GroupSnapshot,
    person_id: str,
    round: Round,
    *,
    before: Plate | None,
    last: Plate | None,
    typed: str = "",
    opened_in: str = "",
) -> View:
    """The form, filled with what they already said this round (`before`), else with last time's words (`last`);
    `typed` after the command takes the place of their organisation's lane. `opened_in` is the channel that it was
    opened from.

    The question is new each round, so its answer is never filled from last time. Nor is what was pulled back then:
    its box is ticked as usual, so saving the form for something else would give it to everyone again.
    """
    filled = before or last
    answers = {lane: of(before if lane == QUESTION else filled, lane) for lane in LANES}
    texts = {lane: answer.text for lane, answer in answers.items() if answer and (before or not answer.pulled_back)}
    last = last if texts else None  # else the form would say that it is filled with it
    # Slack refuses a field that begins with more than it holds; what is cut was shown to them whole
    texts |= {ORGANISATION_LANE: cut(typed, LONGEST)} if typed else {}
    seen, labels = _audiences(before, last), _labels(snapshot.leaders[person_id].organisation, round)
    organisation = snapshot.leaders[person_id].organisation
    boxes = {ORGANISATION_LANE: organisation, ME_LANE: "me", QUESTION: "the question"}
    payload = ActionPayload(group=snapshot.group.id, round=round.name, person=person_id, subject=opened_in)
    return blocks.form(
        FORM,
        TITLE,
        "Save",
        action_payload.write(payload),
        blocks.aside(_intro(snapshot, before, last, labels, seen if typed else {})),
        *[
            inputs.text_input(lane, label, initial=texts.get(lane, ""), most=LONGEST, lines=True)
            for lane, label in labels.items()
        ],
        audience_input(boxes, seen),
        who_is_everyone(snapshot),
    )


def read_plate_form(values: StateValues) -> PlateWords:
    """Raises Problem at each field that is too long."""
    # of a form from before December 2026, which asked how commitments go
    asked = [field for field in values if field.startswith(_STATE)]
    read = {field.removeprefix(_STATE): read_state(inputs.chosen(values, field)) for field in asked}
    return read_all(
        PlateWords,
        organisation=lambda: _read_lane(values, ORGANISATION_LANE),
        me=lambda: _read_lane(values, ME_LANE),
        question=lambda: _read_lane(values, QUESTION),
        states=lambda: {id_: state for id_, state in read.items() if state},
    )


CORRECTED_NEXT = "I correct the digest in the channel next; if Slack won't let me, I write to you."
"""Said before it is done, so with who hears if it can't be."""

STILL_REFUSED = "Slack has not let me correct the digest in the channel so far; I try again each day."
"""To whom that was written already: it is once, until all of it reads as it should."""


def corrected_next(snapshot: GroupSnapshot, round_name: str, person_id: str) -> str:
    """What comes of the digest of that round, which is in the channel, after they changed their words."""
    digest = snapshot.digests.get(round_name)
    return STILL_REFUSED if digest and person_id in digest.refusal_told else CORRECTED_NEXT


def pulled_back(snapshot: GroupSnapshot, round_name: str, person: Person, *, went_out: bool) -> str:
    """`went_out`: there is a digest of that round in the channel."""
    round, digest = snapshot.rounds.get(round_name), "None of it goes into the digest."
    if went_out:
        digest = corrected_next(snapshot, round_name, person.id)
    elif round and round.unconfirmed_at:
        digest = IF_IT_IS_THERE
    return f"Pulled back, {person.name}. {digest}"


def pulled_back_sheet(snapshot: GroupSnapshot, round_name: str, person: Person, *, went_out: bool) -> View:
    """In place of the sheet that it was pressed in. `went_out`: a digest with it had been posted, and
    is corrected."""
    return blocks.sheet(
        "Pulled back",
        blocks.paragraph(pulled_back(snapshot, round_name, person, went_out=went_out)),
        blocks.context(SEEN_BY_ME),
        blocks.row(menu.share_button(snapshot.group.id), menu.more_button(snapshot.group.id)),
    )


def question_words(question: str) -> str:
    """What a round asks; of one that an older version asked in words of its own, those."""
    return QUESTION_WORDS.get(question, question)


def _audiences(before: Plate | None, last: Plate | None) -> dict[str, Audience]:
    """What the boxes begin with: as it is this round, else as it was last time; the question as usual, since an
    answer to another one says nothing about it. What was pulled back in an earlier round was for that round only.
    """
    found = dict(USUAL)
    for lane in LANES:
        if answer := of(before, lane):
            found[lane] = answer.audience
        elif lane != QUESTION and (answer := of(last, lane)):
            found[lane] = Audience.GROUP if answer.pulled_back else answer.audience
    return found


def _intro(
    snapshot: GroupSnapshot,
    before: Plate | None,
    last: Plate | None,
    labels: dict[str, str],
    typed: dict[str, Audience],
) -> str:
    """`typed`: who sees each lane, where a line came with the command."""
    if typed:
        who = "for everyone" if typed[ORGANISATION_LANE] is Audience.GROUP else "just for you"
        filled = f"Your line is under “{labels[ORGANISATION_LANE]}”, {who}. Nothing is kept before you save."
    elif before:
        filled = "Filled with what you said this round; change what you like."
    else:
        filled = (
            "Filled with what you said last time; change what has changed." if last else "A line in each is plenty."
        )
    return f"{snapshot.group.name}. {filled}"


def _read_lane(values: StateValues, lane: str) -> Words:
    return Words(text=inputs.typed_within(values, lane, LONGEST), audience=read_audience(values, lane))
