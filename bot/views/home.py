"""App Home: a leader's groups, what they shared, what they tend. A convenience; every button is elsewhere too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.absence import present
from bot.domain.commitments import Commitment, State
from bot.domain.groups import Group, ended, paused
from bot.domain.home import HomeSection, open_commitments
from bot.domain.hours import to_local
from bot.domain.people import Person
from bot.domain.plate import Audience
from bot.domain.stuck import stuck_by, stuck_since
from bot.domain.tending import held_by_nobody
from bot.domain.trouble import told_too_late
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.about import about_blocks
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.commitments import PROGRESS, named
from bot.views.convening import paused_words
from bot.views.dates import say_day, say_day_of, say_time, say_whole_day
from bot.views.installation import installer_kept
from bot.views.line_of_sight import own_sight
from bot.views.matters import matter_blocks
from bot.views.panel import ASKS_FOR_SOMEBODY
from bot.views.plate import question_words
from bot.views.roster import size
from bot.views.trouble import why
from bot.views.words import called, count, cut, listed_within, name_alone, one_line

MOST_GROUPS = 8
MOST_TENDED = 5
MOST_OPEN = 5
MOST_MATTERS = 2
MOST_OF_AN_ANSWER, MOST_AMONG_MANY, MANY = 600, 200, 5
"""Characters; the second in `MANY` groups and more. So that eight groups with long answers stay inside Slack's
hundred blocks and 250,000 bytes."""

SIGHT, SIGHT_AMONG_MANY = (5, 100), (2, 50)
"""Lines of sight, and characters of each part of one."""

MOST_OF_NAMES = 80
MOST_BLOCKS, AROUND = 100, 2
"""`AROUND` the groups: that they are away, and how many groups more."""


def home(
    person: Person | None, home_sections: list[HomeSection], now: datetime, installed: Sequence[str] = ()
) -> View:
    """For anybody who opens it: only what that viewer may see. `installed`: the workspaces in which somebody
    installed us of whom we know nothing else."""
    if person is None or not home_sections:
        return blocks.home(
            blocks.header("Between"),
            *about_blocks(),
            blocks.section("*To begin:* press Join under my message in your group's channel."),
            *(menu.still_kept() if person else installer_kept(installed) if installed else ()),
        )
    parts = []
    today = to_local(now, person.zone).date()
    if person.away_until and person.away_until > today:
        back = blocks.button("I'm back", menu.BACK, action_payload.write(ActionPayload(person=person.id)))
        parts.append(blocks.section(f"You're away until {say_day(person.away_until, today)}.", back))
    shown = home_sections[:MOST_GROUPS]
    for section in shown:
        parts += _home_section(section, person, now, len(shown))
    more = len(home_sections) - MOST_GROUPS
    if more > 0:
        parts.append(blocks.context(f"And {count(more, 'group')} more: press More in their channels."))
    return blocks.home(*parts)


def _home_section(section: HomeSection, person: Person, now: datetime, groups: int) -> list[Block]:
    """One of so many groups: what must be there, and of the rest as much as has room."""
    group = section.snapshot.group
    if section.absent:
        return _absent(group)
    reason = why(group, now)
    first = [
        blocks.header(group.name),
        blocks.line("\n".join(_about(section, now)), menu.people_button(group.id)),
        *_check_in(section),
    ]
    then = [
        *([blocks.context(reason)] if reason and not told_too_late(group, person) else []),
        *([blocks.row(*menu.look_first(group))] if menu.look_first(group) else []),
        *([] if group.convenor else [blocks.section(ASKS_FOR_SOMEBODY, menu.take_on_button(group.id))]),
        blocks.row(
            *([] if ended(group, now) else [menu.share_button(group.id, primary=True)]),
            menu.commit_button(group.id),
            menu.digest_button(group.id),
            menu.settings_button(group.id),
            menu.more_button(group.id),
        ),
        _plate(section, MOST_OF_AN_ANSWER if groups < MANY else MOST_AMONG_MANY),
    ]
    room = (MOST_BLOCKS - AROUND) // groups - len(first) - len(then) - 1  # the divider
    for_you = _for_you(section, room - 1)
    held = _held(section, now, room - len(for_you), groups)
    return [*first, *for_you, *then, *held, blocks.divider()]


def _about(section: HomeSection, now: datetime) -> list[str]:
    """When it meets, who is in it, and when it last had a digest."""
    group, over = section.snapshot.group, ended(section.snapshot.group, now)
    today = to_local(now, group.zone).date()
    told = [] if over else [_next(section, now)]
    if group.ends_on and over:
        told.append(f"The group ended on {say_whole_day(group.ends_on, today)}.")
    elif group.ends_on:
        told.append(f"It ends on {say_whole_day(group.ends_on, today)}: I ask nobody from then on.")
    elif group.paused_until and paused(group, now):
        told.append(paused_words(group.paused_until, today))
    told.append(size(section.snapshot))
    posted = [one.composed_at for one in section.snapshot.digests.values() if one.posted]
    return [*told, f"Last digest: {say_day_of(max(posted), group.zone, now)}"] if posted else told


def _check_in(section: HomeSection) -> list[Block]:
    """Why it may not have come, and that it can be answered without."""
    if section.unsent:
        return [blocks.context("Your check-in may not have reached you. Answer does the same.")]
    if section.waiting:
        why = "Your check-in waits its turn, since I write at most twice a week. Answer does the same."
        return [blocks.context(why)]
    return []


def _for_you(section: HomeSection, room: int) -> list[Block]:
    """What wants their attention, the first few; never a message only, so that nothing waits unseen."""
    more = menu.for_you_button(section.snapshot.group.id)
    # one matter fewer each time, until it fits
    for most in range(MOST_MATTERS, 0, -1):
        shown, left = section.matters[:most], section.matters[most:]
        parts = [blocks.section("*For you*")] if shown else []
        for matter in shown:
            parts += matter_blocks(section.snapshot, matter)
        parts += [blocks.section(f"And {len(left)} more.", more)] if left else []
        if len(parts) <= room:
            return parts
    return [blocks.section(f"*For you:* {count(len(section.matters), 'thing')}.", more)]


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
    """On their own clock too, where it shows another time than the group's."""
    moment, zone = section.next_meeting, section.snapshot.group.zone
    if moment is None:
        return "No meeting planned."
    said = f"Next meeting: {say_day_of(moment, zone, now)} at {say_time(moment, zone)}"
    viewer = section.snapshot.people.get(section.snapshot.viewer)
    if viewer is None:
        return said
    here, there = to_local(moment, viewer.zone), to_local(moment, zone)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return said
    day = "" if here.date() == there.date() else f"{say_day_of(moment, viewer.zone, now)} at "
    return f"{said} ({day}{say_time(moment, viewer.zone)} for you)"


