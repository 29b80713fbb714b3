"""*Open now*: one's own asks, everyone's, and what is stuck and wants help."""

from __future__ import annotations

from datetime import datetime

from bot.domain.absence import present
from bot.domain.as_read import version_of
from bot.domain.asks import Ask
from bot.domain.commitments import Commitment
from bot.domain.exchange import open_asks, own_asks
from bot.domain.introductions import talks
from bot.domain.snapshot import GroupSnapshot
from bot.domain.stuck import stuck_by
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.asks import GOT_IT, INTRODUCE, KNOW, LONGEST, TO_EVERYONE, WITHDRAW, YES
from bot.views.commitments import HELP
from bot.views.introductions import talks_line
from bot.views.words import called, one_line

MOST_SHOWN = 12
"""Of each sort."""

HERE = ".open_now"
"""How the action of a press ends that is made in this sheet, where other sheets have the same button."""

MOST_YESES = 3
"""Under one ask of one's own; as many as are asked at a time."""


def open_now(snapshot: GroupSnapshot, viewer: str, now: datetime) -> View:
    """One's own asks, everyone's, and what is stuck and wants help."""
    group = snapshot.group.id
    parts: list[Block] = [blocks.row(menu.ask_button(group), menu.lend_button(group))]
    mine = own_asks(snapshot, viewer, now)
    others = [one for one in open_asks(snapshot, now) if one.by != viewer]
    here = present(snapshot.leaders)
    stuck = [(one, who[0]) for one in snapshot.commitments.values() if (who := stuck_by(one, here))]
    for one in mine[:MOST_SHOWN]:
        parts += _mine(snapshot, one)
    for one in others[:MOST_SHOWN]:
        parts += _others(snapshot, one, viewer)
    for commitment, by in stuck[:MOST_SHOWN]:
        parts += _stuck(snapshot, commitment, by, viewer)
    if not (mine or others or stuck):
        parts.insert(0, blocks.section("Nothing is open just now."))
    if number := talks(snapshot.introductions.values()):
        parts.append(blocks.context(talks_line(number)))
    return blocks.sheet("Open now", *parts)


def _mine(snapshot: GroupSnapshot, ask: Ask) -> list[Block]:
    how = "asked quietly" if ask.quiet else "put to everyone"
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=ask.id))
    left = [yes.by for yes in ask.yeses if yes.by in snapshot.active() and not yes.introduced]
    wider = [blocks.button("Put it to everyone", f"{TO_EVERYONE}:{ask.id}", value)] if ask.quiet else []
    parts = [
        blocks.paragraph(f"You, {how}: {one_line(ask.what, LONGEST)}"),
        blocks.row(
            *wider,
            blocks.button("Got it", f"{GOT_IT}:{ask.id}", value),
            blocks.button("Take it back", f"{WITHDRAW}:{ask.id}", value),
        ),
    ]
    # whoever may have it, whatever the asker said to that before
    for by in left[:MOST_YESES]:
        end = f"{ask.id}.{by}"
        aim = action_payload.write(ActionPayload(group=snapshot.group.id, person=ask.by, subject=end))
        button = blocks.button("Introduce us", f"{INTRODUCE}:{end}", aim)
        parts.append(blocks.line(f"{called(snapshot, by)} may have it.", button))
    return parts


def _others(snapshot: GroupSnapshot, ask: Ask, viewer: str) -> list[Block]:
    words = f"{called(snapshot, ask.by)} is after: {one_line(ask.what, LONGEST)}"
    if viewer in [yes.by for yes in ask.yeses]:
        return [blocks.paragraph(f"{words}\nYou said you can help.")]
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=ask.id))
    can_help = blocks.button("I can help", f"{YES}:{ask.id}", value)
    know = blocks.button("I know someone", f"{KNOW}:{ask.id}", value)
    return [blocks.paragraph(words), blocks.row(can_help, know)]


def _stuck(snapshot: GroupSnapshot, commitment: Commitment, by: str, viewer: str) -> list[Block]:
    words = f"{called(snapshot, by)} is stuck and wants help: {one_line(commitment.what, LONGEST)}"
    if viewer in commitment.helpers:
        return [blocks.paragraph(f"{words}\nYou said you can help.")]
    if viewer in commitment.tenders:
        return [blocks.paragraph(words)]
    aimed = ActionPayload(group=snapshot.group.id, subject=commitment.id, words=version_of(commitment.what))
    value = action_payload.write(aimed)
    button = blocks.button("I can help", f"{HELP}:{commitment.id}{HERE}", value)
    return [blocks.paragraph(words), blocks.row(button)]
