"""All questions on one sheet: the one that is open, those that wait, and those that had their day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.groups import ended
from bot.domain.inquiry import Inquiry, standing
from bot.domain.open_until import waits_until
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import say_dated_time, say_day_of
from bot.views.inquiry import ANSWER, LONGEST_QUESTION, READ, TAKE_BACK, TAKE_BACK_OPEN
from bot.views.put_to_all import LISTED_UNSHOWN, NOTHING_SHOWN, say_waits
from bot.views.words import called, one_line

MOST_IN_SHEET = 30


def questions_sheet(snapshot: GroupSnapshot, viewer: str, now: datetime) -> View:
    """The one that is open, those that wait, and those that had their day, the newest first."""
    every = sorted(snapshot.inquiries.values(), key=lambda one: (one.at, one.id))
    open_now = [one for one in every if one.under_way]
    waiting = [one for one in every if one.waits and one.by in snapshot.active()]
    past = [one for one in every if one.closed_at and not one.taken_back_at]
    past.sort(key=lambda one: (one.closed_at or now, one.id), reverse=True)
    parts: list[Block] = []
    for one in open_now:
        parts += _open(snapshot, one, viewer, now)
    if waiting:
        parts.append(blocks.section("*Waiting their turn*"))
    for one in waiting[:MOST_IN_SHEET]:
        words = f"{called(snapshot, one.by)} asks: {one_line(one.question, LONGEST_QUESTION)}"
        value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
        back = blocks.button("Take it back", f"{TAKE_BACK}:{one.id}", value)
        parts.append(blocks.line(words, back) if one.by == viewer else blocks.paragraph(words))
    if past:
        parts.append(blocks.section("*Answered together*"))
    for one in past[:MOST_IN_SHEET]:
        day = say_day_of(one.closed_at or now, snapshot.group.zone, now)
        words = f"{one_line(one.question, LONGEST_QUESTION)} ({day})"
        value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
        read = blocks.button("Read the answers", f"{READ}:{one.id}", value)
        nothing = LISTED_UNSHOWN if one.unshown else NOTHING_SHOWN
        parts.append(blocks.line(words, read) if standing(one) else blocks.paragraph(f"{words}: {nothing}"))
    if not parts:
        parts.append(blocks.section("Nobody has put a question to all yet."))
    resting = [] if ended(snapshot.group, now) else [blocks.row(menu.inquire_button(snapshot.group.id))]
    return blocks.sheet("Questions to all", *parts, *resting)


def _open(snapshot: GroupSnapshot, one: Inquiry, viewer: str, now: datetime) -> Iterable[Block]:
    assert one.closes_at is not None
    words = f"{called(snapshot, one.by)} asks: {one_line(one.question, LONGEST_QUESTION)}"
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    until, buttons, when = waits_until(one, snapshot.group, now), [], "Its day has come."
    if one.open(now):
        when = f"Open until {say_dated_time(one.closes_at, snapshot.group.zone)}."
        buttons = [blocks.button("Answer", ANSWER, value)]
    elif until:
        when = say_waits(snapshot.group, until, posted=one.posted is not None)
        buttons = [blocks.button("My answer", ANSWER, value)]
    yield blocks.paragraph(f"{words}\n{when}")
    if one.by == viewer:
        sure = blocks.confirm(
            "Take this question back?",
            "Its post then says that you did. Every answer so far is deleted unread.",
            "Take it back",
            "Keep it",
        )
        buttons.append(blocks.button("Take it back", f"{TAKE_BACK_OPEN}:{one.id}", value, confirm=sure))
    if buttons:
        yield blocks.row(*buttons)
