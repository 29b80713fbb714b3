"""Looking after a group: what can be done, a meeting that won't be, a pause, an end, an invitation to forward."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.groups import Group, ended, paused
from bot.domain.hours import to_local
from bot.domain.meetings import apart_over_a_fortnight, meeting_at
from bot.domain.rhythm import Recurrence
from bot.domain.snapshot import GroupSnapshot
from bot.domain.trouble import KEYLESS
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Button
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import how_often, say_day, say_day_of, say_meetings, say_time, say_whole_day
from bot.views.leaders_menu import leader_options
from bot.views.people import UNTIL
from bot.views.questions import OPEN as QUESTIONS
from bot.views.timetable import OPEN as TIMETABLE
from bot.views.words import called, escape, one_line

INVITE = "invitation_open"
SKIP_MEETING = "meeting_skip_open"
PAUSE = "group_pause_open"
END = "group_end_open"
GO_ON = "group_go_on"
HAND_ON = "role_hand_on_open"
MEET = "holiday_meet"
MOVE_IT = "holiday_move"
SKIP_IT = "holiday_skip"

LINES_MOVE_ON = "What was added to a brief that is not posted yet moves on to the next one."
SKIP_FORM = "meeting_skip_form"
PAUSE_FORM = "group_pause_form"
END_FORM = "group_end_form"
HAND_ON_FORM = "role_hand_on_form"
TO_WHOM = "to_whom"

WHAT_BECOMES = (
    "What was posted stays in the channel. What I keep can be read by the group's leaders as before, and is "
    "deleted as it would have been: your own lane after three months, the rest after twelve."
)
"""Of the words, once a group has ended."""

UNDO_END = "To undo that: More, Look after the group, Go on now."


def paused_words(day: date, today: date) -> str:
    """As it is announced, and as Home says it."""
    return f"Paused until {say_whole_day(day, today)}: I ask nobody before then."


def sheet(snapshot: GroupSnapshot, viewer: str, now: datetime) -> View:
    """All that can be done for a group, by anybody in it."""
    group = snapshot.group
    keeper = f"{called(snapshot, group.convenor)} looks after the rhythm." if group.convenor else ""
    resting = paused(group, now) or group.ends_on
    rest = [_button("Go on now", GO_ON, group)] if resting else []
    role = _button("Hand the role on…", HAND_ON, group) if group.convenor == viewer else None
    if group.convenor is None:
        role = menu.take_on_button(group.id)
    first = [
        _button("Invite people…", INVITE, group),
        _button("Our questions…", QUESTIONS, group),
        _button("When I write…", TIMETABLE, group),
    ]
    rhythm = blocks.row(
        _button("We won't meet this time", SKIP_MEETING, group),
        _button("Pause the group until…", PAUSE, group),
        _button("End the group…", END, group),
    )
    over = ended(group, now)  # of all these nothing would come true
    return blocks.sheet(
        "Look after the group",
        blocks.paragraph(Bold(group.name), f"\n{keeper or 'Nobody looks after the rhythm just now.'}"),
        blocks.context("What you do here is announced in the channel, and anyone in the group can object."),
        blocks.row(*([] if over else first), *([role] if role else []), *rest),
        *([] if over else [rhythm]),
    )


def _button(text: str, action: str, group: Group, subject: str = "") -> Button:
    return blocks.button(text, action, action_payload.write(ActionPayload(group=group.id, subject=subject)))


def invitation(snapshot: GroupSnapshot, viewer: str) -> View:
    """A text to forward, and how somebody gets into the channel."""
    group, often = snapshot.group, how_often(snapshot.group.rhythm.meeting)
    return blocks.sheet(
        "Invite people",
        blocks.section("*To forward:* copy this into a message or an e-mail of your own. I send it to nobody."),
        blocks.quote(
            f"We use Between to look after the time between our meetings on {one_line(group.name, 80)}. We meet "
            f"{say_meetings(group.rhythm.meeting, group.zone)}. {often.capitalize()} it asks each of us what's on "
            "our plate, in two minutes, and posts in our channel what we choose to share. To take part, come into "
            "the channel and press Join under Between's message. Nothing is sent to you before that. "
            f"{one_line(called(snapshot, viewer), 120)}"
        ),
        blocks.section(
            "*How they get into the channel:* somebody of this workspace by /invite and their name, typed there. "
            "Somebody of another organisation with a Slack of its own by Slack Connect: channel's name, "
            "Integrations or Members, Add people, their e-mail. Anybody else as a guest, which your workspace's "
            "admins set up."
        ),
        blocks.context("Only people in the channel can join."),
    )


def without_it(meeting: Recurrence) -> str:
    """What there is not, for a meeting that won't be."""
    if apart_over_a_fortnight(meeting):
        return "from now on no brief for it; I ask each week, as before"
    return "from now on no check-in, digest or brief for it"


def skip_form(snapshot: GroupSnapshot, planned: date, meeting_at: datetime, now: datetime) -> View:
    """To any leader: which meeting it is, by the day it is on now, and what of it won't be. `planned`: the day that
    names it."""
    zone = snapshot.group.zone
    day, meeting = say_day_of(meeting_at, zone, now), snapshot.group.rhythm.meeting
    words = "Words for it that no digest has yet are kept: the next check-in begins with them. "
    every = f"{LINES_MOVE_ON} The meeting after it stays as it is."
    return blocks.form(
        SKIP_FORM,
        "We won't meet",
        "Skip and announce",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=planned.isoformat())),
        blocks.section(
            f"The next meeting is {day}. Without it there is {without_it(meeting)}. "
            f"{'' if apart_over_a_fortnight(meeting) else words}{every}"
        ),
    )


