"""How each sort of matter is put to somebody: a line, and at most three buttons, one of them *Not now*."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from bot.domain.as_read import version_of
from bot.domain.first_steps import step_in_words
from bot.domain.matters import Matter, MatterCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block, Button
from bot.views import (
    action_payload,
    asks,
    blocks,
    convening,
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


Line = Callable[[GroupSnapshot, Matter], str]
Buttons = Callable[[GroupSnapshot, Matter, ActionPayload], Sequence[Button]]


class Drawn(NamedTuple):
    """`line` gives plain text. `buttons` gives at most two, and then comes `no`."""

    line: Line
    buttons: Buttons
    no: str = "Not now"


def matter_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """One line of plain text, the same in a check-in, a letter, on Home and under *For you*."""
    return DRAWN[matter.code].line(snapshot, matter)


def matter_blocks(snapshot: GroupSnapshot, matter: Matter, *, round: str = "") -> list[Block]:
    """`round`: of the check-in that it rides on. Its buttons name it, so that it is found where it was put."""
    aimed = ActionPayload(group=snapshot.group.id, round=round, person=matter.person_id, state=matter.id)
    drawn = DRAWN[matter.code]
    value = action_payload.write(replace(aimed, subject=matter.id))
    not_now = blocks.button(drawn.no, f"{NOT_NOW}:{matter.id}", value)
    line = blocks.paragraph(drawn.line(snapshot, matter))
    return [line, blocks.row(*drawn.buttons(snapshot, matter, aimed), not_now)]


def for_you_sheet(snapshot: GroupSnapshot, matters: Sequence[Matter]) -> View:
    """All that wants the viewer's attention in a group; and what they wanted no more of, with the way back."""
    group = snapshot.group
    parts: list[Block] = []
    for matter in matters[:MOST_SHOWN]:
        parts += matter_blocks(snapshot, matter)
    if not parts:
        parts = [blocks.section(NOTHING)]
    attention = snapshot.attention.get(snapshot.viewer)
    if attention and MatterCode.GLAD in attention.no_more:
        aimed = ActionPayload(group=group.id, person=attention.person_id, subject=f"{MatterCode.GLAD}.")
        again = blocks.button("Hear it again", f"{AGAIN}:{MatterCode.GLAD}", action_payload.write(aimed))
        words = f"You hear no news of others' commitments in {one_line(group.name, 80)}."
        parts += [blocks.divider(), blocks.aside(words), blocks.row(again)]
    return blocks.sheet("For you", *parts, blocks.row(menu.why_button(group.id)))


Part = Callable[[Matter], str]
SUBJECT: Part = attrgetter("subject")
ITS_ID: Part = attrgetter("id")


def first_id(matter: Matter) -> str:
    """Of the ids that its subject is made of: that of the commitment or the offer it is about."""
    return matter.subject.split(".")[0]


def its_words(snapshot: GroupSnapshot, matter: Matter) -> str:
    """Of the commitment it is about."""
    return snapshot.commitments[first_id(matter)].what


def _its_step(snapshot: GroupSnapshot, matter: Matter) -> str:
    return step_in_words(snapshot.commitments[first_id(matter)])


def _to(*doors: tuple[str, str], at: Part = SUBJECT, ends_in: Part = SUBJECT, takes: Line | None = None) -> Buttons:
    """The words and the action of each. `at`: what they aim at. `ends_in`: how their action ids end, since an
    action id stands once in a message, and the same sort of matter may be put twice in it. `takes`: words beside
    them that may change, where a press takes those."""

    def drawn(snapshot: GroupSnapshot, matter: Matter, aimed: ActionPayload) -> list[Button]:
        words = version_of(takes(snapshot, matter)) if takes else ""
        value = action_payload.write(replace(aimed, subject=at(matter), words=words))
        return [blocks.button(text, f"{action}:{ends_in(matter)}", value) for text, action in doors]

    return drawn


def _unheld(snapshot: GroupSnapshot, matter: Matter) -> str:
    commitment = snapshot.commitments[first_id(matter)]
    who, what = called(snapshot, commitment.made_by), quote(commitment.what, QUOTED)
    return f"{who} has left, and nobody holds {what}. Would you take it up?"


def _let_it_rest(snapshot: GroupSnapshot, _: Matter, __: ActionPayload) -> list[Button]:
    # the forms behind them are anybody's, so nothing here aims at who was asked
    value = action_payload.write(ActionPayload(group=snapshot.group.id))
    return [
        blocks.button("Pause the group until…", convening.PAUSE, value),
        blocks.button("End the group…", convening.END, value),
    ]


DRAWN: Mapping[MatterCode, Drawn] = {
    MatterCode.ASK: Drawn(
        asks.ask_line, _to(("Yes, introduce us", asks.YES), ("I know someone", asks.KNOW)), no="Not me"
    ),
    MatterCode.UNHELD: Drawn(_unheld, _to(("Take it up", TAKE_UP), at=first_id, ends_in=first_id, takes=its_words)),
    MatterCode.OFFER_ENDS: Drawn(
        offers.ends_line,
        _to(("It still stands", offers.RENEW), ("Take it back", offers.TAKE_BACK), at=first_id, ends_in=first_id),
    ),
    MatterCode.TALK: Drawn(
        introductions.talk_line,
        _to(("We did", introductions.TALKED), ("Not yet", introductions.NOT_YET)),
        no="Leave it",
    ),
    MatterCode.TWENTY: Drawn(
        twenty_minutes.ticks_line,
        lambda snapshot, matter, _: [
            introductions.twenty_button(snapshot, snapshot.introductions[matter.subject.rpartition(".")[0]])
        ],
    ),
    MatterCode.FIRST_STEP: Drawn(
        first_step.step_line,
        _to(("It happened", first_step.HAPPENED), ("Another day", first_step.ANOTHER_DAY), takes=_its_step),
    ),
    MatterCode.PASSED_ON: Drawn(passing.passed_line, _to(("Take it up", TAKE_UP), at=first_id, takes=its_words)),
    MatterCode.STUCK: Drawn(passing.stuck_line, _to(("I can help", HELP), at=first_id, takes=its_words)),
    MatterCode.GLAD: Drawn(passing.glad_line, _to(("No more of these", NO_MORE), at=ITS_ID, ends_in=ITS_ID)),
    MatterCode.INQUIRY: Drawn(inquiry.inquiry_line, _to(("Answer the question", inquiry.ANSWER))),
    MatterCode.INQUIRY_OFFER: Drawn(lambda *_: inquiry.WOULD_YOU_ASK, _to(("Ask it", inquiry.ASK_IT))),
    MatterCode.REVIEW: Drawn(review.review_line, _to(("Place them", review.PLACE))),
    MatterCode.REVIEW_STOP: Drawn(review_shown.stop_line, _to(("Let it go…", review_shown.LET_GO)), no="Keep it"),
    MatterCode.PURPOSE: Drawn(
        purpose.purpose_line, _to((purpose.CAN, purpose.CAN_LIVE), (purpose.WOULD_CHANGE, purpose.CHANGE))
    ),
    MatterCode.STOP_OFFER: Drawn(lambda *_: pulse.WEEDED_OUT, _let_it_rest),
    MatterCode.PULSE: Drawn(pulse.pulse_line, _to(("Choose", pulse.OPEN))),
}
"""How each sort is put, with all the words on its buttons."""
