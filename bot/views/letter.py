"""A letter: what can't wait for somebody's next check-in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.domain.hours import to_local
from bot.domain.matters import Matter
from bot.domain.people import Person
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.ports.blocks import Block
from bot.views import blocks, menu
from bot.views.matters import matter_blocks, matter_line
from bot.views.words import ELLIPSIS, cut_markup, escape, greeting, one_line

MOST_IN_A_PROMPT = 200
"""Characters of a notification."""

_HALF_A_TIME = re.compile(rf",? \d\d:\d\d{ELLIPSIS}$")
"""An hour whose zone was cut off: it goes with it."""


def letter(snapshot: GroupSnapshot, person: Person, matters: Sequence[Matter], now: datetime) -> Message:
    """Names its group. A notification says the first of it."""
    opening = f"{one_line(snapshot.group.name, 100)}. {greeting(to_local(now, person.zone).hour)} {person.name}."
    lines = [matter_line(snapshot, matter) for matter in matters]
    parts: list[Block] = [blocks.paragraph(opening)]
    for matter in matters:
        parts += matter_blocks(snapshot, matter)
    parts.append(blocks.row(menu.more_button(snapshot.group.id)))
    told = cut_markup(escape(" ".join([opening, *lines])), MOST_IN_A_PROMPT)
    return blocks.message(_HALF_A_TIME.sub(ELLIPSIS, told), *parts)


def answered(snapshot: GroupSnapshot, said: str) -> Message:
    """What stands in its place when nothing in it is left to answer."""
    words = f"{one_line(snapshot.group.name, 100)}. {said}"
    return blocks.message(escape(words), blocks.paragraph(words), blocks.row(menu.more_button(snapshot.group.id)))
