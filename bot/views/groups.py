"""A group: setting it up in a channel, its rhythm, moving a meeting, and announcing each change."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.groups import Group, GroupWords, SetUpWords
from bot.domain.hours import must_be_future, read_day, to_local
from bot.domain.nations import find_nation, nation_name
from bot.domain.people import About
from bot.domain.problems import ProblemCode, read_all
from bot.domain.rhythm import Recurrence
from bot.domain.snapshot import GroupSnapshot
from bot.domain.zones import find_zone
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import say_day, say_meetings, say_time
from bot.views.people import LONGEST_NAME, name_inputs, read_name, read_organisation, read_zone, zone_inputs
from bot.views.people import ZONE as OWN_ZONE
from bot.views.words import called, escape, one_line

SET_UP_FORM = "setup_form"
SETTINGS_FORM = "group_settings_form"
MOVE_FORM = "meeting_move_form"

GROUP_NAME = "group_name"
FIRST_MEETING = "first_meeting"
MEETS_AT = "meets_at"
EVERY = "every"
ZONE = "group_zone"
NATION = "group_nation"
CONVENOR = "convenor"
MOVED_TO = "moved_to"
MOVED_AT = "moved_at"

EVERY_CHOICES = {
    "weeks:1": "Every week",
    "weeks:2": "Every two weeks",
    "weeks:3": "Every three weeks",
    "weeks:4": "Every four weeks",
    "months:1": "Every month, on that weekday",
    "months:2": "Every two months, on that weekday",
    "months:3": "Every three months, on that weekday",
}
"""The weekday, and which of the month it is, follow from the day of the next meeting."""


def hello(channel: str) -> Message:
    """When somebody invites the bot: what it is, and one button. Nothing starts by itself."""
    words = (
        "Hello, I'm Between. I look after the time between your meetings: I ask each of you what's on your plate, "
        "and post here what you choose to share. Nobody gets a message before they join."
    )
    return blocks.message(
        words,
        blocks.section(words),
        blocks.row(
            menu.set_up_button(channel),
            menu.what_button(),
        ),
    )


def setting_up() -> Message:
    """To whoever sets a group up, alone: it also shows that the bot can speak in the channel."""
    words = "Setting up. My message with the Join button comes next."
    return blocks.message(words, blocks.section(words))


def set_up_form(channel: str, about: About, *, known: bool, next_meeting: date) -> View:
    """Filled with what is known or supposed of who sets it up. Their own zone is asked of somebody new only: of who
    is `known` it stays as it is, whatever the group's.
    """
    return blocks.form(
        SET_UP_FORM,
        "Set up a group",
        "Set up",
        action_payload.write(ActionPayload(subject=channel)),
        blocks.section(
            "For leaders who share a problem and this channel. You look after the rhythm; that can move to "
            "somebody else. I'll announce it here, and nobody gets a message before they press Join."
        ),
        *name_inputs(about),
        *([] if known else zone_inputs(about.zone)),
        *_group_inputs("", next_meeting, "14:00", "weeks:2", about.zone, about.nation),
    )


def settings_form(snapshot: GroupSnapshot, next_meeting: date) -> View:
    group = snapshot.group
    return blocks.form(
        SETTINGS_FORM,
        "The group's rhythm",
        "Save and announce",
        action_payload.write(ActionPayload(group=group.id)),
        *_group_inputs(
            group.name,
            next_meeting,
            group.rhythm.meeting.at,
            every_choice(group.rhythm.meeting),
            group.zone,
            group.nation,
        ),
        *_convenor_input(snapshot),
        blocks.context(
            "Saving announces the change in the channel. Anyone in the group can object, which undoes it."
        ),
    )


def read_group(values: StateValues, today: date) -> GroupWords:
    """Raises Problem at each field that can't be used."""
    return read_all(
        GroupWords,
        name=lambda: blocks.typed_line(values, GROUP_NAME, LONGEST_NAME, ProblemCode.GROUP_NAME_MISSING),
        zone=lambda: find_zone(blocks.typed_within(values, ZONE, LONGEST_NAME), ZONE),
        nation=lambda: find_nation(blocks.typed_within(values, NATION, LONGEST_NAME), NATION),
        meeting=lambda: _read_meeting(values, today),
        convenor=lambda: blocks.chosen(values, CONVENOR),
    )


def read_set_up(values: StateValues, today: date) -> SetUpWords:
    """Raises Problem at each field that can't be used."""
    return read_all(
        SetUpWords,
        name=lambda: read_name(values),
        organisation=lambda: read_organisation(values),
        zone=lambda: read_zone(values) if OWN_ZONE in values else "",
        group=lambda: read_group(values, today),
    )


