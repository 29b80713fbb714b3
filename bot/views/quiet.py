"""After two silent rounds: the one message that asks what suits. Each choice says what happens next, and when."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.checkins import lightened, next_prompt
from bot.domain.groups import ended
from bot.domain.hours import to_local
from bot.domain.people import Leader, Person
from bot.domain.rounds import Round, rounds_after
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, View
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import say_date, say_day
from bot.views.saved import ANSWER
from bot.views.words import escape

LIGHTER = "quiet_lighter"
PAUSE = "quiet_pause"
KEEP = "quiet_keep"
QUIET_SKIP = "quiet_skip"

FURTHEST = 3
"""Rounds ahead in which somebody who wants it lighter is asked at the latest."""

SAID_SILENT = "That's fine. I'll stay silent until you share something."


def quiet(snapshot: GroupSnapshot, person: Person, leader: Leader, round: Round, now: datetime) -> Message:
    """Names its group; then silence."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, round=round.name, person=person.id))
    name = snapshot.group.name
    words = f"{name}: I've not been much use lately. What suits? Press nothing, or Skip, and I'll stay silent."
    day = _next(snapshot, person, leader, round, now)
    usual = [blocks.button(_choice("Keep asking", day), KEEP, value)]
    if not leader.lighter:
        later = _next(snapshot, person, lightened(leader, round), round, now)
        later = later if later != day else None  # the same day would be no choice
        usual.append(blocks.button(_choice("Every other round", later), LIGHTER, value))
    return blocks.message(
        escape(words),
        blocks.paragraph(words),
        blocks.row(
            blocks.button("Answer", ANSWER, value, style="primary"),
            *usual,
            blocks.button("Pause until…", PAUSE, value),
            blocks.button("Skip", QUIET_SKIP, value),
        ),
        blocks.section("Or leave the group.", menu.leave_button(snapshot.group, "Take me off")),
    )


def answered(snapshot: GroupSnapshot, said: str) -> Message:
    """What stands in its place after a press: `said` names the group."""
    group = snapshot.group
    return blocks.message(
        escape(said),
        blocks.paragraph(said),
        blocks.row(menu.settings_button(group.id), menu.more_button(group.id)),
    )


def said_keep(snapshot: GroupSnapshot, person: Person, leader: Leader, round: Round | None, now: datetime) -> str:
    """As it was, or lighter, as `leader` now is: and when they are next asked."""
    day = _next(snapshot, person, leader, round, now) if round else None
    how = "Every other round, then" if leader.lighter else "As it was, then"
    if day:
        return f"{how}. I'll ask next on {say_date(day, day)}."
    later = "The group ends before I'd ask again." if snapshot.group.ends_on else "I'll ask in a later round."
    return f"{how}. {later}"


def said_paused(snapshot: GroupSnapshot, until: date, today: date) -> str:
    """This group alone, so it is named."""
    return f"Nothing about {snapshot.group.name} until {say_day(until, today)}."


def paused(snapshot: GroupSnapshot, words: str) -> View:
    """In place of the form."""
    return blocks.sheet("Paused", blocks.paragraph(words), blocks.row(menu.settings_button(snapshot.group.id)))


def _choice(what: str, day: date | None) -> str:
    return f"{what}: next on {say_date(day, day)}" if day else what


def _next(snapshot: GroupSnapshot, person: Person, leader: Leader, round: Round, now: datetime) -> date | None:
    group = snapshot.group
    moment = next_prompt(person, leader, rounds_after(group, round, now, FURTHEST), group.rhythm)
    return to_local(moment, person.zone).date() if moment and not ended(group, moment) else None
