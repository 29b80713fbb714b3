"""*Find us twenty minutes*: the form, what came of it, and an invitation for a calendar to keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from icalendar import Calendar, Event

from bot.domain.hours import to_local
from bot.domain.introductions import Introduction, Outcome
from bot.domain.matters import Matter
from bot.domain.people import Person
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.domain.twenty_minutes import CLOCK, TWENTY, HalfDay, Part
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import say_time, say_whole_day, say_zone
from bot.views.introductions import A_WALK, not_with_button, twenty_button
from bot.views.words import called, cut, escape, first_of, one_line

TWENTY_FORM = "twenty_form"
CALENDAR = "twenty_calendar"
SEND_FILE = "twenty_file"
FILE_NAME = "twenty-minutes.ics"
SENT = {
    True: f"{FILE_NAME} is in our conversation.",
    False: "I couldn't put a file in our conversation. The lines below do the same.",
    None: "Slack didn't say whether it took the file. Look in our conversation; the lines below do the same.",
}

OPENING = ": your twenty minutes."
SAID_TICKED = "You have ticked."
LABELS = {Part.MORNING: "Mornings", Part.AFTERNOON: "Afternoons"}


def form(
    snapshot: GroupSnapshot, one: Introduction, viewer: Person, offered: Sequence[HalfDay], now: datetime
) -> View:
    """Half-days to tick on the viewer's own clock, the earlier ones ticked; a sheet where the two share none."""
    other = one.other(viewer.id)
    not_with = blocks.row(not_with_button(snapshot, other))
    if not offered:
        words = (
            f"Your working hours and {first_of(snapshot, other)}'s never fall together. Write a time to each other."
        )
        return blocks.sheet("Find us twenty minutes", blocks.paragraph(words), not_with)
    ticked = one.ticks[viewer.id].half_days if viewer.id in one.ticks else ()
    today = to_local(now, viewer.zone).date()
    fields: list[Block] = []
    for part in Part:
        here = [half for half in offered if half.part is part]
        options = [inputs.option(say_whole_day(half.day, today), half.code) for half in here]
        if options:
            label = f"{LABELS[part]}, {'–'.join(CLOCK[part])}, {say_zone(viewer.zone)}"
            fields.append(inputs.asked(part, label, inputs.checkboxes(part, options, ticked)))
    found = one.outcomes[-1].starts_at if one.outcomes else None
    have = f"You both have {_when(snapshot, one, found, now, viewer.id)}. " if found and found > now else ""
    when = "When else" if have else "When"
    return blocks.form(
        TWENTY_FORM,
        "Find us twenty minutes",
        "Save",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id)),
        blocks.paragraph(
            f"{have}{when} could you talk with {called(snapshot, other)}? Only you see your ticks. Once both of "
            "you have ticked, I name the first half-day you share, and delete them."
        ),
        *fields,
        not_with,
    )


def read_ticks(values: StateValues) -> list[str]:
    """The half-days' codes. Raises Problem at the form's first field where none is ticked."""
    codes: list[str] = []
    for part in Part:
        block = values.get(part) or {}
        state = block.get(part) or {}
        codes += [str(one.get("value")) for one in state.get("selected_options") or ()]
    if not codes:
        # a form may have mornings alone, and an error stands only at a field that is there
        raise Problem(ProblemCode.NOTHING_TICKED, next((part for part in Part if part in values), None))
    return codes


def ticked_sheet(snapshot: GroupSnapshot, one: Introduction, viewer: Person, now: datetime) -> View:
    """After the form: what is kept, or what came of both having ticked."""
    name = first_of(snapshot, one.other(viewer.id))
    if viewer.id in one.ticks:
        words = f"Kept, for you alone. Once {name} has ticked too, I write to you both."
        return blocks.sheet("Kept", blocks.paragraph(words))
    outcome = one.outcomes[-1]
    if outcome.starts_at is None:
        words = f"You and {name} had no half-day in common. Your ticks are deleted; tick again if you like."
        return blocks.sheet("No half-day yet", blocks.paragraph(words), blocks.row(twenty_button(snapshot, one)))
    words = f"You both have {_when(snapshot, one, outcome.starts_at, now, viewer.id)}. I write it to both of you."
    return blocks.sheet("Found", blocks.paragraph(words), blocks.row(_calendar_button(snapshot, one)))


