"""*Why this?*: what somebody was sent unasked, by which rule, and what waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.outbox import Kind
from bot.domain.snapshot import GroupSnapshot
from bot.domain.why import Explained, Written
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import blocks, menu
from bot.views.dates import say_day
from bot.views.matters import matter_line
from bot.views.words import one_line

RULES: Mapping[Kind, str] = {
    Kind.CHECK_IN: "a check-in, since the group meets soon",
    Kind.QUIET: "one question in place of a check-in, after two rounds without a word",
    Kind.LETTER: "a letter, since it could not wait for your next check-in",
    Kind.NUDGE: "a reminder, once, before answers closed",
    Kind.HOLIDAY: "a question on a meeting on a public holiday, since you look after the group",
    Kind.ABSENCE: "a question whether you leave the group too, since you are no longer in its channel",
    Kind.TROUBLE: "word that I can't post in the group's channel",
    Kind.UNCONFIRMED: "word that I can't tell whether a message of mine is in the channel",
    Kind.UNINSTALLED: "word that your workspace has removed me, and what still works",
    Kind.INSTALLER: "word that whoever installed me is leaving, since you look after the group",
}
"""Every kind that counts in a leader's week, or did by the rules of another release."""

OTHERWISE = "a message"
"""What counted by the rules of another release."""

PROMISE = (
    "At most two a week over all your groups, in your hours; check-ins first, then letters, then reminders. What "
    "answers something you did comes at once and doesn't count; nor does word that your workspace has removed me."
)
MOST = 12


def why(snapshot: GroupSnapshot, explained: Explained, today: date) -> View:
    """To the leader it is about: four weeks of all their groups, by week; then what waits, twelve
    matters at most."""
    parts: list[Block] = [blocks.section(PROMISE)]
    for week in dict.fromkeys(one.week for one in explained.written):
        year, number = week.split("-W")
        monday = date.fromisocalendar(int(year), int(number), 1)
        lines = [_line(one) for one in explained.written if one.week == week]
        parts.append(blocks.paragraph("\n".join([f"Week of {say_day(monday, today)}", *lines])))
    if not explained.written:
        parts.append(blocks.section("In the last four weeks: nothing."))
    waits = [_line(one) for one in explained.held_back]
    waits += [matter_line(snapshot, one) for one in explained.waiting[:MOST]]
    parts.append(blocks.section("*What waits*" if waits else "*What waits*\nNothing."))
    parts += [blocks.paragraph(one_line(line, 600)) for line in waits]
    if explained.waiting:
        parts.append(blocks.row(menu.for_you_button(snapshot.group.id)))
    return blocks.sheet("Why this?", *parts)


def _line(one: Written) -> str:
    return f"{one.group or 'A group you left'}: {RULES.get(one.kind, OTHERWISE)}."
