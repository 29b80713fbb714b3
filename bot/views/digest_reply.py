"""A reply in the digest's thread: one organisation's words in full, for others to answer under."""

from __future__ import annotations

from bot.domain.digest import Digest, PlateLine
from bot.domain.posted import of_reply
from bot.ports import Message
from bot.ports.blocks import Block
from bot.views import action_payload, blocks
from bot.views.action_payload import ActionPayload
from bot.views.digest import WHOLE, lanes_of, told
from bot.views.digest_pages import page_of
from bot.views.words import contained, cut, escape, one_line

MOST_LETTERS = 9_000
"""Of what somebody said; names, labels and the button stay inside `blocks.MOST_IN_BLOCKS` with it."""
MOST_ANSWERS = 40
LEAST_LETTERS = 200
"""An answer that has room for fewer is left out."""


def reply_message(digest: Digest, number: int) -> Message:
    """Every word that a message holds, and a button that shows the rest; or that all of it was pulled back."""
    reply = digest.replies[number]
    lines = of_reply(digest, reply)
    named = one_line(reply.organisation, 80)
    if not lines:
        words = f"{named}: what stood here was pulled back." if named else "What stood here was pulled back."
        return blocks.message(escape(words), blocks.paragraph(words))
    parts, whole = _answers(digest, lines)
    if not whole:
        here = ActionPayload(group=digest.group_id, round=digest.round, page=page_of(digest, lines[0]))
        parts.append(
            blocks.row(blocks.button("Read all of it", f"{WHOLE}:{here.page}", action_payload.write(here)))
        )
    if reply.posted and reply.corrections:
        parts.append(blocks.context("Corrected."))
    said = [f"{one_line(line.name, 80)}: {' / '.join(map(contained, lanes_of(line).values()))}" for line in lines]
    plain = " ".join([f"{named}." if named else "", "\n".join(said)]).strip()
    return blocks.message(escape(plain), *parts)


def _answers(digest: Digest, lines: list[PlateLine]) -> tuple[list[Block], bool]:
    """As many answers as fit, the last one cut perhaps; and whether that is all of them."""
    parts: list[Block] = []
    room, organisation = MOST_LETTERS, lines[0].organisation
    for line in lines:
        for label, text in lanes_of(line).items():
            # each answer stands under its label, which takes room too
            room -= len(line.name) + len(digest.question)
            if room < LEAST_LETTERS or len(parts) == MOST_ANSWERS:
                return parts, False
            shown = cut(text, room)
            parts.append(told(digest, organisation, [(line, {label: shown})]))
            if shown != text:
                return parts, False
            organisation, room = "", room - len(text)
    return parts, True
