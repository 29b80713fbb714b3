"""Asks: the form, what is put to whoever may be meant, what the asker hears, and what stands open now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.domain.asks import Ask, asked_of
from bot.domain.groups import ended
from bot.domain.introductions import Introduction
from bot.domain.matters import Matter
from bot.domain.news import News, NewsCode
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.introductions import what_follows
from bot.views.leaders_menu import leader_options
from bot.views.matching import because
from bot.views.resting import put_quietly, put_to_everyone
from bot.views.which_group import Beginning
from bot.views.words import called, cut, first_of, quote, stopped

ASK_FORM = "ask_form"
YES = "ask_yes"
KNOW = "ask_know"
KNOW_FORM = "ask_know_form"
TO_EVERYONE = "ask_to_everyone"
GOT_IT = "ask_got_it"
GOT_IT_FORM = "ask_got_it_form"
WITHDRAW = "ask_withdraw"
INTRODUCE = "ask_introduce"
PASSED = "ask_pass_over"

WHAT = "what"
HOW = "how"
WORDS = "words"
THANKS = "thanks"
QUIETLY = "quietly"
EVERYONE = "everyone"

LONGEST = 300
BEGINNING = Beginning("ask_group", "What are you after?", "I'm after", LONGEST)
QUOTED = 160

SAID_LINE = "I pass your line on next, in your name, and write to nobody else."
SAID_YES_ALREADY = "You said yes to that already, so you are introduced. Nobody is told of this press."
SAID_YES = "You said yes."
SAID_PASSED_OVER = "Left there. Nobody is told."
SAID_WITHDRAWN = "Taken back. Nobody is asked any more."


class AskWords(msgspec.Struct, frozen=True, kw_only=True):
    what: str
    quiet: bool


def ask_form(snapshot: GroupSnapshot, id: str, typed: str = "") -> View:
    """`id` is chosen as it opens, so that sending it twice makes one ask."""
    choices = [
        inputs.option("Ask around quietly", QUIETLY),
        inputs.option("Put it to everyone", EVERYONE),
    ]
    return blocks.form(
        ASK_FORM,
        "What are you after?",
        "Ask",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=id)),
        inputs.text_input(
            WHAT,
            "I'm after",
            initial=cut(typed, LONGEST),
            most=LONGEST,
            lines=True,
            optional=False,
            placeholder="somebody who has cut repeat call-outs",
        ),
        inputs.asked(HOW, "How", inputs.radio(HOW, choices, QUIETLY), optional=False),
        blocks.context(
            "Quietly: I ask a few people whose words come near it, three at a time. They see your name. You hear "
            "of a yes; nobody hears who passed. It lasts 30 days."
        ),
    )


def read_ask(values: StateValues) -> AskWords:
    """Raises Problem for what is too long; that it is not empty is for the ask itself to say."""
    what = inputs.typed_within(values, WHAT, LONGEST)
    # the quiet way where none was chosen: it can be put to everyone later, and never taken back from them
    return AskWords(what=what, quiet=inputs.chosen(values, HOW) != EVERYONE)


def asked_sheet(snapshot: GroupSnapshot, ask: Ask, now: datetime) -> View:
    """What was kept, and what happens next with it."""
    words = put_quietly(snapshot.group, ask, now) if ask.quiet else put_to_everyone(snapshot, ask, now)
    return blocks.sheet(
        "Asked",
        blocks.quote(ask.what),
        blocks.section(words),
        blocks.row(menu.open_now_button(snapshot.group.id)),
    )


def know_form(snapshot: GroupSnapshot, ask: Ask, round: str = "") -> View:
    """`round`: of the check-in that the ask was put with."""
    who = called(snapshot, ask.by)
    return blocks.form(
        KNOW_FORM,
        "I know someone",
        "Send",
        action_payload.write(ActionPayload(group=snapshot.group.id, round=round, subject=ask.id)),
        blocks.paragraph(f"{who} is after: {quote(ask.what, LONGEST)}"),
        inputs.text_input(WORDS, "A line to them, in your name", most=LONGEST, lines=True, optional=False),
        blocks.context("I write to nobody else, and nobody else sees it."),
    )


def read_line(values: StateValues) -> str:
    """Raises Problem for more than 300 characters; that it is not empty is for the ask itself to say."""
    return inputs.typed_within(values, WORDS, LONGEST)


def line_sheet() -> View:
    """What will be tried: the asker has not heard of it yet."""
    return blocks.sheet("Thank you", blocks.section(SAID_LINE))


def said_yes(snapshot: GroupSnapshot, ask: Ask) -> str:
    """To whoever can help with it."""
    name = first_of(snapshot, ask.by)
    return f"I tell {name} next. {name} may still choose not to, and nobody else hears of it."


def introduced_sheet(snapshot: GroupSnapshot, ask: Ask, made: Introduction) -> View:
    """After the second yes: how the two are put together."""
    words = what_follows(snapshot, made, ask.by)
    return blocks.sheet("Two yeses", blocks.paragraph(quote(ask.what, LONGEST)), blocks.paragraph(words))


def got_it_form(snapshot: GroupSnapshot, ask: Ask, now: datetime) -> View:
    """To the asker. Nobody can be thanked where nobody else is in the group, or where that has ended: no digest
    follows."""
    thanks: list[Block] = []
    if (options := leader_options(snapshot, but=ask.by)) and not ended(snapshot.group, now):
        thanks = [
            inputs.asked(THANKS, "Thank somebody by name", inputs.select(THANKS, options)),
            blocks.context("Thanks stand in the next digest, beside these words; without a name nothing does."),
        ]
    return blocks.form(
        GOT_IT_FORM,
        "Got it",
        "Save",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=ask.id)),
        blocks.paragraph(quote(ask.what, LONGEST)),
        *thanks,
    )


def ended_sheet(snapshot: GroupSnapshot, ask: Ask) -> View:
    """Nobody is thanked before it stands in a digest."""
    thanks = f" The next digest thanks {called(snapshot, ask.thanked)}." if ask.thanked else ""
    return blocks.sheet("Got it", blocks.paragraph(f"Your ask has ended; nobody is asked any more.{thanks}"))


def read_thanks(snapshot: GroupSnapshot, values: StateValues) -> str:
    """Whom to thank, or empty. Raises Problem for somebody who is not in the group."""
    chosen = inputs.chosen(values, THANKS)
    if chosen and chosen not in snapshot.active():
        raise Problem(ProblemCode.NOT_IN_CHANNEL, THANKS)
    return chosen


def ask_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To whoever may be meant; with the words of theirs that it rests on."""
    ask = snapshot.asks[matter.subject]
    routed, who = asked_of(ask).get(matter.person_id), called(snapshot, ask.by)
    why = because(snapshot, routed.rests_on, ask.what, matter.person_id) if routed else ""
    name = first_of(snapshot, ask.by)
    return (
        f"{who} is after: {stopped(quote(ask.what, LONGEST))} Might that be you?{why} {name} won't see who said "
        f"no. {name} may still choose not to."
    )


