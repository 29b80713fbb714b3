"""App Home: a leader's groups, what they shared, what they tend. A convenience; every button is elsewhere too."""

from __future__ import annotations

from datetime import datetime

from bot.domain.commitments import Commitment
from bot.domain.hours import say_day, say_time, wall
from bot.domain.people import Person
from bot.domain.plate import Answer, Audience
from bot.domain.snapshot import Corner
from bot.ports import View
from bot.views import action_payload as aim
from bot.views import blocks, menu
from bot.views.action_payload import Aim
from bot.views.commitments import PROGRESS
from bot.views.menu import about_blocks
from bot.views.words import count, cut, one_line

MOST_GROUPS = 5
MOST_TENDED = 5
MOST_OF_AN_ANSWER = 600
"""So that five groups with long answers stay inside Slack's hundred blocks and 250,000 bytes."""


def home(person: Person | None, corners: list[Corner], now: datetime) -> View:
    """For anybody who opens it: only what that viewer may see."""
    if person is None or not corners:
        return blocks.home(
            blocks.header("Between"),
            *about_blocks(),
            blocks.section("*To begin:* press Join under my message in your group's channel."),
        )
    parts = [*_away(person, now)]
    for corner in corners[:MOST_GROUPS]:
        parts += _corner(corner, now)
    more = len(corners) - MOST_GROUPS
    if more > 0:
        parts.append(blocks.context(f"And {count(more, 'group')} more: press More in their channels."))
    return blocks.home(*parts)


def _away(person: Person, now: datetime) -> list[blocks.Block]:
    today = wall(now, person.zone).date()
    if person.away_until is None or person.away_until <= today:
        return []
    back = blocks.button("I'm back", menu.BACK, aim.write(Aim(person=person.id)))
    return [blocks.section(f"You're away until {say_day(person.away_until, today)}.", back)]


def _corner(corner: Corner, now: datetime) -> list[blocks.Block]:
    group = corner.circle.group
    unsent = [blocks.context("Your check-in may not have reached you. Share my plate does the same.")]
    return [
        blocks.header(group.name),
        blocks.context(_next(corner, now)),
        *(unsent if corner.unsent else []),
        blocks.row(
            menu.share_button(group.id, primary=True),
            menu.commit_button(group.id),
            menu.digest_button(group.id),
            menu.settings_button(group.id),
            menu.more_button(group.id),
        ),
        blocks.section("*On your plate this round*"),
        *_plate(corner),
        blocks.section("*What you tend*"),
        *_tended(corner),
        blocks.divider(),
    ]


def _next(corner: Corner, now: datetime) -> str:
    if corner.next_meeting is None:
        return "No meeting planned."
    zone = corner.circle.group.zone
    day = say_day(wall(corner.next_meeting, zone).date(), wall(now, zone).date())
    return f"Next meeting: {day} at {say_time(corner.next_meeting, zone)}"


def _plate(corner: Corner) -> list[blocks.Block]:
    if corner.plate is None:
        return [blocks.context("Nothing shared yet. No need, if the week's full.")]
    told = [
        (f"For {corner.circle.leaders[corner.plate.person_id].organisation}", corner.plate.organisation),
        ("For me", corner.plate.me),
        (corner.round.question if corner.round else "The question", corner.plate.question),
    ]
    return [block for label, answer in told if answer for block in _answer(label, answer)]


def _answer(label: str, answer: Answer) -> list[blocks.Block]:
    seen = "everyone in the group sees this" if answer.audience is Audience.GROUP else "just you"
    shown = cut(answer.text, MOST_OF_AN_ANSWER)
    whole = "" if shown == answer.text else ". Share my plate has all of it"
    return [blocks.aside(f"{one_line(label, 200)} ({seen}{whole})"), blocks.quote(shown)]


def _tended(corner: Corner) -> list[blocks.Block]:
    if not corner.tended:
        return [blocks.context("Nothing yet. Anything you said you'd do? One line is fine.")]
    shown = corner.tended[:MOST_TENDED]
    left = len(corner.tended) - len(shown)
    rows = [_tends(corner, commitment) for commitment in shown]
    return rows + ([blocks.context(f"And {left} more, under More.")] if left else [])


def _tends(corner: Corner, commitment: Commitment) -> blocks.Block:
    value = aim.write(Aim(group=corner.circle.group.id, subject=commitment.id))
    say = blocks.button("Say how it's going", f"{PROGRESS}:{commitment.id}", value)
    return blocks.line(f"{one_line(commitment.what, 300)}\n{commitment.state.value.capitalize()}", say)
