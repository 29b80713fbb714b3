"""The brief: at most seven lines, each with why it is there; before it is posted, and as posted."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.brief import LEARNT_WORDS, LONGEST_LINE, NAME_WORDS, TEXT_WORDS, Brief, BriefLine, Why, chosen
from bot.domain.hours import to_local
from bot.domain.problems import ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import say_day, say_day_of, say_since, say_time
from bot.views.words import contained, cut, cut_markup, escape, first_words, one_line

FORM = "brief_line_form"
ADD = "brief_add"
STRIKE = "brief_strike"
LINE = "line"

GROUP_WORDS = 6
"""Of the group's name in the heading."""
MOST_IN_SHEET = 40

TAGS = {
    Why.ADDED: "added by {name}",
    Why.STUCK: "{name}, stuck since {since}",
    Why.ASK: "{name} asks",
    Why.APART: "where we differ",
    Why.PURPOSE: "our purpose, as {name} drafts it",
    Why.LET_GO: "let go",
    Why.AHEAD: "already ahead, says {name}",
}
"""Why a line is there."""


NOTHING_YET = "Nothing yet. What should the meeting hear?"
TOO_SOON = "You meet before it could be posted"


def brief_message(brief: Brief, *, zone: str) -> Message:
    """The post: no agenda and no minutes, and nobody's name but those whose words it holds."""
    days = _Days(zone, brief.drawn_at or brief.meeting_at)
    parts = [blocks.header(_title(brief, zone))]
    parts += [blocks.paragraph(f"• {_said(line, days)}") for line in brief.lines]
    parts.append(blocks.row(menu.brief_button(brief.group_id, brief.round, "Strike a line"), _more(brief)))
    if brief.corrected_at:
        parts.append(blocks.context(f"Corrected {_Days(zone, None).day(brief.corrected_at)}."))
    text = "\n".join([f"{_title(brief, zone)}.", *(_said(line, days) for line in brief.lines)])
    return blocks.message(cut_markup(escape(text), blocks.LONGEST_TEXT), *parts)


def nothing_left(brief: Brief) -> Message:
    """What a posted brief becomes when all of it was struck."""
    words = f"{brief.group_name}: everything in this brief was struck by those whose words it held."
    return blocks.message(escape(words), blocks.paragraph(words), blocks.row(_more(brief)))


def so_far(
    snapshot: GroupSnapshot, brief: Brief, lines: list[BriefLine], at: datetime | None, now: datetime
) -> View:
    """To one leader: the lines, each with *Strike* where it holds words of theirs. `at` is when it is posted; None
    where it has been."""
    days = _Days(snapshot.group.zone, brief.drawn_at or now)
    room = len(lines if brief.drawn_at else chosen(lines))
    own = [line for line in lines[room:] if snapshot.viewer in line.whose]
    parts: list[Block] = [blocks.aside(_when(snapshot, brief, at, now))]
    parts += [_line(snapshot, brief, line, days) for line in lines[:room]]
    if not lines:
        words = "All of it was struck by those whose words it held." if brief.drawn_at else NOTHING_YET
        parts.append(blocks.section(words))
    elif brief.drawn_at and not any(snapshot.viewer in line.whose for line in lines):
        parts.append(blocks.context("Whoever's words a line holds can strike it. None of these holds yours."))
    if own:
        parts.append(blocks.context("No room for these of yours so far:"))
        parts += [_line(snapshot, brief, line, days) for line in own[:MOST_IN_SHEET]]
    if not brief.drawn_at:
        aim = action_payload.write(ActionPayload(group=snapshot.group.id, round=brief.round))
        parts.append(blocks.row(blocks.button("Add a line", ADD, aim, style="primary")))
    return blocks.sheet("The brief" if brief.drawn_at else "The brief so far", *parts)


