"""Joining, a leader's own settings, being away, leaving."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.about import About
from bot.domain.checkins import hour_kept
from bot.domain.groups import ended
from bot.domain.hours import must_be_future, read_clock, to_local
from bot.domain.nations import find_nation, nation_name
from bot.domain.people import Leader, Person
from bot.domain.problems import Problem, ProblemCode, read_all
from bot.domain.snapshot import GroupSnapshot
from bot.domain.zones import find_zone
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import how_often, read_day, say_day, say_zone
from bot.views.organisations import LONGEST_NAME, organisation_inputs, read_organisation
from bot.views.words import escape, one_line

JOIN_FORM = "join_form"
SETTINGS_FORM = "my_settings_form"
AWAY_FORM = "away_form"
PAUSE_FORM = "pause_form"

NAME = "name"
ZONE = "zone"
NATION = "nation"
HOUR = "hour"
HOW_OFTEN = "how_often"
UNTIL = "until"

IN_EVERY_GROUP = (
    "Filled with your own settings. Your name, hour, time zone and holidays are the same in all your groups, so a "
    "change here changes them everywhere."
)

LANGUAGE = "I write in British English. Answer in any language: your words stand as you wrote them."


def join_form(snapshot: GroupSnapshot, about: About, *, known: bool = False) -> View:
    """Joining is consent, so the form says first what will come and how to stop it. It is filled with what is known
    or supposed of them; `known`, from another group, so that their own settings stay as they are. Whose zone is not
    supposed is of another workspace, of whose language we know as little.
    """
    group = snapshot.group
    reminder = ", and one reminder if you've not answered" if group.rhythm.nudge else ""
    return blocks.form(
        JOIN_FORM,
        "Join the group",
        "Join",
        action_payload.write(ActionPayload(group=group.id)),
        blocks.paragraph(
            Bold(group.name),
            f"\nOne message {how_often(group.rhythm.meeting)}{reminder}. "
            "Never more than two a week that you didn't ask for, and you can leave with one button.",
        ),
        *([blocks.context(IN_EVERY_GROUP)] if known else []),
        *([] if about.zone else [blocks.context(LANGUAGE)]),
        *_about_inputs(snapshot, about),
        *([] if known else [blocks.row(menu.two_accounts_button(group.id))]),
    )


def my_settings_form(snapshot: GroupSnapshot, person: Person, leader: Leader, now: datetime) -> View:
    """To its owner. Name, zone, country and hour are of all their groups; organisation and how often,
    of this one."""
    often = [inputs.option("Every round", "every"), inputs.option("Every other round", "other")]
    return blocks.form(
        SETTINGS_FORM,
        "My settings",
        "Save",
        action_payload.write(ActionPayload(group=snapshot.group.id, person=person.id)),
        *_about_inputs(
            snapshot,
            About(
                name=person.name,
                organisation=leader.organisation,
                zone=person.zone,
                nation=person.nation,
                hour=person.hour,
            ),
            HEARS_LATER if ended(snapshot.group, now) else CHANNEL_HEARS,
        ),
        inputs.asked(
            HOW_OFTEN,
            "Ask me",
            inputs.radio(HOW_OFTEN, often, "other" if leader.lighter else "every"),
            optional=False,
        ),
        blocks.row(
            menu.away_button(snapshot.group.id),
            menu.not_with_button(snapshot.group.id),
            menu.leave_button(snapshot.group),
        ),
        blocks.row(
            menu.two_accounts_button(snapshot.group.id),
            menu.my_data_button(snapshot.group.id),
            menu.erase_button(snapshot.group.id),
        ),
    )


def read_name(values: StateValues) -> str:
    """On one line. Raises Problem at the field where it is empty, or longer than a name may be."""
    return inputs.typed_line(values, NAME, LONGEST_NAME, ProblemCode.NAME_MISSING)


def read_zone(values: StateValues) -> str:
    """Raises Problem at the field where it is no zone."""
    return find_zone(inputs.typed_within(values, ZONE, LONGEST_NAME), ZONE)


def read_about(values: StateValues) -> About:
    """Raises Problem at each field that can't be used."""
    return read_all(
        About,
        name=lambda: read_name(values),
        organisation=lambda: read_organisation(values),
        zone=lambda: read_zone(values),
        nation=lambda: find_nation(inputs.typed_within(values, NATION, LONGEST_NAME), NATION),
        hour=lambda: read_clock(inputs.chosen(values, HOUR) or "09:00", HOUR),
        lighter=lambda: inputs.chosen(values, HOW_OFTEN) == "other",
    )


def joined(snapshot: GroupSnapshot) -> View:
    """What the form becomes once it is saved."""
    return blocks.sheet(
        "You're in",
        blocks.paragraph(
            "You're in ",
            Bold(snapshot.group.name),
            ". A message from me follows that says what happens now. If it doesn't come, everything can be done "
            "from the buttons in the channel.",
        ),
        blocks.row(menu.share_button(snapshot.group.id, primary=True), menu.more_button(snapshot.group.id)),
    )