def _plate(section: HomeSection, most: int) -> Block:
    """Each answer under who sees it, cut to `most` characters."""
    parts = [blocks.spoken(Bold("On your plate this round"))]
    if section.as_before and not section.tapped:
        parts.append(blocks.spoken("As last time: you said there's nothing new."))
        if section.plate is None:
            return blocks.rich(*parts)
    elif section.as_before and section.plate:
        parts.append(blocks.spoken("As last time."))
    if section.plate is None:
        return blocks.rich(*parts, blocks.spoken("Nothing shared yet. No need, if the week's full."))
    # what the plate's own round asked: words of an earlier one answer that one's question
    asked = section.snapshot.rounds.get(section.plate.round)
    told = [
        (
            f"For {section.snapshot.leaders[section.plate.person_id].organisation or 'my organisation'}",
            section.plate.organisation,
        ),
        ("For me", section.plate.me),
        ((question_words(asked.question) if asked else "") or "The question", section.plate.question),
    ]
    for label, answer in told:
        if answer:
            seen = "everyone in the group sees this" if answer.audience is Audience.GROUP else "just you"
            shown = cut(answer.text, most)
            whole = "" if shown == answer.text else ". Answer has all of it"
            parts += [blocks.spoken(f"{one_line(label, 120)} ({seen}{whole})"), blocks.quoted(shown)]
    return blocks.rich(*parts)


def _held(section: HomeSection, now: datetime, room: int, groups: int) -> list[Block]:
    """What they tend, each with how it goes a press away as far as there is room; and what else the group holds,
    with who offered to help. The latter is one block, for which there is always room."""
    everything = open_commitments(section.snapshot)
    if not everything:
        return [blocks.context("Nothing held yet. Anything you said you'd do? One line is fine.")]
    sight = own_sight(section.snapshot, section.tended, *(SIGHT if groups < MANY else SIGHT_AMONG_MANY))
    # room for the heading, and for the block of what else the group holds
    own = section.tended[: max(0, min(MOST_TENDED, room - 2 - len(sight)))]
    parts = [blocks.section("*What you tend*")] if own else []
    for one in own:
        value = action_payload.write(ActionPayload(group=section.snapshot.group.id, subject=one.id))
        say = blocks.button("Say how it's going", f"{PROGRESS}:{one.id}", value)
        parts.append(blocks.line(f"{one_line(one.what, 160)}\n{_standing(section, one, now)}", say))
    parts += sight
    if others := [one for one in everything if one not in own]:
        lines = [f"\n• {one_line(one.what, 100)}\n   {_standing(section, one, now)}" for one in others[:MOST_OPEN]]
        left = len(others) - len(lines)
        more = [f"\nAnd {left} more, under More."] if left else []
        parts.append(blocks.paragraph(Bold("What the group holds"), *lines, *more))
    return parts


def _standing(section: HomeSection, one: Commitment, now: datetime) -> str:
    """How it goes, who else tends it, and who offered to help."""
    snapshot = section.snapshot
    here = present(snapshot.leaders)
    tend = [name_alone(called(snapshot, id_)) for id_ in one.tenders if id_ in here and id_ != snapshot.viewer]
    stuck = stuck_by(one, here)
    since = stuck_since(one, stuck[0]) if stuck else None
    state = State.STUCK if stuck else one.state
    how = f"{named(state)}, since {say_day_of(since, snapshot.group.zone, now)}" if since else named(state)
    helps = [name_alone(called(snapshot, id_)) for id_ in one.helpers if id_ in here]
    names = listed_within(tend, MOST_OF_NAMES)
    who = [f"With {names}" if snapshot.viewer in one.tenders else names]
    unheld = ["Held by nobody"] if held_by_nobody(one, here) and not tend else []
    can_help = [f"{listed_within(helps, MOST_OF_NAMES)} can help"] if helps else []
    return ". ".join([how, *unheld, *(who if tend else []), *can_help]) + "."
