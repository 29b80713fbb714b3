"""The pulse: the sheet where it is answered by one press, and how the digest shows the answers' spread."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.bands import Band
from bot.domain.digest import Digest, PulseLine
from bot.domain.matters import Matter
from bot.domain.questions import OF_THE_BOT, WORKING, QuestionSpec
from bot.domain.rounds import Round, called_off
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.put_to_all import say_until

OPEN = "pulse_open"
CHOOSE = "pulse_choose"
TAKE_OUT = "pulse_take_out"
OF_BOT = "pulse_of_bot"

ASKED = {
    WORKING.reference: "Is what we're doing now really working?",
    OF_THE_BOT.reference: "And Between itself: keep it, change it, or weed it out?",
}
HEADS = {WORKING.reference: ASKED[WORKING.reference], OF_THE_BOT.reference: "What we would do with Between"}
ANSWERS = {
    WORKING.reference: {
        "yes": "Yes, and I can tell how",
        "in_parts": "In parts",
        "too_early": "Too early",
        "no": "No",
    },
    OF_THE_BOT.reference: {"keep": "Keep", "change": "Change", "weed": "Weed"},
}
BANDS = {Band.NEARLY_ALL: "Nearly all", Band.MOST: "Most", Band.HALF: "About half", Band.FEW: "A few"}

SAID = "Kept. Nobody sees what you pressed, or that you did. Press another to change it."
"""After a press in the channel, to the presser alone: it does not say which, since Slack keeps it."""

SEEN = (
    "Nobody sees what you press, or that you did. Only the spread is kept: most, about half, a few. It is shown "
    "from five answers on, in a group of seven or more. Four who pool theirs can know the fifth's."
)
CALLED_OFF = (
    "The meeting is called off. All answers are deleted and nothing is shown of them, unless somebody objects in "
    "time. Nobody sees what you press, or that you did."
)
SEEN_IN_CHANNEL = (
    "Nobody sees who presses what. Only the spread is shown, from five answers on, in a group of seven or more; "
    "four who pool theirs can know the fifth's."
)
STOP = "At least half of our leaders say weed. Anyone can pause or end the group: More, Look after the group."
WEEDED_OUT = "At least half of your leaders would weed Between out. You can let it rest, or end it for the group."
"""To whoever looks after the rhythm, once a digest has shown that."""


def pulse_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To one leader; `matter` says until when, in their own zone."""
    until = say_until(snapshot, matter.until, matter.person_id)
    return f"{ASKED[WORKING.reference]} Two taps, until {until}. Nobody sees who answers."


def door(group_id: str, round: str) -> list[Block]:
    """To answer it, or to change an answer, wherever it was put."""
    value = action_payload.write(ActionPayload(group=group_id, subject=round))
    return [blocks.section(f"*Pulse:* {_lowered(ASKED[WORKING.reference])}", blocks.button("Choose", OPEN, value))]


def pulse_sheet(snapshot: GroupSnapshot, round: Round, own: str, aimed: ActionPayload) -> View:
    """To the reader alone: a press answers, and another press changes it. `own`: the code of their choice."""
    words = ANSWERS[WORKING.reference]
    said = [blocks.section(f"You said: *{words[own]}*. Press another to change it.")] if own in words else []
    value = action_payload.write(aimed)
    out = [blocks.row(blocks.button("Take my answer out", TAKE_OUT, value))] if own in words else []
    until = f"Open until {say_until(snapshot, round.closes_at)}. {SEEN}"
    return blocks.sheet(
        "Is it working?",
        blocks.paragraph(Bold(ASKED[WORKING.reference])),
        *said,
        blocks.row(*_choices(WORKING, CHOOSE, aimed, own)),
        *out,
        blocks.context(CALLED_OFF if called_off(round, snapshot.group) else until),
    )


def _choices(spec: QuestionSpec, action: str, aimed: ActionPayload, own: str = "") -> list[Button]:
    """A button for each answer to a question that is answered by choice. No log holds an action's id beyond its
    dot."""
    return [
        blocks.button(
            ANSWERS[spec.reference][code],
            f"{action}.{code}",
            action_payload.write(replace(aimed, state=code)),
            style="primary" if code == own else None,
        )
        for code in spec.choices
    ]


def pulse_part(digest: Digest) -> list[Block]:
    """How the answers were spread, with no number of any sort; and where half would do without the bot, the way
    out."""
    parts = [
        blocks.paragraph(Bold(HEADS.get(line.question, "")), *(f"\n{words}" for words in spread_lines(line)))
        for line in digest.pulses
    ]
    return [*parts, *([blocks.section(STOP)] if any(line.stop for line in digest.pulses) else [])]


def spread_lines(line: PulseLine) -> list[str]:
    """*Most: in parts.*, in the order of the question's choices."""
    words = ANSWERS.get(line.question, {})
    return [f"{BANDS[one.band]}: {_lowered(words[one.choice])}." for one in line.spread if one.choice in words]


def _lowered(words: str) -> str:
    """After a colon: all but its first letter as it was, since *I* stays *I*."""
    return f"{words[:1].lower()}{words[1:]}"


def in_a_sentence(line: PulseLine) -> str:
    """For notifications and screen readers."""
    stop = f" {STOP}" if line.stop else ""
    return f"{HEADS.get(line.question, '')} {' '.join(spread_lines(line))}{stop}"


def bot_part(digest: Digest) -> list[Block]:
    """Where the digest asks what leaders think of the bot: a press is all."""
    if not digest.asks_of_bot:
        return []
    aimed = ActionPayload(group=digest.group_id, round=digest.round)
    return [
        blocks.paragraph(Bold(ASKED[OF_THE_BOT.reference])),
        blocks.row(*_choices(OF_THE_BOT, OF_BOT, aimed)),
        blocks.context(SEEN_IN_CHANNEL),
    ]
