"""How each sort of matter is put to somebody: a line, and at most three buttons, one of them *Not now*."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from bot.domain.matters import Matter, MatterCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block, Button
from bot.views import (
    action_payload,
    asks,
    blocks,
    first_step,
    inquiry,
    introductions,
    menu,
    offers,
    passing,
    pulse,
    purpose,
    review,
    review_shown,
    twenty_minutes,
)
from bot.views.action_payload import ActionPayload
from bot.views.commitments import HELP, TAKE_UP
from bot.views.words import called, one_line, quote

NOT_NOW = "matter_not_now"
NO_MORE = "matter_no_more"
AGAIN = "matter_again"

NOTHING = "Nothing waits for you just now."
SAID_NOT_NOW = "That's fine. Nobody is told."
SAID_OVER = "That is answered, or over by now."
SAID_ENDED = "The group has ended, so this needs no answer."
SAID_SETTLED = "That was answered, or is over by now. This changes nothing."

MOST_SHOWN = 20
"""In one sheet; what is behind them comes up as they are answered."""

QUOTED = 160
"""Letters of somebody's words that a matter quotes."""


class Drawn(NamedTuple):
    """`line` is plain text. `buttons`: at most two, and then `no`; each button's action id ends in its subject,
    since the same may stand in a message twice."""

    line: str
    buttons: tuple[Button, ...]
    no: str = "Not now"


def matter_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    return DRAWN[matter.code](snapshot, matter, ActionPayload()).line


def matter_blocks(snapshot: GroupSnapshot, matter: Matter, *, round: str = "") -> list[Block]:
    """`round`: of the check-in that it rides on."""
    aimed = ActionPayload(group=snapshot.group.id, round=round, person=matter.person_id)
    drawn = DRAWN[matter.code](snapshot, matter, aimed)
    not_now = blocks.button(drawn.no, f"{NOT_NOW}:{matter.id}", _aimed(aimed, matter.id))
    return [blocks.paragraph(drawn.line), blocks.row(*drawn.buttons, not_now)]


def for_you_sheet(snapshot: GroupSnapshot, matters: Sequence[Matter]) -> View:
    """All that wants the viewer's attention in a group."""
    parts: list[Block] = []
    for matter in matters[:MOST_SHOWN]:
        parts += matter_blocks(snapshot, matter)
    if not parts:
        parts = [blocks.section(NOTHING)]
    return blocks.sheet("For you", *parts, *_unwanted(snapshot), blocks.row(menu.why_button(snapshot.group.id)))


def _unwanted(snapshot: GroupSnapshot) -> list[Block]:
    """What the viewer wanted no more of, with the way back."""
    attention = snapshot.attention.get(snapshot.viewer)
    if attention is None or MatterCode.GLAD not in attention.no_more:
        return []
    aimed = ActionPayload(group=snapshot.group.id, person=attention.person_id, subject=f"{MatterCode.GLAD}.")
    words = f"You hear no news of others' commitments in {one_line(snapshot.group.name, 80)}."
    again = blocks.button("Hear it again", f"{AGAIN}:{MatterCode.GLAD}", action_payload.write(aimed))
    return [blocks.divider(), blocks.aside(words), blocks.row(again)]


def _aimed(aimed: ActionPayload, subject: str) -> str:
    return action_payload.write(replace(aimed, subject=subject))


def _unheld(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    id_ = matter.subject.split(".")[0]
    commitment = snapshot.commitments[id_]
    line = (
        f"{called(snapshot, commitment.made_by)} has left, and nobody holds {quote(commitment.what, QUOTED)}. "
        "Would you take it up?"
    )
    return Drawn(line, (blocks.button("Take it up", f"{TAKE_UP}:{id_}", _aimed(aimed, id_)),))


def _ask(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    buttons = asks.ask_buttons(matter.subject, _aimed(aimed, matter.subject))
    return Drawn(asks.ask_line(snapshot, matter), buttons, no="Not me")


def _offer_ends(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    value = _aimed(aimed, matter.subject.split(".")[0])
    return Drawn(offers.ends_line(snapshot, matter), offers.ends_buttons(matter, value))


def _talk(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    buttons = introductions.talk_buttons(matter.subject, _aimed(aimed, matter.subject))
    return Drawn(introductions.talk_line(snapshot, matter), buttons, no="Leave it")


def _twenty(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:  # noqa: ARG001
    one = snapshot.introductions[matter.subject.rpartition(".")[0]]
    return Drawn(twenty_minutes.ticks_line(snapshot, matter), (introductions.twenty_button(snapshot, one),))


def _first_step(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    buttons = first_step.step_buttons(matter, _aimed(aimed, matter.subject))
    return Drawn(first_step.step_line(snapshot, matter), buttons)


def _passed_on(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    id_ = matter.subject.split(".")[0]
    button = blocks.button("Take it up", f"{TAKE_UP}:{matter.subject}", _aimed(aimed, id_))
    return Drawn(passing.passed_line(snapshot, matter), (button,))


def _stuck(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    id_ = matter.subject.split(".")[0]
    button = blocks.button("I can help", f"{HELP}:{matter.subject}", _aimed(aimed, id_))
    return Drawn(passing.stuck_line(snapshot, matter), (button,))


def _glad(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    button = blocks.button("No more of these", f"{NO_MORE}:{matter.id}", _aimed(aimed, matter.id))
    return Drawn(passing.glad_line(snapshot, matter), (button,))


def _inquiry(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    button = inquiry.answer_button(matter.subject, _aimed(aimed, matter.subject))
    return Drawn(inquiry.inquiry_line(snapshot, matter), (button,))


def _inquiry_offer(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:  # noqa: ARG001
    button = blocks.button("Ask it", f"{inquiry.ASK_IT}:{matter.subject}", _aimed(aimed, matter.subject))
    return Drawn(inquiry.offer_line(), (button,))


def _review(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    button = review.place_button(matter.subject, _aimed(aimed, matter.subject))
    return Drawn(review.review_line(snapshot, matter), (button,))


def _review_stop(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    button = review_shown.stop_button(matter, _aimed(aimed, matter.subject))
    return Drawn(review_shown.stop_line(snapshot, matter), (button,), no="Keep it")


def _purpose(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    buttons = purpose.matter_buttons(matter.subject, _aimed(aimed, matter.subject))
    return Drawn(purpose.purpose_line(snapshot, matter), buttons)


def _pulse(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:
    button = pulse.open_button(matter.subject, _aimed(aimed, matter.subject))
    return Drawn(pulse.pulse_line(snapshot, matter), (button,))


def _stop_offer(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> Drawn:  # noqa: ARG001
    return Drawn(pulse.stop_line(), pulse.stop_buttons(snapshot.group.id))


DRAWN: Mapping[MatterCode, Callable[[GroupSnapshot, Matter, ActionPayload], Drawn]] = {
    MatterCode.ASK: _ask,
    MatterCode.UNHELD: _unheld,
    MatterCode.OFFER_ENDS: _offer_ends,
    MatterCode.TALK: _talk,
    MatterCode.TWENTY: _twenty,
    MatterCode.FIRST_STEP: _first_step,
    MatterCode.PASSED_ON: _passed_on,
    MatterCode.STUCK: _stuck,
    MatterCode.GLAD: _glad,
    MatterCode.INQUIRY: _inquiry,
    MatterCode.INQUIRY_OFFER: _inquiry_offer,
    MatterCode.REVIEW: _review,
    MatterCode.REVIEW_STOP: _review_stop,
    MatterCode.PURPOSE: _purpose,
    MatterCode.STOP_OFFER: _stop_offer,
    MatterCode.PULSE: _pulse,
}
