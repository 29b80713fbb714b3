"""The purpose in the channel: a wording put to all, what somebody would change, that it stands; and both forms."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.drafting import Draft
from bot.domain.hours import to_local
from bot.domain.matters import Matter
from bot.domain.problems import read_all
from bot.domain.purpose import MOST_AIMS, AskedChange, Ended, Wording
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import say_dated_day, say_whole_day
from bot.views.words import as_posted, contained, escape, one_line

DRAFT_FORM = "purpose_form"
CAN_LIVE = "purpose_can_live"
CHANGE = "purpose_change"
CHANGE_FORM = "purpose_change_form"

SENTENCE = "sentence"
AIM = "aim"
WORDS = "change"

LONGEST_SENTENCE = 300
LONGEST_AIM = 120
LONGEST_CHANGE = 500

CAN = "I can live with it"
WOULD_CHANGE = "I would change this…"

SAID_CAN = "Kept. Nobody is shown who pressed, or who did not."
SAID_CHANGE = "Kept. It goes under the words in the channel, with your name."
NOBODY_SHOWN = "Nobody is shown who pressed."
RULE = (
    "It stands once seven days have passed, no change is open, and at least half of us can live with it: three at "
    f"the least, of two organisations or more. {NOBODY_SHOWN}"
)


def purpose_message(snapshot: GroupSnapshot, one: Wording) -> Message:
    """The post of a wording: with its buttons while it is under way, then how that ended. It says nothing of who
    pressed."""
    title = f"{_who_drafts(snapshot, one)}:"
    aside = RULE if one.under_way else how_it_ended(snapshot, one)
    if one.under_way and one.waits_until:
        aside = f"{say_rests(snapshot, one, one.waits_until)} {NOBODY_SHOWN}"
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    press = (
        [blocks.button(CAN, CAN_LIVE, value, style="primary"), blocks.button(WOULD_CHANGE, CHANGE, value)]
        if one.under_way
        else [menu.purpose_button(snapshot.group.id)]
    )
    return blocks.message(
        escape("\n".join([title, *in_lines(one), aside])),
        blocks.paragraph(title),
        *as_blocks(one),
        blocks.aside(aside),
        blocks.row(*press, menu.more_button(snapshot.group.id)),
    )


def _who_drafts(snapshot: GroupSnapshot, one: Wording) -> str:
    # a draft put before any came to stand is a first one, and stays so in its post
    first = not any(each.stood_at and each.at < one.at for each in snapshot.purpose.wordings)
    what = "drafts what we are here for" if first else "suggests other words for what we are here for"
    return f"{as_posted(snapshot, one.called, one.by)} {what}"


def say_rests(snapshot: GroupSnapshot, one: Wording, until: date) -> str:
    """What becomes of words under way while the group is paused, until that day."""
    day = say_dated_day(until)
    if until == snapshot.group.ends_on:
        return f"The group is paused, and ends on {day} without going on: these words are laid aside then."
    if one.post.posted is None:
        return f"The group is paused until {day}. These words are put to all after that."
    return f"The group is paused until {day}. Nothing comes to stand before."


def how_it_ended(snapshot: GroupSnapshot, one: Wording) -> str:
    """Of a wording that is under way no more; it stays true for good."""
    at = one.stood_at or one.ended_at or one.at
    day = date_of(snapshot, at)
    if one.stood_at:
        return f"This became what we are here for on {day}."
    if one.ended is Ended.TAKEN_BACK:
        return f"{as_posted(snapshot, one.called, one.by)} took these words back on {day}."
    if one.ended is Ended.REPLACED:
        return f"Other words took their place on {day}."
    if one.ended is Ended.GROUP_ENDED:
        return f"Laid aside on {day}, as the group had ended."
    return f"Laid aside on {day}: it had not come to stand in six weeks. Anybody can draft again."


def stands_message(snapshot: GroupSnapshot, one: Wording) -> Message:
    """In the channel, of a wording that stands (`stood_at` is set), aims and all."""
    assert one.stood_at is not None
    title = f"This is what we are here for, since {date_of(snapshot, one.stood_at)}:"
    aside = (
        "Seven days have passed, no change is open, and enough of us can live with it. Anybody can suggest other "
        "words." + (" A commitment can say which aim it serves." if one.aims else "")
    )
    return blocks.message(
        escape("\n".join([title, *in_lines(one), aside])),
        blocks.paragraph(title),
        *as_blocks(one),
        blocks.aside(aside),
        blocks.row(menu.purpose_button(snapshot.group.id), menu.more_button(snapshot.group.id)),
    )


def change_message(snapshot: GroupSnapshot, one: Wording, asked: AskedChange) -> Message:
    """In the thread under the words it is about."""
    who = as_posted(snapshot, asked.called, asked.by)
    if asked.withdrawn_at:
        words = f"{who} withdrew what they would change."
        return blocks.message(escape(words), blocks.aside(words))
    title = f"{who} would change this:"
    author = snapshot.leaders.get(one.by)
    rewords = as_posted(snapshot, one.called, one.by) if author and author.in_group else "Anybody"
    return blocks.message(
        escape(f"{title} {contained(asked.text)}"),
        blocks.paragraph(title),
        blocks.quote(asked.text),
        *([blocks.aside(f"{rewords} can put other words to all.")] if one.under_way else []),
    )


KEPT_AIMS = (
    "Other words in its field: the same aim, and what serves it still does. For another aim, empty the field and "
    "write below."
)


def draft_form(snapshot: GroupSnapshot, id_: str, base: Wording | None) -> View:
    """`id_` is chosen as it opens, so that sending it twice drafts once. It begins from `base`, which it names: an
    aim keeps what serves it where it keeps its field."""
    subject = f"{id_}.{base.id}" if base else id_
    aims = [one_line(aim.text, LONGEST_AIM) for aim in base.aims] if base else []
    fields = [
        inputs.text_input(f"{AIM}_{n}", f"Aim {n + 1}", initial=text, most=LONGEST_AIM)
        for n, text in enumerate([*aims, *([""] * MOST_AIMS)][:MOST_AIMS])
    ]
    return blocks.form(
        DRAFT_FORM,
        "Suggest other words" if base else "Draft a purpose",
        "Put it to all",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=subject)),
        inputs.text_input(
            SENTENCE,
            "What are we here for?",
            initial=base.sentence if base else "",
            most=LONGEST_SENTENCE,
            lines=True,
            optional=False,
            hint="One sentence.",
        ),
        *fields,
        *([blocks.context(KEPT_AIMS)] if aims else []),
        blocks.context(
            f"It stands in the channel under your name, and you count as one who can live with it. {RULE}"
        ),
    )


def read_draft(values: StateValues) -> Draft:
    """Raises Problem at each field that is too long; that the sentence is not empty is for the draft to say."""

    def line(field: str, most: int) -> str:
        return one_line(inputs.typed_within(values, field, most), most)

    return read_all(
        Draft,
        sentence=lambda: line(SENTENCE, LONGEST_SENTENCE),
        aims=lambda: tuple(line(f"{AIM}_{n}", LONGEST_AIM) for n in range(MOST_AIMS)),
    )


def change_form(snapshot: GroupSnapshot, one: Wording, key: str, aimed: ActionPayload) -> View:
    """With the reader's own words, where they asked before. `key` is chosen as it opens; `aimed`: at where it was
    opened."""
    own = next((each.text for each in one.asked if each.by == snapshot.viewer), "")
    subject = f"{one.id}.{key}"
    return blocks.form(
        CHANGE_FORM,
        "I would change this",
        "Say it",
        action_payload.write(
            ActionPayload(group=snapshot.group.id, round=aimed.round, person=aimed.person, subject=subject)
        ),
        *as_blocks(one),
        inputs.text_input(
            WORDS, "What would you change?", initial=own, most=LONGEST_CHANGE, lines=True, optional=False
        ),
        blocks.context(
            "It stands in the thread under these words, with your name. They can't stand until you withdraw it, or "
            "fourteen days have passed since you first said so."
        ),
    )


def read_change(values: StateValues) -> str:
    """Raises Problem for what is too long."""
    return inputs.typed_within(values, WORDS, LONGEST_CHANGE)


def purpose_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To one leader who has said nothing of it yet; `matter` is of a wording that is kept."""
    one = snapshot.purpose.find(matter.subject)
    assert one is not None
    aims = f" Aims: {'; '.join(aim.text for aim in one.aims)}." if one.aims else ""
    return f"{_who_drafts(snapshot, one)}: “{one.sentence}”{aims}"


def as_blocks(one: Wording) -> list[Block]:
    """The sentence, and its aims below it."""
    lines = [f"• {aim.text}" for aim in one.aims]
    return [blocks.quote(one.sentence), *([blocks.paragraph("\n".join(lines))] if lines else [])]


def in_lines(one: Wording) -> list[str]:
    """The sentence, then each aim; plain, so a message's `text` escapes them."""
    return [f"“{one.sentence}”", *(f"• {aim.text}" for aim in one.aims)]


def date_of(snapshot: GroupSnapshot, moment: datetime) -> str:
    """With its year: it is read for as long as the group."""
    day = to_local(moment, snapshot.group.zone).date()
    return f"{say_whole_day(day, day)} {day.year}"