def away_form(snapshot: GroupSnapshot, person: Person, *, round_name: str, today: date) -> View:
    """Being away holds for every group of theirs. `round_name` is of the check-in it was opened from, or empty."""
    metadata = ActionPayload(group=snapshot.group.id, round=round_name, person=person.id)
    # a day that is over would have to be changed before the form can be sent
    initial = person.away_until.isoformat() if person.away_until and person.away_until > today else None
    return blocks.form(
        AWAY_FORM,
        "I'm away until…",
        "Save",
        action_payload.write(metadata),
        blocks.section("Nothing from me until the day you're back, in any group."),
        inputs.date_input(UNTIL, "Back on", initial=initial),
    )


def pause_form(snapshot: GroupSnapshot, person: Person, round: str = "") -> View:
    """To a leader: this group alone is silent until then. Read back by `read_until`. `round`: it was offered in."""
    return blocks.form(
        PAUSE_FORM,
        "Pause until…",
        "Pause",
        action_payload.write(ActionPayload(group=snapshot.group.id, round=round, person=person.id)),
        blocks.paragraph("Nothing about ", Bold(snapshot.group.name), " until the day you choose."),
        inputs.date_input(UNTIL, "Start again on"),
    )


def read_until(values: StateValues, today: date, too_long: ProblemCode = ProblemCode.AWAY_TOO_LONG) -> date:
    """The day they are back: after today. Raises Problem at the field; `too_long`, where that is over a year."""
    day = read_day(inputs.chosen(values, UNTIL), UNTIL)
    must_be_future(day, today, UNTIL)
    if (day - today).days > 366:
        raise Problem(too_long, UNTIL)
    return day


def gone_away(person: Person, group_id: str, now: datetime) -> View:
    """In place of the form: until when, in every group. They are away: `away_until` is set."""
    assert person.away_until is not None
    day = say_day(person.away_until, to_local(now, person.zone).date())
    back = blocks.button(
        "I'm back", menu.BACK, action_payload.write(ActionPayload(group=group_id, person=person.id))
    )
    words = f"You're away until {day}. Nothing from me before then, in any group."
    return blocks.sheet("You're away", blocks.section(words), blocks.row(back))


def welcome_back(person: Person) -> View:
    """In place of the sheet that *I'm back* was pressed in."""
    return blocks.sheet("You're back", blocks.paragraph(f"Welcome back, {person.name}. I'll ask as before."))


def settings_saved(snapshot: GroupSnapshot, person: Person, now: datetime) -> View:
    """In place of the form, with the hour as this group keeps it, and its zone; not where it asks no more."""
    hour = f" I'll ask you at {hour_kept(person.hour, snapshot.group.rhythm)}, {say_zone(person.zone)}."
    words = f"Saved.{'' if ended(snapshot.group, now) else hour}"
    return blocks.sheet("Saved", blocks.paragraph(words), blocks.row(menu.more_button(snapshot.group.id)))


CHANNEL_HEARS = "If you speak for another from now on, the channel hears of it."
HEARS_LATER = "If you speak for another from now on, the channel hears of it should the group go on."
"""In the settings, before it is saved: who is told of it is theirs to know."""

LEFT = "What you shared stays in the digests it is in; what is not posted yet stays out of the next."


def left(snapshot: GroupSnapshot) -> Message:
    """To who left, by DM or as a line to them alone: what becomes of what they shared, and what they
    can do still."""
    words = f"You've left {one_line(snapshot.group.name, 100)}. No more messages about it. {LEFT}"
    return blocks.message(
        escape(words),
        blocks.paragraph(words),
        blocks.row(
            menu.join_button(snapshot.group.id),
            menu.my_data_button(snapshot.group.id),
            menu.erase_button(snapshot.group.id),
        ),
    )


def left_sheet(snapshot: GroupSnapshot) -> View:
    """The same, in place of the sheet that *Leave* was pressed in."""
    return blocks.sheet("You've left", *left(snapshot).blocks)


def name_input(name: str) -> Block:
    """Read back by `read_name`."""
    return inputs.text_input(NAME, "Your first name", initial=name, most=LONGEST_NAME, optional=False)


def zone_inputs(zone: str) -> list[Block]:
    """Free text, since a menu of Slack's holds a hundred: a city, a country of one zone, or the zone's own name."""
    return [
        inputs.text_input(
            ZONE, "Your time zone", initial=zone, most=LONGEST_NAME, optional=False, hint="A city will do: London."
        )
    ]


def _about_inputs(snapshot: GroupSnapshot, about: About, hint: str = "") -> list[Block]:
    """`hint`: below the organisation. It begins with an hour that is kept, be it not the one they chose."""
    hour = hour_kept(about.hour, snapshot.group.rhythm)
    return [
        name_input(about.name),
        *organisation_inputs(snapshot.leaders, about.organisation, hint),
        inputs.time_input(HOUR, "Ask me at", initial=hour, hint="On your own clock, on working days."),
        *zone_inputs(about.zone),
        inputs.text_input(
            NATION,
            "Public holidays of",
            initial=nation_name(about.nation),
            most=LONGEST_NAME,
            optional=False,
            hint="England, say.",
        ),
    ]
