"""Inquiries: the form that asks, the post in the channel, and the form that answers."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.domain.inquiry import Inquiry, InquiryAnswer, Otherwise
from bot.domain.inquiry_days import ahead_of, check_day, default_close, would_open
from bot.domain.matters import Matter
from bot.domain.occasion import CLOSING_HOUR
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import read_day, say_dated, say_dated_time, say_day_of, say_zone
from bot.views.put_to_all import ENDED_UNSHOWN, say_until, say_waits, when_it_goes
from bot.views.which_group import Beginning
from bot.views.words import as_posted, called, cut, escape, one_line, quote

ASK_FORM = "inquiry_form"
ANSWER = "inquiry_answer"
ANSWER_FORM = "inquiry_answer_form"
TAKE_OUT = "inquiry_take_out"
TAKE_BACK = "inquiry_take_back"
TAKE_BACK_OPEN = "inquiry_take_back_open"
READ = "inquiry_read"
ASK_IT = "inquiry_ask_it"

QUESTION = "question"
UNTIL = "until"
WORDS = "answer"
NAME = "name"
OTHERWISE = "otherwise"
WITH, WITHOUT = "with", "without"

LONGEST_QUESTION = 300
BEGINNING = Beginning("inquiry_group", "A question to all", "Your question", LONGEST_QUESTION)
LONGEST = 1000

FIRST_QUESTION = "What are we actually trying to achieve together?"
"""What the bot offers in a group's third round."""
WOULD_YOU_ASK = (
    f"This is the third round. Would you put this to everyone: “{FIRST_QUESTION}” Each answers alone, then all are "
    "shown together."
)

SAID_ASKED = "It goes to everyone, in your name."
SAID_ANSWERED = "Kept. Nobody sees it before its day, or that you answered."
RULE = (
    "Without a name it is shown only where at least three are, and at least five people could have written them. "
    "Five leaders who pool what they know can still guess."
)


class InquiryWords(msgspec.Struct, frozen=True, kw_only=True):
    question: str
    day: date | None