def ask_news(snapshot: GroupSnapshot, ask: Ask, one: News, quotes: Mapping[tuple[str, str], str]) -> str:
    """A sentence to the asker. `quotes`: words of whoever said yes, by the ask's id and theirs."""
    what = quote(ask.what, QUOTED)
    if one.code is NewsCode.ASK_ENDED:
        return f"Nobody has said yes to {what} so far; many simply pass. Put it to everyone?"
    who = called(snapshot, one.by)
    if one.code is NewsCode.ASK_KNOWS:
        words = next((known.words for known in ask.known if known.by == one.by), "")
        return f"{who} says of {what}: {stopped(quote(words, LONGEST))}"
    near = quotes.get((ask.id, one.by)) or ""
    if not near:
        return stopped(f"{who} may have it: {what}")
    return f"{who} may have it: {stopped(near)} {stopped(f'You asked for {what}')}"


def ask_news_buttons(snapshot: GroupSnapshot, ask: Ask, one: News) -> list[Block]:
    """What the asker can do with it."""
    aimed = ActionPayload(group=snapshot.group.id, person=one.to, subject=ask.id)
    value = action_payload.write(aimed)
    if one.code is NewsCode.ASK_ENDED and ask.quiet:
        return [
            blocks.row(
                blocks.button("Put it to everyone", f"{TO_EVERYONE}:{ask.id}", value),
                blocks.button("Got it", f"{GOT_IT}:{ask.id}", value),
            )
        ]
    said = next((yes for yes in ask.yeses if yes.by == one.by), None)
    if one.code is not NewsCode.ASK_YES or said is None or said.introduced or said.passed_over:
        return []
    end = f"{ask.id}.{one.by}"
    both = action_payload.write(msgspec.structs.replace(aimed, subject=end))
    return [
        blocks.row(
            blocks.button("Introduce us", f"{INTRODUCE}:{end}", both, style="primary"),
            blocks.button("Not now", f"{PASSED}:{end}", both),
        )
    ]
