"""The brief: at most seven lines, each with why it is there; before it is posted, and as posted."""

from __future__ import annotations

from datetime import datetime

from bot.domain.brief import LEARNT_WORDS, LONGEST_LINE, NAME_WORDS, TEXT_WORDS, Brief, BriefLine, Why, chosen
from bot.domain.hours import to_local
from bot.domain.problems import ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import say_dated, say_day_and_time, say_since
from bot.views.words import contained, cut, escape, first_words, one_line

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
NOTHING_LEFT = "Nothing is left in this brief: what it held was struck, or has changed since."
TOO_SOON = "You meet before it could be posted"
NO_BRIEF = "No brief is to come just now; these lines wait for the next."


def brief_message(brief: Brief, *, zone: str) -> Message:
    """The post: no agenda and no minutes, and nobody's name but those whose words it holds."""
    lines = [_said(line, zone, brief.drawn_at or brief.meeting_at) for line in brief.lines]
    parts = [blocks.header(_title(brief, zone))]
    parts += [blocks.paragraph(f"• {line}") for line in lines]
    strike = menu.brief_button(brief.group_id, brief.round, "Strike a line")
    parts.append(blocks.row(strike, menu.more_button(brief.group_id)))
    if brief.corrected_at:
        parts.append(blocks.context(f"Corrected {say_dated(brief.corrected_at, zone)}."))
    text = "\n".join([f"{_title(brief, zone)}.", *lines])
    return blocks.message(escape(text), *parts)


def nothing_left(brief: Brief) -> Message:
    """What a posted brief becomes when no line is left, however each went: struck, undone, taken back, put under
    other headings, erased."""
    words = f"{brief.group_name}: {NOTHING_LEFT[0].lower()}{NOTHING_LEFT[1:]}"
    return blocks.message(escape(words), blocks.paragraph(words), blocks.row(menu.more_button(brief.group_id)))


def so_far(
    snapshot: GroupSnapshot, brief: Brief, lines: list[BriefLine], at: datetime | None, now: datetime
) -> View:
    """To one leader: the lines, each with *Strike* where it holds words of theirs. `at` is when it is posted; None
    where it has been."""
    drawn_at = brief.drawn_at or now
    room = len(lines if brief.drawn_at else chosen(lines))
    own = [line for line in lines[room:] if snapshot.viewer in line.whose]
    parts: list[Block] = [blocks.aside(_when(snapshot, brief, at, now))]
    parts += [_line(snapshot, brief, line, drawn_at) for line in lines[:room]]
    if not lines:
        words = NOTHING_LEFT if brief.drawn_at else NOTHING_YET
        parts.append(blocks.section(words))
    elif brief.drawn_at and not any(snapshot.viewer in line.whose for line in lines):
        parts.append(blocks.context("Whoever's words a line holds can strike it. None of these holds yours."))
    if own:
        parts.append(blocks.context("No room for these of yours so far:"))
        parts += [_line(snapshot, brief, line, drawn_at) for line in own[:MOST_IN_SHEET]]
    if not brief.drawn_at and brief.meeting_at:
        aim = action_payload.write(ActionPayload(group=snapshot.group.id, round=brief.round))
        parts.append(blocks.row(blocks.button("Add a line", ADD, aim, style="primary")))
    return blocks.sheet("The brief" if brief.drawn_at else "The brief so far", *parts)


def line_form(snapshot: GroupSnapshot, name: str, id_: str, at: datetime | None, now: datetime) -> View:
    """`at`: when it is posted; None where they meet before it could be."""
    group = snapshot.group
    where = f"{TOO_SOON}, so it stands under The brief so far with your name, and goes into the next brief."
    if at:
        when = say_day_and_time(at, group.zone, now)
        where = f"It stands in the channel under your name, {when}. Where no brief comes then, in the next one."
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


def _title(brief: Brief, zone: str) -> str:
    name = cut(first_words(one_line(brief.group_name, 80), GROUP_WORDS), 60)
    meeting = f", for {say_dated(brief.meeting_at, zone)}" if brief.meeting_at else ""
    return f"{name}: the brief{meeting}"


def _said(line: BriefLine, zone: str, drawn_at: datetime | None) -> str:
    """`drawn_at`: days are said as on that day; without it, with their date."""
    text = one_line(line.text, 1000)
    text = text if line.why is Why.ADDED else cut(first_words(text, TEXT_WORDS), 200)
    name = first_words(one_line(line.name, 60), NAME_WORDS) or "a leader"
    since = "before"
    if line.since:
        since = say_since(to_local(line.since, zone).date(), to_local(drawn_at or line.since, zone).date())
    tag = TAGS[line.why].format(name=name.replace("{", "("), since=since)
    learnt = cut(first_words(one_line(line.learnt, 1000), LEARNT_WORDS), 160)
    return f"{text} — {tag}" + (f": “{learnt}”" if learnt else "")


def _line(snapshot: GroupSnapshot, brief: Brief, line: BriefLine, drawn_at: datetime) -> Block:
    said = contained(_said(line, snapshot.group.zone, drawn_at))
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
        return f"{_title(brief, snapshot.group.zone)}.{'' if brief.drawn_at else f' {NO_BRIEF}'}"
    if brief.meeting_at and at >= brief.meeting_at:
        return f"{_title(brief, snapshot.group.zone)}. {TOO_SOON}: what people add goes into the next."
    when = say_day_and_time(at, snapshot.group.zone, now)
    return f"{_title(brief, snapshot.group.zone)}. Posted in the channel {when}, if there is something to say."
