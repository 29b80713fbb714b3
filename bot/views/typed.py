"""What is typed in a DM: a question about each message, what became of it, and Slack's markup read as words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.domain.commitments import Commitment, must_say
from bot.domain.groups import Group
from bot.domain.plate import LONGEST
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.ports.blocks import Button
from bot.views import action_payload, blocks, commitments, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.audience import who_is_everyone
from bot.views.blocks import Bold
from bot.views.resting import how_it_goes
from bot.views.words import as_plain, blank, escape, one_line

PLATE = "typed_plate"
ME = "typed_me"
COMMITMENT = "typed_commitment"
NO = "typed_no"
GROUP = "typed_group"

QUESTION = "Keep this?"
SLACKS_ALREADY = (
    "What you type here is Slack's already, like any message: each workspace of this conversation keeps it by its "
    "own rules, whatever you choose. I keep none of it before you do."
)
WHO_SEES = (
    "Everyone in the group, and whoever reads its channel, sees your plate and a commitment; nobody else sees what "
    "is just for you."
)
SUPERSEDED = "You have typed since. I ask about your newest message, below."
IN_A_THREAD = "I don't read threads. Type it as a message of its own, and I ask whether to keep it."
DECLINED = "I keep nothing of it. What you typed stays in this conversation."
A_FILE = "I keep words only, no files. Nothing was kept."

_EMOJI = re.compile(r":[^\s:]+:")


def question(
    group: Group, person_id: str, ts: str, *, length: int = 0, file: bool = False, told: bool = True
) -> Message:
    """Whether to keep the message of that time, in that group; it quotes nothing, since it may become *just me*.
    `length`: of the words. `told`: they know that Slack has them."""
    said = " ".join([WHO_SEES, *_warnings(length, file), *([] if told else [SLACKS_ALREADY])])
    return blocks.message(
        f"{QUESTION} {escape(one_line(group.name, 100))}.",
        blocks.paragraph("Keep this, for ", Bold(one_line(group.name, 100)), "?"),
        blocks.aside(said),
        blocks.row(
            _button("On my plate", PLATE, group.id, person_id, ts),
            _button("For me, just me", ME, group.id, person_id, ts),
            _button("A commitment", COMMITMENT, group.id, person_id, ts),
            _button("No", NO, group.id, person_id, ts),
        ),
    )


def _warnings(length: int, file: bool) -> list[str]:
    long = f"It is {length:,} characters, and I can keep {LONGEST:,}. Edit it, then choose."
    return [*([long] if length > LONGEST else []), *(["The file is not kept."] if file else [])]


def which_group(
    groups: Sequence[Group], person_id: str, ts: str, *, length: int = 0, file: bool = False, told: bool = True
) -> Message:
    """For somebody in several groups; the question follows. The rest as of that."""
    said = " ".join([*_warnings(length, file), *([] if told else [SLACKS_ALREADY])])
    return blocks.message(
        f"{QUESTION} Which group is it for?",
        blocks.section(f"{QUESTION} Which group is it for?"),
        *[blocks.line(one_line(one.name, 100), _button("Choose", GROUP, one.id, person_id, ts)) for one in groups],
        *([blocks.aside(said)] if said else []),
        blocks.row(_button("No", NO, "", person_id, ts)),
    )


def line(words: str) -> Message:
    """In the DM; `words` are ours and have no button, as there is nothing to choose."""
    return blocks.message(words, blocks.section(words))


def committed(snapshot: GroupSnapshot, commitment: Commitment, now: datetime) -> Message:
    """What was made of it, and who sees it."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=commitment.id))
    return blocks.message(
        f"Added for {escape(one_line(snapshot.group.name, 100))}.",
        blocks.paragraph(
            "Added for ",
            Bold(one_line(snapshot.group.name, 100)),
            f". {how_it_goes(snapshot.group, now)}",
        ),
        blocks.quote(commitment.what),
        who_is_everyone(snapshot),
        blocks.row(
            blocks.button("Change its words", f"{commitments.EDIT}:{commitment.id}", value),
            menu.commitments_button(snapshot.group.id),
            menu.more_button(snapshot.group.id),
        ),
    )


def read_words(text: str, snapshot: GroupSnapshot | None = None) -> str:
    """Slack's markup as people read it; who is named is called as in the group. Emoji and emphasis stay as they
    are."""
    people = snapshot.people.values() if snapshot else ()
    names = {account.user_id: person.name for person in people for account in person.identities}
    return as_plain(inputs.whole_letters(text), names)


def says_something(words: str) -> bool:
    """Whether there is a word or a number in it, and not emoji and marks alone."""
    return not blank("".join(char for char in _EMOJI.sub("", words) if char.isalnum()))


def read_for_plate(text: str, snapshot: GroupSnapshot) -> str:
    """Raises Problem where there is nothing to keep, or too much."""
    return _within(read_words(text, snapshot), LONGEST)


def read_for_commitment(text: str, snapshot: GroupSnapshot) -> str:
    """As for a plate."""
    return must_say(_within(read_words(text, snapshot), commitments.LONGEST))


def _within(words: str, most: int) -> str:
    if not says_something(words):
        raise Problem(ProblemCode.TYPED_GONE)
    if len(words) > most:
        raise Problem(ProblemCode.TYPED_TOO_LONG, length=len(words), most=most)
    return words


def _button(text: str, action: str, group_id: str, person_id: str, ts: str) -> Button:
    return blocks.button(
        text, action, action_payload.write(ActionPayload(group=group_id, person=person_id, subject=ts))
    )
