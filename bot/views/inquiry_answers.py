"""The answers to a question that had its day: in its thread, and in pages, put together under headings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from bot.domain.headings import headings
from bot.domain.hours import to_local
from bot.domain.inquiry import Inquiry, Shown, standing
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import say_date
from bot.views.paging import paged, turns, weight
from bot.views.put_to_all import ENDED_UNSHOWN
from bot.views.words import as_posted, called, contained, count, cut, escape, one_line, quote

PAGE = "inquiry_page"
WITHDRAW = "inquiry_withdraw"
HEAD = "inquiry_heading"
HEADING_FORM = "inquiry_heading_form"

ANSWERS = "answers"
HEADING = "heading"
THERE = "heading_there"

LONGEST_HEADING = 80
LONGEST_NAME = 160
MOST_ON_A_PAGE = 25
MOST_HISTORY = 8
MOST_HEADINGS = 100

NAMELESS = "Without a name"
GONE = "An answer that stood here was withdrawn."


class HeadingWords(msgspec.Struct, frozen=True, kw_only=True):
    heading: str
    answers: tuple[str, ...]


class _Item(NamedTuple):
    heading: str
    answer: Shown


def reply_message(snapshot: GroupSnapshot, one: Inquiry, number: int, texts: Mapping[str, str]) -> Message:
    """Every word of some of the answers, for people to talk about under them. The channel sees the first of such
    replies, so it says to what."""
    asked = f"Answers to {quote(one.question, 300)}"
    parts: list[Block] = [] if number else [blocks.aside(asked)]
    said: list[str] = []
    for shown in one.answers:
        if shown.reply != number:
            continue
        text = texts.get(shown.id)
        if text is None:
            # its place stays, so that what was said of it in the thread is not read as about the next one
            parts.append(blocks.aside(GONE))
            said.append(GONE)
        else:
            parts.append(_answer(snapshot, shown, text))
            said.append(f"{_whose(snapshot, shown)}: {contained(text)}")
    text = "\n".join([asked, *said])
    return blocks.message(escape(text), *parts)


def answers_sheet(snapshot: GroupSnapshot, one: Inquiry, texts: Mapping[str, str], own: str, page: int = 0) -> View:
    """All that stands, under its headings; what is under none comes last. `own` is the id of the reader's answer,
    which they may withdraw."""
    pages = _pages(one, texts)
    page = max(0, min(page, len(pages) - 1))
    here = ActionPayload(group=snapshot.group.id, subject=one.id, page=page)
    number = f" Page {page + 1} of {len(pages)}." if len(pages) > 1 else ""
    parts: list[Block] = [blocks.aside(f"{one_line(one.question, 300)}{number}")]
    heading = ""
    grouped = bool(headings(one))
    for item in pages[page]:
        # each page says under which heading it begins
        if item.heading != heading or (grouped and item is pages[page][0]):
            parts.append(blocks.paragraph(Bold(item.heading or "Under no heading")))
            heading = item.heading
        parts.append(_answer(snapshot, item.answer, texts[item.answer.id]))
    if not texts:
        parts.append(blocks.section(ENDED_UNSHOWN if one.unshown else "Nothing is shown any more."))
    value = action_payload.write(here)
    buttons = [blocks.button("Put answers together", HEAD, value)] if any(pages) else []
    if own in texts:
        sure = blocks.confirm(
            "Withdraw your answer?",
            "Here it is gone at once; in the thread it is changed with the coming digest. Nobody is told.",
            "Withdraw",
            "Keep it",
        )
        buttons.append(blocks.button("Withdraw my answer", f"{WITHDRAW}:{one.id}", value, confirm=sure))
    parts += [blocks.row(*buttons)] if buttons else []
    parts += _history(snapshot, one)
    return blocks.sheet("Answers", *parts, *turns(PAGE, here, len(pages)))


def heading_form(snapshot: GroupSnapshot, one: Inquiry, texts: Mapping[str, str], key: str, page: int) -> View:
    """Of the answers on one page. `key` is chosen as it opens, so that sending it twice counts once."""
    pages = _pages(one, texts)
    page = max(0, min(page, len(pages) - 1))
    options = [
        inputs.option(f"{n}. {one_line(texts[item.answer.id], 60)}", item.answer.id)
        for n, item in enumerate(pages[page], 1)
    ]
    known = [inputs.option(name, str(n)) for n, name in enumerate(headings(one))][:MOST_HEADINGS]
    there = [inputs.asked(THERE, "Under one that is there", inputs.select(THERE, known))] if known else []
    picked = inputs.several(ANSWERS, options, (), len(options), "Which answers")
    return blocks.form(
        HEADING_FORM,
        "Put answers together",
        "Save",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=f"{one.id}.{key}", page=page)),
        inputs.asked(ANSWERS, "These answers", picked, optional=False),
        *there,
        inputs.text_input(HEADING, "Or under a new heading", most=LONGEST_HEADING),
        blocks.context(
            "With neither, they stand under no heading again. Everyone sees the headings, and who put them; two or "
            "more are where we differ, and come in the next brief."
        ),
    )


def read_heading(one: Inquiry, values: StateValues) -> HeadingWords:
    """Raises Problem for what is too long."""
    new = one_line(inputs.typed_within(values, HEADING, LONGEST_HEADING), LONGEST_HEADING)
    known, chosen = [*headings(one)], inputs.chosen(values, THERE)
    there = known[int(chosen)] if chosen.isdecimal() and int(chosen) < len(known) else ""
    return HeadingWords(heading=new or there, answers=inputs.chosen_several(values, ANSWERS) or ())


def _pages(one: Inquiry, texts: Mapping[str, str]) -> list[list[_Item]]:
    there = {shown.id: shown for shown in standing(one) if shown.id in texts}
    items = [_Item(name, there[id_]) for name, ids in headings(one).items() for id_ in ids if id_ in there]
    under = {item.answer.id for item in items}
    items += [_Item("", shown) for id_, shown in there.items() if id_ not in under]
    return paged(items, lambda item: weight(texts[item.answer.id]), MOST_ON_A_PAGE)


def _answer(snapshot: GroupSnapshot, shown: Shown, text: str) -> Block:
    return blocks.rich(blocks.spoken(Bold(_whose(snapshot, shown))), blocks.quoted(text))


def _whose(snapshot: GroupSnapshot, shown: Shown) -> str:
    return one_line(as_posted(snapshot, shown.called, shown.by), LONGEST_NAME) if shown.by else NAMELESS


def _history(snapshot: GroupSnapshot, one: Inquiry) -> list[Block]:
    """Who put what together lately; all of it is kept."""
    if not one.groupings:
        return []
    zone = snapshot.group.zone
    lines = []
    for made in one.groupings[-MOST_HISTORY:]:
        day = to_local(made.at, zone).date()
        where = f"under “{made.heading}”" if made.heading else "under no heading"
        who = one_line(called(snapshot, made.by), LONGEST_NAME)
        lines.append(f"{who} put {count(len(made.answers), 'answer')} {where}, {say_date(day, day)}.")
    return [blocks.aside(cut("\n".join(reversed(lines)), 2900))]