def line_form(snapshot: GroupSnapshot, name: str, id_: str, at: datetime | None, now: datetime) -> View:
    """`at`: when it is posted; None where they meet before it could be."""
    group = snapshot.group
    where = f"{TOO_SOON}, so it stands under The brief so far alone, with your name."
    if at:
        where = f"It stands in the channel under your name, {_day_and_time(group.zone, at, now)}."
    return blocks.form(
        FORM,
        "Add a line",
        "Add",
        action_payload.write(ActionPayload(group=group.id, round=name, subject=id_)),
        inputs.text_input(
            LINE,
            "What should the meeting hear?",
            most=LONGEST_LINE,
            optional=False,
            hint="One line, 140 characters; two lines each. You can strike it at any time.",
        ),
        blocks.aside(where),
    )


def read_line(values: StateValues) -> str:
    """Raises Problem where it says nothing, or too much."""
    return inputs.typed_line(values, LINE, LONGEST_LINE, ProblemCode.BRIEF_LINE_EMPTY)


class _Days:
    """Days as they are said on the day the brief is drawn; without one, always with their date."""

    def __init__(self, zone: str, today: datetime | None) -> None:
        self._zone, self._today = zone, to_local(today, zone).date() if today else None

    def day(self, moment: datetime) -> str:
        """The group's day of that moment, with its date: “Thursday 3 December”."""
        day = to_local(moment, self._zone).date()
        return say_day(day, day - timedelta(days=7))

    def since(self, moment: datetime) -> str:
        """“Tuesday”, if that is right on the day it is drawn; else with its date."""
        day = to_local(moment, self._zone).date()
        return say_since(day, self._today or day)


def _title(brief: Brief, zone: str) -> str:
    name = cut(first_words(one_line(brief.group_name, 80), GROUP_WORDS), 60)
    meeting = f", for {_Days(zone, None).day(brief.meeting_at)}" if brief.meeting_at else ""
    return f"{name}: the brief{meeting}"


def _said(line: BriefLine, days: _Days) -> str:
    text = one_line(line.text, 1000)
    text = text if line.why is Why.ADDED else cut(first_words(text, TEXT_WORDS), 200)
    name = first_words(one_line(line.name, 60), NAME_WORDS) or "a leader"
    since = days.since(line.since) if line.since else "before"
    tag = TAGS[line.why].format(name=name.replace("{", "("), since=since)
    learnt = cut(first_words(one_line(line.learnt, 1000), LEARNT_WORDS), 160)
    return f"{text} — {tag}" + (f": “{learnt}”" if learnt else "")


def _line(snapshot: GroupSnapshot, brief: Brief, line: BriefLine, days: _Days) -> Block:
    said = contained(_said(line, days))
    if snapshot.viewer not in line.whose:
        return blocks.paragraph(said)
    aim = ActionPayload(group=snapshot.group.id, round=brief.round, subject=line.key)
    gone = "It comes out of the brief in the channel." if brief.drawn_at else "It will not be in this brief."
    sure = blocks.confirm("Strike this line?", gone, "Strike", "Keep")
    return blocks.line(
        said, blocks.button("Strike", f"{STRIKE}:{line.key}", action_payload.write(aim), confirm=sure)
    )


def _when(snapshot: GroupSnapshot, brief: Brief, at: datetime | None, now: datetime) -> str:
    if at is None:
        return f"{_title(brief, snapshot.group.zone)}."
    if brief.meeting_at and at >= brief.meeting_at:
        return f"{_title(brief, snapshot.group.zone)}. {TOO_SOON}, so its lines stand here alone."
    when = _day_and_time(snapshot.group.zone, at, now)
    return f"{_title(brief, snapshot.group.zone)}. Posted in the channel {when}, if there is something to say."


def _day_and_time(zone: str, at: datetime, now: datetime) -> str:
    day = say_day_of(at, zone, now)
    return f"{day if day == 'today' else f'on {day}'} at {say_time(at, zone)}"


def _more(brief: Brief) -> Button:
    return menu.more_button(brief.group_id)
