"""App Home: a leader's groups, what they shared, what they tend. A convenience; every button is elsewhere too."""

from __future__ import annotations

from datetime import datetime

from bot.domain.commitments import Commitment
from bot.domain.groups import Group
from bot.domain.home import HomeSection
from bot.domain.hours import to_local
from bot.domain.people import Person
from bot.domain.plate import Audience
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.commitments import PROGRESS, named
from bot.views.dates import say_day, say_time
from bot.views.groups import ASKS_FOR_SOMEBODY
from bot.views.matters import matter_blocks
from bot.views.menu import about_blocks
from bot.views.plate import question_words
from bot.views.roster import size
from bot.views.trouble import why
from bot.views.words import count, cut, one_line

MOST_GROUPS = 5
MOST_TENDED = 5
MOST_MATTERS = 2
MOST_OF_AN_ANSWER = 600
"""So that five groups with long answers stay inside Slack's hundred blocks and 250,000 bytes."""


def home(person: Person | None, home_sections: list[HomeSection], now: datetime) -> View:
    """For anybody who opens it: only what that viewer may see."""
    if person is None or not home_sections:
        return blocks.home(
            blocks.header("Between"),
            *about_blocks(),
            blocks.section("*To begin:* press Join under my message in your group's channel."),
        )
    parts = [*_away(person, now)]
    for section in home_sections[:MOST_GROUPS]:
        parts += _home_section(section, now)
    more = len(home_sections) - MOST_GROUPS
    if more > 0:
        parts.append(blocks.context(f"And {count(more, 'group')} more: press More in their channels."))
    return blocks.home(*parts)


def _away(person: Person, now: datetime) -> list[Block]:
    today = to_local(now, person.zone).date()
    if person.away_until is None or person.away_until <= today:
        return []
    back = blocks.button("I'm back", menu.BACK, action_payload.write(ActionPayload(person=person.id)))
    return [blocks.section(f"You're away until {say_day(person.away_until, today)}.", back)]


def _home_section(section: HomeSection, now: datetime) -> list[Block]:
    group = section.snapshot.group
    if section.absent:
        return _absent(group)
    return [
        blocks.header(group.name),
        blocks.line(f"{_next(section, now)}\n{size(section.snapshot)}", menu.people_button(group.id)),
        *_check_in(section),
        *_for_you(section),
        *([blocks.context(why(group))] if group.trouble else []),
        *([] if group.convenor else [blocks.section(ASKS_FOR_SOMEBODY, menu.take_on_button(group.id))]),
        blocks.row(
            menu.share_button(group.id, primary=True),
            menu.commit_button(group.id),
            menu.digest_button(group.id),
            menu.settings_button(group.id),
            menu.more_button(group.id),
        ),
        blocks.section("*On your plate this round*"),
        *_plate(section),
        blocks.section("*What you tend*"),
        *_tended(section),
        blocks.divider(),
    ]


def _check_in(section: HomeSection) -> list[Block]:
    """Why it may not have come, and that it can be answered without."""
    if section.unsent:
        return [blocks.context("Your check-in may not have reached you. Share my plate does the same.")]
    if section.waiting:
        why = "Your check-in waits its turn, since I write at most twice a week. Share my plate does the same."
        return [blocks.context(why)]
    return []


def _for_you(section: HomeSection) -> list[Block]:
    """What wants their attention, the first few; never a message only, so that nothing waits unseen."""
    shown, left = section.matters[:MOST_MATTERS], section.matters[MOST_MATTERS:]
    if not shown:
        return []
    parts = [blocks.section("*For you*")]
    for matter in shown:
        parts += matter_blocks(section.snapshot, matter)
    more = menu.for_you_button(section.snapshot.group.id)
    return parts + ([blocks.section(f"And {len(left)} more.", more)] if left else [])


def _absent(group: Group) -> list[Block]:
    """Of a group whose channel they are no longer in they see its name, and how to come back or leave."""
    return [
        blocks.header(group.name),
        blocks.context(
            "You're no longer in its channel, so nothing about it reaches you. Ask somebody in it to bring you in."
        ),
        blocks.row(menu.join_button(group.id), menu.leave_button(group)),
        blocks.divider(),
    ]


def _next(section: HomeSection, now: datetime) -> str:
    if section.next_meeting is None:
        return "No meeting planned."
    zone = section.snapshot.group.zone
    day = say_day(to_local(section.next_meeting, zone).date(), to_local(now, zone).date())
    return f"Next meeting: {day} at {say_time(section.next_meeting, zone)}"


def _plate(section: HomeSection) -> list[Block]:
    if section.plate is None:
        return [blocks.context("Nothing shared yet. No need, if the week's full.")]
    told = [
        (
            f"For {section.snapshot.leaders[section.plate.person_id].organisation or 'my organisation'}",
            section.plate.organisation,
        ),
        ("For me", section.plate.me),
        (question_words(section.round.question) if section.round else "The question", section.plate.question),
    ]
    parts: list[Block] = []
    for label, answer in told:
        if answer:
            seen = "everyone in the group sees this" if answer.audience is Audience.GROUP else "just you"
            shown = cut(answer.text, MOST_OF_AN_ANSWER)
            whole = "" if shown == answer.text else ". Share my plate has all of it"
            parts += [blocks.aside(f"{one_line(label, 200)} ({seen}{whole})"), blocks.quote(shown)]
    return parts


def _tended(section: HomeSection) -> list[Block]:
    if not section.tended:
        return [blocks.context("Nothing yet. Anything you said you'd do? One line is fine.")]
    shown = section.tended[:MOST_TENDED]
    left = len(section.tended) - len(shown)
    rows = [_tends(section, commitment) for commitment in shown]
    return rows + ([blocks.context(f"And {left} more, under More.")] if left else [])


def _tends(section: HomeSection, commitment: Commitment) -> Block:
    value = action_payload.write(ActionPayload(group=section.snapshot.group.id, subject=commitment.id))
    say = blocks.button("Say how it's going", f"{PROGRESS}:{commitment.id}", value)
    return blocks.line(f"{one_line(commitment.what, 300)}\n{named(commitment.state)}", say)
