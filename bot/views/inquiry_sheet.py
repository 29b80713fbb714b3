"""All questions on one sheet: the one that is open, those that wait, and those that had their day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.groups import ended
from bot.domain.inquiry import Inquiry, standing
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import say_dated, say_day_of, say_time
from bot.views.inquiry import ANSWER, LONGEST_QUESTION, READ, TAKE_BACK, TAKE_BACK_OPEN
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
        parts += _waiting(snapshot, waiting[:MOST_IN_SHEET], viewer)
    if past:
        parts.append(blocks.section("*Answered together*"))
        parts += _past(snapshot, past[:MOST_IN_SHEET], now)
    if not parts:
        parts.append(blocks.section("Nobody has put a question to all yet."))
    resting = [] if ended(snapshot.group, now) else [blocks.row(menu.inquire_button(snapshot.group.id))]
    return blocks.sheet("Questions to all", *parts, *resting)


def _open(snapshot: GroupSnapshot, one: Inquiry, viewer: str, now: datetime) -> Iterable[Block]:
    assert one.closes_at is not None
    zone = snapshot.group.zone
    words = f"{called(snapshot, one.by)} asks: {one_line(one.question, LONGEST_QUESTION)}"
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    until = f"{say_dated(one.closes_at, zone)}, {say_time(one.closes_at, zone)}"
    yield blocks.paragraph(f"{words}\nOpen until {until}.")
    buttons = [blocks.button("Answer", ANSWER, value)] if one.open(now) else []
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


def _waiting(snapshot: GroupSnapshot, some: Iterable[Inquiry], viewer: str) -> Iterable[Block]:
    for one in some:
        words = f"{called(snapshot, one.by)} asks: {one_line(one.question, LONGEST_QUESTION)}"
        value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
        back = blocks.button("Take it back", f"{TAKE_BACK}:{one.id}", value)
        yield blocks.line(words, back) if one.by == viewer else blocks.paragraph(words)


def _past(snapshot: GroupSnapshot, some: Iterable[Inquiry], now: datetime) -> Iterable[Block]:
    for one in some:
        assert one.closed_at is not None
        day = say_day_of(one.closed_at, snapshot.group.zone, now)
        words = f"{one_line(one.question, LONGEST_QUESTION)} ({day})"
        value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
        read = blocks.button("Read the answers", f"{READ}:{one.id}", value)
        yield blocks.line(words, read) if standing(one) else blocks.paragraph(f"{words}: nothing was shown.")