def pause_form(group: Group) -> View:
    """To any leader. The day is read by `people.read_until`, as one's own pause is."""
    return blocks.form(
        PAUSE_FORM,
        "Pause the group",
        "Pause and announce",
        action_payload.write(ActionPayload(group=group.id)),
        blocks.section(
            "Nobody is asked before the day you choose; then it goes on by itself. A digest whose answers were "
            f"asked for already still comes. {LINES_MOVE_ON}"
        ),
        inputs.date_input(UNTIL, "Start again on"),
    )


def _told_of_it(group: Group) -> str:
    if group.trouble is None:
        return "I tell the channel now, and anyone in the group can object until then."
    if group.trouble.code in KEYLESS:
        return "I can reach nobody just now: best tell them yourself. Anyone in the group can undo it until then."
    untold = "I can't post in the channel just now, so I write to each of you."
    return f"{untold} Anyone in the group can undo it until then."


def end_form(group: Group, day: date, today: date) -> View:
    """To any leader. `day`: the one on which it ends; `today`: the group's. Where it ends already, or has ended, a
    sheet that says so."""
    becomes = blocks.section(f"*What becomes of your words:* {WHAT_BECOMES}")
    if group.ends_on:
        stands = f"\nIt {'ended' if day <= today else 'ends'} on {say_whole_day(day, today)}. {UNDO_END}"
        return blocks.sheet("End the group", blocks.paragraph(Bold(group.name), stands), becomes)
    return blocks.form(
        END_FORM,
        "End the group",
        "End and announce",
        action_payload.write(ActionPayload(group=group.id)),
        blocks.paragraph(
            Bold(group.name),
            f"\nIt ends in a week, on {say_day(day, today)}. {_told_of_it(group)} From that day on I ask nobody.",
        ),
        becomes,
    )


def hand_on_form(snapshot: GroupSnapshot, viewer: str) -> View:
    """To whoever looks after the rhythm; a sheet that says so where nobody else is in the group."""
    options = leader_options(snapshot, but=viewer)
    if not options:
        return blocks.sheet("Hand the role on", blocks.section("There is nobody here but you."))
    return blocks.form(
        HAND_ON_FORM,
        "Hand the role on",
        "Hand on and announce",
        action_payload.write(ActionPayload(group=snapshot.group.id)),
        blocks.section(
            "Best after a word with them. If it doesn't suit, they press Object, and it is yours again."
        ),
        inputs.asked(TO_WHOM, "To whom", inputs.select(TO_WHOM, options), optional=False),
    )


def read_to_whom(values: StateValues) -> str:
    """A person id, or empty; whether they are in the group is for the use case to say."""
    return inputs.chosen(values, TO_WHOM)


def has_ended(group: Group, on: date) -> Message:
    """In the channel, on the day. The digests stay to be read, and *More* has the way to take it up again, which it
    says once somebody has: later that day it is drawn anew with that."""
    if group.ends_on != on:
        words = f"{one_line(group.name, 80)} had ended, and goes on again."
        return blocks.message(escape(words), blocks.paragraph(words), blocks.row(menu.more_button(group.id)))
    words = f"{one_line(group.name, 80)} has ended. I ask nobody any more."
    return blocks.message(
        f"{escape(words)} {WHAT_BECOMES}",
        blocks.paragraph(words),
        blocks.aside(WHAT_BECOMES),
        blocks.row(menu.digest_button(group.id), menu.more_button(group.id)),
    )


def on_a_holiday(snapshot: GroupSnapshot, planned: date, day: date, today: date) -> Message:
    """To whoever looks after the rhythm."""
    group = snapshot.group
    words = f": we meet on {say_day(day, today)}, a public holiday here. What suits?"
    subject = planned.isoformat()
    return blocks.message(
        f"{escape(one_line(group.name, 80))}{words}",
        blocks.paragraph(Bold(one_line(group.name, 80)), words),
        blocks.row(
            _button("Meet", MEET, group, subject),
            _button("Move it…", MOVE_IT, group, subject),
            _button("Skip it", SKIP_IT, group, subject),
        ),
    )


def holiday_answered(snapshot: GroupSnapshot, planned: date, now: datetime) -> Message:
    """In place of the question, in the DM of who was asked: how it stands by now with that meeting, whoever
    decided it."""
    group = snapshot.group
    at, today = meeting_at(group.rhythm, group.zone, planned), to_local(now, group.zone).date()
    meets, asked_of = say_whole_day(to_local(at, group.zone).date(), today), say_whole_day(planned, today)
    if planned in group.rhythm.skipped:
        words = f"we won't meet on {asked_of}."
    elif at <= now:
        words = f"the meeting of {meets} has been."
    else:
        instead = f", not on {asked_of}" if meets != asked_of else ""
        words = f"we meet on {meets} at {say_time(at, group.zone)}{instead}."
    return blocks.of_group(one_line(group.name, 80), words, menu.more_button(group.id))
