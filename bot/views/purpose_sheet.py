"""What we are here for: as it stands, what is under way, and all wordings with their dates."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import ended
from bot.domain.purpose import CHANGE_LAPSES, PUT_FOR, AskedChange, Wording, open_changes, who_can_live
from bot.domain.put_to_all import rests_until
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.paging import paged, turns, weight
from bot.views.purpose import (
    CAN,
    CAN_LIVE,
    CHANGE,
    SAID_CHANGE,
    WOULD_CHANGE,
    as_blocks,
    date_of,
    how_it_ended,
    in_lines,
    say_rests,
)
from bot.views.put_to_all import when_it_goes
from bot.views.words import called, one_line

WITHDRAW = "purpose_withdraw"
TAKE_BACK = "purpose_take_back"
PAGE = "purpose_page"

PER_PAGE = 8
MOST_ASKED = 15

NOBODY_YET = (
    "Nobody has said yet what we are here for. A sentence will do, and up to five aims; anybody can draft it, and "
    "it is put to all."
)


def purpose_sheet(snapshot: GroupSnapshot, now: datetime, page: int = 0) -> View:
    """To one leader: what they said of the words under way, and of the others only what they would change."""
    purpose, over = snapshot.purpose, ended(snapshot.group, now)
    standing, current = purpose.standing, purpose.under_way
    past = [one for one in reversed(purpose.wordings) if not one.under_way and one is not standing]
    pages = paged(past, lambda one: weight(*one.texts), PER_PAGE)
    page = max(0, min(page, len(pages) - 1))
    parts: list[Block] = []
    if standing and standing.stood_at:
        parts += [blocks.section("*Now*"), *as_blocks(standing)]
        parts.append(blocks.aside(f"It has stood since {date_of(snapshot, standing.stood_at)}."))
    elif current is None:
        parts.append(blocks.section(NOBODY_YET))
    if current:
        parts += _under_way(snapshot, current, now)
    parts.append(blocks.row(*_doors(snapshot, over=over)))
    if past:
        parts += [blocks.divider(), blocks.section("*Then*")]
        parts += [_past(snapshot, one) for one in pages[page]]
    here = ActionPayload(group=snapshot.group.id, page=page)
    return blocks.sheet("What we are here for", *parts, *turns(PAGE, here, len(pages)))


def said_sheet(snapshot: GroupSnapshot) -> View:
    """What somebody would change is kept."""
    door = blocks.row(menu.purpose_button(snapshot.group.id))
    return blocks.sheet("I would change this", blocks.section(SAID_CHANGE), door)


def drafted_sheet(snapshot: GroupSnapshot, one: Wording, now: datetime) -> View:
    """In place of the form: it is kept, and when it goes into the channel, which may be on another day."""
    where = when_it_goes(snapshot.group, one.opens_at, date_of(snapshot, one.opens_at), now)
    door = blocks.row(menu.purpose_button(snapshot.group.id))
    return blocks.sheet("Put to all", blocks.section(f"Kept. {where}"), door)


def _doors(snapshot: GroupSnapshot, *, over: bool) -> list[Button]:
    """A draft of somebody else's is theirs to reword; until that is settled nobody begins another."""
    purpose, group = snapshot.purpose, snapshot.group.id
    current = purpose.under_way
    author = snapshot.leaders.get(current.by) if current else None
    if over or (current and current.by != snapshot.viewer and author and author.in_group):
        return [menu.sight_button(group)]
    text = "Suggest other words" if purpose.standing or current else "Draft a purpose"
    return [menu.draft_button(group, text), menu.sight_button(group)]


def _under_way(snapshot: GroupSnapshot, one: Wording, now: datetime) -> list[Block]:
    viewer = snapshot.viewer
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    title = "Other words" if snapshot.purpose.standing else "A draft"
    parts: list[Block] = [
        blocks.paragraph(Bold(f"{title} by {called(snapshot, one.by)}, under way")),
        *as_blocks(one),
        blocks.aside(_when(snapshot, one, now)),
    ]
    kept = open_changes(one, snapshot.leaders, now)
    shown = [each for each in one.asked if each.withdrawn_at is None]
    parts += [_asked(snapshot, each, value, lapsed=each not in kept) for each in shown[:MOST_ASKED]]
    if len(shown) > MOST_ASKED:
        parts.append(blocks.context(f"And {len(shown) - MOST_ASKED} more, in the thread."))
    if ended(snapshot.group, now):
        return parts
    can = viewer in who_can_live(one, snapshot.leaders)
    if can:
        parts.append(blocks.context("You can live with it. Only you are shown that."))
    press = [] if can else [blocks.button(CAN, CAN_LIVE, value, style="primary")]
    if viewer == one.by:
        sure = blocks.confirm(
            "Take it back?", "It comes to stand no more. Its words are kept.", "Take back", "Keep"
        )
        press.append(blocks.button("Take it back", TAKE_BACK, value, confirm=sure))
    else:
        press.append(blocks.button(WOULD_CHANGE, CHANGE, value))
    return [*parts, blocks.row(*press)]


def _when(snapshot: GroupSnapshot, one: Wording, now: datetime) -> str:
    """What it waits for, in days; never for whom."""
    if ended(snapshot.group, now):
        return "The group has ended, so it comes to stand no more."
    if until := rests_until(snapshot.group, now):
        return say_rests(snapshot, one, until)
    if now < one.opens_at:
        return f"It is put to all on {date_of(snapshot, one.opens_at)} at the earliest."
    if one.post.posted is None:
        return "It is put to all on the next working day that has no post in the channel yet."
    lapses = [each.at + CHANGE_LAPSES for each in open_changes(one, snapshot.leaders, now)]
    week = one.opens_at + PUT_FOR
    if not lapses and week <= now:
        return "It stands as soon as enough of us can live with it: half, three at the least, of two organisations."
    start = f" from {date_of(snapshot, week)}" if now < week else ""
    once = (
        f" once no change is open (each lapses, the last on {date_of(snapshot, max(lapses))})," if lapses else ","
    )
    return f"It can stand{start}{once} if enough of us can live with it."


def _asked(snapshot: GroupSnapshot, asked: AskedChange, value: str, *, lapsed: bool) -> Block:
    gone = " (lapsed: it may stand all the same)" if lapsed else ""
    words = f"{called(snapshot, asked.by)} would change: {one_line(asked.text, 600)}{gone}"
    if asked.by != snapshot.viewer:
        return blocks.paragraph(words)
    return blocks.line(words, blocks.button("Withdraw it", WITHDRAW, value))


def _past(snapshot: GroupSnapshot, one: Wording) -> Block:
    """One wording, from when to when it stood; or how it ended."""
    every = snapshot.purpose.wordings
    after = next(
        (each.stood_at for each in every if each.stood_at and one.stood_at and each.stood_at > one.stood_at), None
    )
    if one.stood_at and after:
        about = f"From {date_of(snapshot, one.stood_at)} to {date_of(snapshot, after)}:"
    else:
        about = f"{called(snapshot, one.by)} drafted on {date_of(snapshot, one.at)}:"
    tail = [] if one.stood_at else [how_it_ended(snapshot, one)]
    return blocks.paragraph(Bold(about), *(f"\n{line}" for line in [*in_lines(one), *tail]))