class AnswerWords(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    named: bool
    otherwise: Otherwise


def ask_form(
    snapshot: GroupSnapshot, id_: str, now: datetime, typed: str = "", aimed: ActionPayload | None = None
) -> View:
    """`id_` is chosen as it opens, so that sending it twice asks once. `aimed`: at the matter that offers it."""
    group = snapshot.group
    ahead = ahead_of(None, snapshot.inquiries.values(), snapshot.active())
    turn = [blocks.context(_turn(ahead))] if ahead else []
    brief_at = group.rhythm.brief_at
    hour = CLOSING_HOUR if brief_at == CLOSING_HOUR else f"{CLOSING_HOUR} (of a brief: {brief_at})"
    meant = msgspec.structs.replace(aimed or ActionPayload(), group=group.id, subject=id_)
    return blocks.form(
        ASK_FORM,
        "A question to all",
        "Put it to all",
        action_payload.write(meant),
        inputs.text_input(
            QUESTION,
            "Your question",
            initial=cut(typed, LONGEST_QUESTION),
            most=LONGEST_QUESTION,
            lines=True,
            optional=False,
            placeholder=FIRST_QUESTION,
        ),
        inputs.date_input(UNTIL, f"Answered until (else {_usual(snapshot, now)})", optional=True),
        blocks.context(
            f"It stands in the channel under your name. Each answers alone; until that day at {hour}, "
            f"{say_zone(group.zone)}, nobody sees others' answers or how many there are, you neither. Then all are "
            "shown together."
        ),
        *turn,
    )


def _usual(snapshot: GroupSnapshot, now: datetime) -> str:
    """Where nobody chooses a day."""
    group, opens = snapshot.group, would_open(snapshot, now)
    if opens is None:
        return "the day of a brief, once it is open"
    closes_at, name = default_close(group, snapshot.rounds.values(), opens)
    day = say_day_of(closes_at, group.zone, now)
    return f"the day of the brief, {day}" if name else day


def _turn(ahead: int) -> str:
    if ahead == 1:
        return "Another question has its turn first. Yours opens on the working day after that one's day."
    return f"{ahead} other questions have their turn first. Yours opens on the working day after the last of them."


def read_ask(snapshot: GroupSnapshot, values: StateValues, now: datetime) -> InquiryWords:
    """Raises Problem at the field."""
    question = one_line(inputs.typed_within(values, QUESTION, LONGEST_QUESTION), LONGEST_QUESTION)
    picked = inputs.chosen(values, UNTIL)
    day = check_day(read_day(picked, UNTIL), snapshot.group, now, UNTIL) if picked else None
    return InquiryWords(question=question, day=day)


def asked_sheet(snapshot: GroupSnapshot, one: Inquiry, opens: datetime | None, now: datetime) -> View:
    """`opens`: when it does; None where another question has its turn first."""
    if opens is None:
        words = _turn(ahead_of(one, snapshot.inquiries.values(), snapshot.active()))
    else:
        words = when_it_goes(snapshot.group, opens, say_dated(opens, snapshot.group.zone), now)
    return blocks.sheet(
        "A question to all",
        blocks.quote(one.question),
        blocks.section(words),
        blocks.row(menu.inquiries_button(snapshot.group.id)),
    )


def inquiry_message(snapshot: GroupSnapshot, one: Inquiry) -> Message:
    """The post: it says nothing of who answered, or how many, and only changes with its day, or as its asker takes
    it back."""
    who, group = as_posted(snapshot, one.called, one.by), snapshot.group
    if one.taken_back_at:
        gone = f"{who} took this question back. Nobody saw an answer to it, and all are deleted."
        return blocks.message(escape(gone), blocks.paragraph(gone), blocks.row(menu.more_button(group.id)))
    asks = f"{who} asks everyone: {quote(one.question, LONGEST_QUESTION)}"
    value = action_payload.write(ActionPayload(group=group.id, subject=one.id))
    if one.closed_at is None and one.waits_until:
        words = say_waits(group, one.waits_until, posted=True)
        buttons = [blocks.button("My answer", ANSWER, value), menu.more_button(group.id)]
    elif one.closed_at is None and one.closes_at:
        until = say_dated_time(one.closes_at, group.zone)
        words = (
            f"Each answers alone, until {until}. Nobody sees an answer before, then all are shown together here."
        )
        buttons = [blocks.button("Answer", ANSWER, value, style="primary"), menu.more_button(group.id)]
    elif one.answers:
        words = "Its day has come. Read the answers in the thread or here; their order was drawn by lot."
        buttons = [blocks.button("Read the answers", READ, value), menu.more_button(group.id)]
    else:
        words = ENDED_UNSHOWN if one.unshown else "Its day has come. There is nothing to show."
        buttons = [menu.more_button(group.id)]
    return blocks.message(
        escape(f"{asks} {words}"),
        blocks.paragraph(asks),
        blocks.context(escape(words)),
        blocks.row(*buttons),
    )


def answer_form(snapshot: GroupSnapshot, one: Inquiry, own: InquiryAnswer | None, aimed: ActionPayload) -> View:
    """To the reader alone: with their own words, where they answered. `aimed`: at where it was opened."""
    meant = msgspec.structs.replace(aimed, group=snapshot.group.id, subject=one.id)
    assert one.closes_at is not None
    until = say_until(snapshot, one.closes_at)
    names = [inputs.option("With my name", WITH), inputs.option("Without my name", WITHOUT)]
    fallback = [
        inputs.option("Put my name to it", Otherwise.NAME),
        inputs.option("Hold it back: delete it unshown", Otherwise.HOLD),
    ]
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    out = [blocks.row(blocks.button("Take my answer out", TAKE_OUT, value))] if own else []
    return blocks.form(
        ANSWER_FORM,
        "Your answer",
        "Save",
        action_payload.write(meant),
        blocks.paragraph(f"{called(snapshot, one.by)} asks everyone: {quote(one.question, LONGEST_QUESTION)}"),
        inputs.text_input(
            WORDS, "Your answer", initial=own.text if own else "", most=LONGEST, lines=True, optional=False
        ),
        inputs.asked(
            NAME, "Shown", inputs.radio(NAME, names, WITHOUT if own and not own.named else WITH), optional=False
        ),
        inputs.asked(
            OTHERWISE,
            "If too few are without a name",
            inputs.radio(OTHERWISE, fallback, own.otherwise if own else Otherwise.HOLD),
            optional=False,
        ),
        blocks.aside(
            f"Nobody sees it before {until}, or that you answered; until then you can change it. After that it can "
            f"only be withdrawn. {RULE}"
        ),
        *out,
    )


def read_answer(values: StateValues) -> AnswerWords:
    """Raises Problem for what is too long; that it is not empty is for the answer itself to say. A name stands only
    where one was chosen."""
    return AnswerWords(
        text=inputs.typed_within(values, WORDS, LONGEST),
        named=inputs.chosen(values, NAME) == WITH,
        otherwise=Otherwise.NAME if inputs.chosen(values, OTHERWISE) == Otherwise.NAME else Otherwise.HOLD,
    )


def kept_sheet(snapshot: GroupSnapshot, one: Inquiry) -> View:
    """To who answered, in place of the form: no message says that they did."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    return blocks.sheet(
        "Your answer",
        blocks.paragraph(quote(one.question, LONGEST_QUESTION)),
        blocks.section(SAID_ANSWERED),
        blocks.row(blocks.button("Change my answer", ANSWER, value)),
    )


def own_sheet(snapshot: GroupSnapshot, one: Inquiry, own: InquiryAnswer | None, until: date) -> View:
    """To the reader alone, after the day of a question that waits `until` then: their words, to be taken out."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    parts = [blocks.paragraph("You wrote no answer.")]
    if own:
        otherwise = "put my name to it" if own.otherwise is Otherwise.NAME else "hold it back"
        shown = "With my name." if own.named else f"Without my name; if too few are, {otherwise}."
        out = blocks.row(blocks.button("Take my answer out", TAKE_OUT, value))
        parts = [blocks.quote(own.text), blocks.context(shown), out]
    return blocks.sheet(
        "Your answer",
        blocks.paragraph(quote(one.question, LONGEST_QUESTION)),
        *parts,
        blocks.context(say_waits(snapshot.group, until, posted=one.posted is not None)),
    )


def taken_out_sheet(*, again: bool) -> View:
    """To who took theirs out; `again`: before its day."""
    more = " You can answer again until its day." if again else ""
    return blocks.sheet("Your answer", blocks.section(f"Taken out, and deleted.{more}"))


def inquiry_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To one leader; `matter` is of an inquiry in the snapshot, and says until when in their own zone."""
    one = snapshot.inquiries[matter.subject]
    who = "You ask" if matter.own else f"{called(snapshot, one.by)} asks"
    return (
        f"{who} everyone: {quote(one.question, LONGEST_QUESTION)} Each answers "
        f"alone, until {say_until(snapshot, matter.until, matter.person_id)}; nobody sees who has."
    )
