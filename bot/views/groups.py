"""A group: setting it up in a channel, its rhythm, moving a meeting, and announcing each change."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.about import About
from bot.domain.change import edition
from bot.domain.group_words import GroupWords, SetUpWords
from bot.domain.groups import Group
from bot.domain.hours import must_be_future, to_local
from bot.domain.meetings import apart_over_a_fortnight
from bot.domain.nations import find_nation, nation_name
from bot.domain.problems import ProblemCode, read_all
from bot.domain.snapshot import GroupSnapshot
from bot.domain.zones import find_zone
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import read_day, say_dated_day, say_time
from bot.views.leaders_menu import leader_options
from bot.views.organisations import LONGEST_NAME, organisation_inputs, read_organisation
from bot.views.people import ZONE as OWN_ZONE
from bot.views.people import name_input, read_name, read_zone, zone_inputs
from bot.views.recurrence import every_choice, read_exception, read_recurrence, recurrence_inputs
from bot.views.words import escape, one_line

SET_UP_FORM = "setup_form"
SET_UP_ANOTHER = "setup_another"
GO_ON_HERE = "setup_go_on_here"
SETTINGS_FORM = "group_settings_form"
MOVE_FORM = "meeting_move_form"

GROUP_NAME = "group_name"
ZONE = "group_zone"
NATION = "group_nation"
CONVENOR = "convenor"
NUDGE = "nudge"
MOVED_TO = "moved_to"
MOVED_AT = "moved_at"

TOLD_ONCE_IT_CAN_BE = "I can't post in the channel just now, and tell it once I can."


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


def standing_group(group: Group, channel: str, hello_ts: str, *, may_move: bool) -> View:
    """Before a second one is set up by accident. `hello_ts` as in `set_up_form`."""
    here = ActionPayload(group=group.id, subject=channel, state=hello_ts)
    other = blocks.button(
        "Set up another group", SET_UP_ANOTHER, action_payload.write(ActionPayload(subject=channel, state=hello_ts))
    )
    if may_move:
        words = " is your group already, and I can't find its channel any more. Does it go on in this one?"
        go_on = blocks.button("Go on here", GO_ON_HERE, action_payload.write(here), style="primary")
        return blocks.sheet("A group stands", blocks.paragraph(Bold(group.name), words), blocks.row(go_on, other))
    words = (
        " is your group already. Its channel stands for the others, and your workspace has none of it just now. "
        "Whoever shares it can share it with you again, and you are in the group as before. A second group would "
        "not reach them."
    )
    return blocks.sheet(
        "A group stands",
        blocks.paragraph(Bold(group.name), words),
        blocks.row(menu.more_button(group.id), other),
    )


def goes_on(group: Group) -> View:
    """In place of the sheet that asked; the panel is not in the channel yet."""
    words = " goes on here. I post its buttons in this channel next."
    return blocks.sheet("Go on here", blocks.paragraph(Bold(group.name), words))


def hello_answered(group_name: str) -> Message:
    """The hello once there is a group: nothing green is left to press in it. The panel may be owed still."""
    words = f"{one_line(group_name, 80)} is set up here. My message with the Join button comes below this one."
    return blocks.message(escape(words), blocks.paragraph(words), blocks.row(menu.what_button()))


def setting_up() -> Message:
    """To whoever sets a group up, alone: it also shows that the bot can speak in the channel."""
    words = "Setting up. My message with the Join button comes once that is done."
    return blocks.message(words, blocks.section(words))


def set_up_form(channel: str, about: About, *, known: bool, next_meeting: date, hello_ts: str = "") -> View:
    """`hello_ts` is of our message whose button opened it, if one did.

    Filled with what is known or supposed of who sets it up. Their own zone is asked of somebody new only: of who
    is `known` it stays as it is, whatever the group's.
    """
    return blocks.form(
        SET_UP_FORM,
        "Set up a group",
        "Set up",
        action_payload.write(ActionPayload(subject=channel, state=hello_ts)),
        blocks.section(
            "For leaders who share a problem and this channel. You look after the rhythm; that can move to "
            "somebody else. I'll announce it here, and nobody gets a message before they press Join."
        ),
        name_input(about.name),
        *organisation_inputs({}, about.organisation),
        *([] if known else zone_inputs(about.zone)),
        *_group_inputs("", next_meeting, "14:00", "weeks:2", about.zone, about.nation),
    )


def settings_form(snapshot: GroupSnapshot, next_meeting: date) -> View:
    """To any leader. It carries how the settings stand (`edition`), so that whoever sends it undoes nobody's
    change."""
    group = snapshot.group
    nudges = [inputs.option("One reminder", "yes"), inputs.option("No reminder", "no")]
    nudge = inputs.select(NUDGE, nudges, "yes" if group.rhythm.nudge else "no")
    leaders = leader_options(snapshot)
    convenor = inputs.select(CONVENOR, leaders, group.convenor)
    return blocks.form(
        SETTINGS_FORM,
        "The group's rhythm",
        "Save and announce",
        action_payload.write(ActionPayload(group=group.id, state=edition(group))),
        *_group_inputs(
            group.name,
            next_meeting,
            group.rhythm.meeting.at,
            every_choice(group.rhythm.meeting),
            group.zone,
            group.nation,
            weekday=True,
        ),
        inputs.asked(NUDGE, "If somebody has not answered", nudge, optional=False),
        *([inputs.asked(CONVENOR, "Who looks after the rhythm", convenor)] if leaders else []),
        blocks.context(
            "Saving announces the change in the channel. Anyone in the group can object, which undoes it."
        ),
    )


def read_group(values: StateValues, today: date) -> GroupWords:
    """Raises Problem at each field that can't be used."""
    return read_all(
        GroupWords,
        name=lambda: inputs.typed_line(values, GROUP_NAME, LONGEST_NAME, ProblemCode.GROUP_NAME_MISSING),
        zone=lambda: find_zone(inputs.typed_within(values, ZONE, LONGEST_NAME), ZONE),
        nation=lambda: find_nation(inputs.typed_within(values, NATION, LONGEST_NAME), NATION),
        meeting=lambda: read_recurrence(values, today),
        first=lambda: read_exception(values, today),
        convenor=lambda: inputs.chosen(values, CONVENOR),
        nudge=lambda: inputs.chosen(values, NUDGE) != "no",
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


def move_form(snapshot: GroupSnapshot, planned: date, meeting_at: datetime, asked_in: str = "") -> View:
    """Move the next meeting. `planned` is the day it was planned for, which stays its name; `asked_in`: the time of
    the DM that asked about it."""
    zone, now_at = snapshot.group.zone, to_local(meeting_at, snapshot.group.zone)
    follows = "The check-in and the digest move with it; nobody is asked twice."
    if apart_over_a_fortnight(snapshot.group.rhythm.meeting):
        follows = "The brief moves with it; I ask each week, as before."
    return blocks.form(
        MOVE_FORM,
        "Move a meeting",
        "Move and announce",
        action_payload.write(
            ActionPayload(group=snapshot.group.id, subject=f"{planned}.{asked_in}", state=edition(snapshot.group))
        ),
        blocks.section(
            f"The next meeting is {say_dated_day(now_at.date())} at {say_time(meeting_at, zone)}. {follows}"
        ),
        inputs.date_input(MOVED_TO, "New day", initial=now_at.date().isoformat()),
        inputs.time_input(MOVED_AT, "New time", initial=now_at.strftime("%H:%M")),
    )


def read_move(values: StateValues, today: date) -> tuple[date, str]:
    """Raises Problem at the field: a day in the past, or none."""
    day = read_day(inputs.chosen(values, MOVED_TO), MOVED_TO)
    must_be_future(day, today, MOVED_TO, today_counts=True)
    return day, inputs.chosen(values, MOVED_AT) or "14:00"


def set_up_done(group: Group) -> View:
    """To whoever set it up: what comes next in the channel is said as to come."""
    return _told(f"{group.name} is set up.", group)


def saved(before: Group, after: Group) -> View:
    """Of settings, or a meeting that moved. The channel hears of changes only."""
    if after == before:
        words = "That is how it stands already, so I've told nobody."
        return blocks.sheet("Nothing changed", blocks.section(words))
    return _told("Moved." if after.rhythm.moved != before.rhythm.moved else "Saved.", after)


def took_on(group: Group) -> str:
    """To whoever took the role on, before the channel has heard of it."""
    told = TOLD_ONCE_IT_CAN_BE if group.trouble else "I tell the channel next."
    return f"You look after the rhythm of {one_line(group.name, 80)} now. {told}"


def took_on_sheet(group: Group) -> View:
    """The same, in place of the sheet that it was pressed in."""
    return blocks.sheet("Taken on", blocks.paragraph(took_on(group)), blocks.row(menu.more_button(group.id)))


def _told(sentence: str, group: Group) -> View:
    """Said before the channel is told, so it promises no more than that somebody hears if it can't be; and not that
    where it is known already, since they are written to once."""
    told = TOLD_ONCE_IT_CAN_BE if group.trouble else "I tell the channel next; if I can't, I write to you."
    return blocks.sheet("Saved", blocks.paragraph(f"{sentence} {told}"))


def _group_inputs(
    name: str, day: date, at: str, every: str, zone: str, nation: str, *, weekday: bool = False
) -> list[Block]:
    return [
        inputs.text_input(
            GROUP_NAME, "What you work on together", initial=name, most=LONGEST_NAME, optional=False,
            placeholder="Young carers",
        ),
        *recurrence_inputs(day, at, every, weekday=weekday),
        inputs.text_input(
            ZONE, "The group's time zone", initial=zone, most=LONGEST_NAME, optional=False,
            hint="A city will do: London. Each leader is asked on their own clock.",
        ),
        inputs.text_input(
            NATION, "Public holidays of", initial=nation_name(nation), most=LONGEST_NAME, optional=False,
            hint="England, say.",
        ),
    ]  # fmt: skip