def move_form(snapshot: GroupSnapshot, planned: date, meeting_at: datetime) -> View:
    """Move the next meeting. `planned` is the day it was planned for, which stays its name."""
    zone = snapshot.group.zone
    now_at = to_local(meeting_at, zone)
    return blocks.form(
        MOVE_FORM,
        "Move a meeting",
        "Move and announce",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=planned.isoformat())),
        blocks.section(
            f"The next meeting is {say_day(now_at.date(), now_at.date() - timedelta(days=7))} at "
            f"{say_time(meeting_at, zone)}. The check-in and the digest move with it; nobody is asked twice."
        ),
        blocks.date_input(MOVED_TO, "New day", initial=now_at.date().isoformat()),
        blocks.time_input(MOVED_AT, "New time", initial=now_at.strftime("%H:%M")),
    )


def read_move(values: StateValues, today: date) -> tuple[date, str]:
    """Raises Problem at the field: a day in the past, or none."""
    day = read_day(blocks.chosen(values, MOVED_TO), MOVED_TO)
    must_be_future(day, today, MOVED_TO, today_counts=True)
    return day, blocks.chosen(values, MOVED_AT) or "14:00"


def set_up_done(group: Group) -> View:
    return _told(f"{group.name} is set up.")


def saved(before: Group, after: Group) -> View:
    """Of settings, or a meeting that moved. The channel hears of changes only."""
    if after == before:
        words = "That is how it stands already, so I've told nobody."
        return blocks.sheet("Nothing changed", blocks.section(words))
    return _told("Moved." if after.rhythm.moved != before.rhythm.moved else "Saved.")


def _told(sentence: str) -> View:
    """Said before the channel is told, so it promises no more than that somebody hears if it can't be."""
    return blocks.sheet(
        "Saved", blocks.paragraph(f"{sentence} I tell the channel next; if I can't, I write to you.")
    )


def panel(snapshot: GroupSnapshot, next_meeting: datetime | None, now: datetime) -> Message:
    """What stands in the channel for everybody: what this is, and the buttons that lead everywhere."""
    group = snapshot.group
    zone = group.zone
    soon = ""
    if next_meeting:
        soon = f", next {say_day(to_local(next_meeting, zone).date(), to_local(now, zone).date())}"
    meets = (
        f" meets {say_meetings(group.rhythm.meeting, zone)}{soon}. Set up by {called(snapshot, group.set_up_by)}."
    )
    what = (
        "Join, and before each meeting I ask what's on your plate and post here what you share. I "
        "write to nobody else."
    )
    return blocks.message(
        f"{escape(f'{group.name}{meets}')}\n{what}",
        blocks.paragraph(Bold(group.name), meets),
        blocks.section(what),
        blocks.row(
            menu.join_button(group.id),
            menu.share_button(group.id),
            menu.commit_button(group.id),
            menu.digest_button(group.id),
            menu.more_button(group.id),
        ),
    )


def every_choice(meeting: Recurrence) -> str:
    return f"{meeting.every}:{meeting.interval}"


def _group_inputs(name: str, day: date, at: str, every: str, zone: str, nation: str) -> list[Block]:
    choices = [blocks.option(text, value) for value, text in EVERY_CHOICES.items()]
    return [
        blocks.text_input(
            GROUP_NAME, "What you work on together", initial=name, most=LONGEST_NAME, optional=False,
            placeholder="Young carers",
        ),
        blocks.date_input(FIRST_MEETING, "Next meeting", initial=day.isoformat()),
        blocks.time_input(MEETS_AT, "At", initial=at),
        blocks.asked(EVERY, "How often", blocks.select(EVERY, choices, every), optional=False),
        blocks.text_input(
            ZONE, "The group's time zone", initial=zone, most=LONGEST_NAME, optional=False,
            hint="A city will do: London. Each leader is asked on their own clock.",
        ),
        blocks.text_input(
            NATION, "Public holidays of", initial=nation_name(nation), most=LONGEST_NAME, optional=False,
            hint="England, say.",
        ),
    ]  # fmt: skip


def _convenor_input(snapshot: GroupSnapshot) -> list[Block]:
    """Who looks after the rhythm; a choice among at most 100, Slack's limit of a select."""
    options = [blocks.option(one_line(called(snapshot, id_), 75), id_) for id_ in list(snapshot.active())[:100]]
    if not options:
        return []
    chosen = blocks.select(CONVENOR, options, snapshot.group.convenor)
    return [blocks.asked(CONVENOR, "Who looks after the rhythm", chosen)]


def _read_meeting(values: StateValues, today: date) -> Recurrence:
    day = read_day(blocks.chosen(values, FIRST_MEETING), FIRST_MEETING)
    must_be_future(day, today, FIRST_MEETING, today_counts=True)
    chosen = blocks.chosen(values, EVERY)
    unit, interval = (chosen if chosen in EVERY_CHOICES else "weeks:2").split(":")
    return Recurrence(
        every="months" if unit == "months" else "weeks",
        interval=int(interval),
        weekday=day.weekday(),
        at=blocks.chosen(values, MEETS_AT) or "14:00",
        anchor=day,
        nth=_nth(day) if unit == "months" else None,
    )


def _nth(day: date) -> int:
    """Which of its weekday in the month a day is: 1 to 4, and the fifth is the last."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth < 5 else -1