def outcome_message(
    snapshot: GroupSnapshot, one: Introduction, outcome: Outcome, now: datetime, reader: str = ""
) -> Message:
    """In the conversation of the two, or to one `reader`: the time, in both zones where they differ, or that they
    had none in common."""
    opening = f"{one_line(snapshot.group.name, 100)}{OPENING}"
    names = " and ".join(first_of(snapshot, id_) for id_ in one.people)
    if outcome.starts_at is None:
        words = f"{names}, you had no half-day in common. Your ticks are deleted. Tick again, or write a time."
        buttons = [twenty_button(snapshot, one)]
    else:
        when = _when(snapshot, one, outcome.starts_at, now, reader)
        words = f"{names}, you both have {when}. Your ticks are deleted. A walk counts."
        buttons = [_calendar_button(snapshot, one), twenty_button(snapshot, one, "Find another time")]
    return blocks.message(
        escape(cut(f"{opening} {words}", 1000)),
        blocks.paragraph(opening),
        blocks.paragraph(words),
        blocks.row(*buttons, menu.more_button(snapshot.group.id)),
    )


def calendar_sheet(
    snapshot: GroupSnapshot, one: Introduction, outcome: Outcome, now: datetime, *, said: str = ""
) -> View:
    """The time in words; the invitation as a file, which a calendar opens, and as text for where none comes.
    `said`: what became of the file, once that was tried."""
    assert outcome.starts_at is not None
    aim = ActionPayload(group=snapshot.group.id, subject=f"{one.id}.{one.outcomes.index(outcome)}")
    lines = invitation_file(snapshot, one, outcome).decode().replace("\r\n", "\n").strip()
    send = blocks.row(blocks.button("Send me the file", SEND_FILE, action_payload.write(aim), style="primary"))
    return blocks.sheet(
        "For my calendar",
        blocks.paragraph(f"{_when(snapshot, one, outcome.starts_at, now, snapshot.viewer)}, for twenty minutes."),
        blocks.section(said) if said else send,
        blocks.context("Or put these lines in a file whose name ends in .ics, and open it."),
        blocks.preformatted(lines),
    )


def invitation_file(snapshot: GroupSnapshot, one: Introduction, outcome: Outcome) -> bytes:
    """iCalendar (RFC 5545): the same lines each time; the start is in UTC, and every calendar shows it as local."""
    assert outcome.starts_at is not None
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Between//Twenty minutes//EN")
    calendar.add("version", "2.0")
    event.add("uid", f"{one.id}.{one.outcomes.index(outcome)}@between")
    # not now: whoever opens it twice is to keep one appointment
    event.add("dtstamp", outcome.at)
    event.add("dtstart", outcome.starts_at)
    event.add("dtend", outcome.starts_at + TWENTY)
    event.add("summary", " and ".join(one_line(snapshot.people[id_].name, 60) for id_ in one.people))
    event.add("description", f"{one_line(snapshot.group.name, 100)}. {A_WALK}")
    calendar.add_component(event)
    lines: bytes = calendar.to_ical()
    return lines


def ticks_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To whoever has not ticked yet."""
    one = snapshot.introductions[matter.subject.rpartition(".")[0]]
    who = called(snapshot, one.other(matter.person_id))
    return f"{who} has ticked half-days for your twenty minutes. Which could you?"


def _when(snapshot: GroupSnapshot, one: Introduction, starts_at: datetime, now: datetime, reader: str = "") -> str:
    """`Monday 30 November, 09:00 GMT (14:30 IST for Priya)`: on the reader's clock, and the other's. On the first
    one's where both read it."""
    mine = snapshot.people[reader if reader in one.people else one.people[0]]
    other = snapshot.people[one.other(mine.id)]
    day = say_whole_day(to_local(starts_at, mine.zone).date(), to_local(now, mine.zone).date())
    theirs = say_time(starts_at, other.zone)
    if theirs == say_time(starts_at, mine.zone):
        return f"{day}, {theirs}"
    return f"{day}, {say_time(starts_at, mine.zone)} ({theirs} for {first_of(snapshot, other.id)})"


def _calendar_button(snapshot: GroupSnapshot, one: Introduction) -> Button:
    last = ActionPayload(group=snapshot.group.id, subject=f"{one.id}.{len(one.outcomes) - 1}")
    return blocks.button("For my calendar", f"{CALENDAR}:{one.id}", action_payload.write(last))
