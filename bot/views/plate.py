"""The plate: the form a leader fills in under two minutes, and reading it back."""

from __future__ import annotations

from datetime import datetime

from bot.domain.commitments import Commitment, State
from bot.domain.hours import to_local
from bot.domain.people import Person
from bot.domain.plate import (
    LONGEST,
    ME_LANE,
    ORGANISATION_LANE,
    QUESTION,
    Answer,
    Audience,
    Plate,
    PlateWords,
    Words,
    of,
    shares_with_group,
)
from bot.domain.problems import read_all
from bot.domain.rounds import Question, Round
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.audience import audience_input, read_audience, who_is_everyone
from bot.views.commitments import read_state, state_options
from bot.views.dates import say_day, say_time
from bot.views.words import cut, one_line

FORM = "plate_form"
PULL_BACK = "plate_pull_back"
TITLE = "What's on your plate?"
MOST_COMMITMENTS = 5
"""In one form, so that it stays under two minutes; the rest are in the commitments sheet."""

SEEN_BY_ME = "Seen by you and nobody else."
LATE = "The check-in this form was for had closed, so your words are in the next one. "

QUESTION_WORDS: dict[str, str] = {
    Question.MATTERS_MOST: "What matters most to you in this just now?",
    Question.PREPARED_TO_DO: "What are you actually prepared to do, or stop doing?",
    Question.REALLY_WORKING: "Is what we're doing really working, and how can you tell?",
    Question.ALREADY_AHEAD: "Who is already ahead of us on this?",
    Question.WHOSE_EXPERIENCE: "Whose experience got better, or worse, lately?",
    Question.NOT_TALKING_ABOUT: "What are we not talking about?",
}

_SEEN = {lane: f"{lane}_audience" for lane in (ORGANISATION_LANE, ME_LANE, QUESTION)}
_USUAL = {ORGANISATION_LANE: Audience.GROUP, ME_LANE: Audience.ME, QUESTION: Audience.GROUP}
_STATE = "state:"


def plate_form(
    snapshot: GroupSnapshot,
    person_id: str,
    round: Round,
    *,
    before: Plate | None,
    last: Plate | None,
    commitments: list[Commitment],
    typed: str = "",
) -> View:
    """The form, filled with what they already said this round (`before`), else with last time's words (`last`);
    `typed` after the command takes the place of their organisation's lane.

    The question is new each round, so its answer is never filled from last time.
    """
    filled = before or last
    organisation = f"For {one_line(snapshot.leaders[person_id].organisation, 100) or 'my organisation'}"
    return blocks.form(
        FORM,
        TITLE,
        "Save",
        action_payload.write(ActionPayload(group=snapshot.group.id, round=round.name, person=person_id)),
        blocks.aside(_intro(snapshot, before, last)),
        *_lane(snapshot, ORGANISATION_LANE, organisation, of(filled, ORGANISATION_LANE), typed),
        *_lane(snapshot, ME_LANE, "For me", of(filled, ME_LANE)),
        *_lane(snapshot, QUESTION, question_words(round.question), of(before, QUESTION)),
        *[_state_input(commitment) for commitment in commitments[:MOST_COMMITMENTS]],
        who_is_everyone(snapshot),
    )


def read_plate_form(values: StateValues) -> PlateWords:
    """Raises Problem at each field that is too long."""
    return read_all(
        PlateWords,
        organisation=lambda: _read_lane(values, ORGANISATION_LANE),
        me=lambda: _read_lane(values, ME_LANE),
        question=lambda: _read_lane(values, QUESTION),
        states=lambda: _read_states(values),
    )


def saved(snapshot: GroupSnapshot, round: Round, plate: Plate | None, now: datetime, *, late: bool = False) -> View:
    """What the form becomes where no check-in message is there to say it: where the words go now. `late`: the round
    it was opened for had closed, so that is a later one.
    """
    value = action_payload.write(
        ActionPayload(group=snapshot.group.id, round=round.name, person=plate.person_id if plate else "")
    )
    shared = plate is not None and shares_with_group(plate)
    pull = [blocks.button("Pull it back", PULL_BACK, value)] if shared else []
    return blocks.sheet(
        "Saved",
        blocks.section(f"Saved. {LATE if late else ''}{_where_it_goes(snapshot, round, shared, now)}"),
        blocks.row(menu.share_button(snapshot.group.id), *pull, menu.more_button(snapshot.group.id)),
    )


CORRECTED_NEXT = "I correct the digest in the channel next; if Slack won't let me, I write to you."
"""Said before it is done, so with who hears if it can't be."""


def pulled_back(person: Person, *, went_out: bool) -> str:
    """`went_out`: there is a digest of that round in the channel."""
    digest = CORRECTED_NEXT if went_out else "None of it goes into the digest."
    return f"Pulled back, {person.name}. {digest}"


def pulled_back_sheet(snapshot: GroupSnapshot, person: Person, *, went_out: bool) -> View:
    return blocks.sheet(
        "Pulled back",
        blocks.paragraph(pulled_back(person, went_out=went_out)),
        blocks.context(SEEN_BY_ME),
        blocks.row(menu.share_button(snapshot.group.id), menu.more_button(snapshot.group.id)),
    )


def _where_it_goes(snapshot: GroupSnapshot, round: Round, shared: bool, now: datetime) -> str:
    if not shared:
        return SEEN_BY_ME
    if round.digested:
        return CORRECTED_NEXT
    zone = snapshot.group.zone
    day = say_day(to_local(round.digest_at, zone).date(), to_local(now, zone).date())
    when = f"{'today' if day == 'today' else f'on {day}'} at {say_time(round.digest_at, zone)}"
    return (
        f"What you marked for everyone goes into the digest {when}. Until then you can change it or pull it back."
    )


def question_words(question: str) -> str:
    """What a round asks; of one that an older version asked in words of its own, those."""
    return QUESTION_WORDS.get(question, question)


def _intro(snapshot: GroupSnapshot, before: Plate | None, last: Plate | None) -> str:
    filled = "Filled with what you said this round; change what you like."
    if before is None:
        filled = (
            "Filled with what you said last time; change what has changed." if last else "A line in each is plenty."
        )
    return f"{snapshot.group.name}. {filled}"


def _lane(snapshot: GroupSnapshot, lane: str, label: str, answer: Answer | None, typed: str = "") -> list[Block]:
    audience = answer.audience if answer else _USUAL[lane]
    initial = cut(typed, LONGEST) or (answer.text if answer else "")
    return [
        blocks.text_input(lane, label, initial=initial, most=LONGEST, lines=True),
        audience_input(_SEEN[lane], snapshot, audience),
    ]


def _read_lane(values: StateValues, lane: str) -> Words:
    return Words(
        text=blocks.typed_within(values, lane, LONGEST), audience=read_audience(values, _SEEN[lane], _USUAL[lane])
    )


def _state_input(commitment: Commitment) -> Block:
    field, label = _STATE + commitment.id, f"How is it going: {one_line(commitment.what, 200)}"
    return blocks.asked(field, label, blocks.select(field, state_options(), commitment.state))


def _read_states(values: StateValues) -> dict[str, State]:
    chosen = {
        field.removeprefix(_STATE): blocks.chosen(values, field) for field in values if field.startswith(_STATE)
    }
    read = {id_: read_state(state) for id_, state in chosen.items()}
    return {id_: state for id_, state in read.items() if state}
