"""Introductions: the message to both, or to each; *Open a conversation*; did you talk; *Not with this person*."""

from __future__ import annotations

from bot.domain.exclusions import Exclusions
from bot.domain.introduced import apart, pair
from bot.domain.introductions import Introduction, Talk, Way, Why
from bot.domain.matters import Matter
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.words import called, count, cut, escape, first_of, one_line, quote, stopped

TWENTY = "twenty_open"
TALKED = "introduction_talked"
NOT_YET = "introduction_not_yet"
NOT_WITH = "introduction_not_with"
EXCLUDE = "exclusion_add"
LIFT = "exclusion_lift"

OPENING = ": an introduction."

QUOTED = 160
MOST_LISTED = 40
MOST_OPTIONS = 100
"""Slack takes no more in a menu."""

A_WALK = "Twenty minutes? A walk counts."
A_FIRST_QUESTION = "To begin with: what has each of you tried so far?"
SAID = {
    Talk.WE_DID: "Good to know. The group only ever sees how many talked, from three on.",
    Talk.NOT_YET: "That's fine. Nobody is told.",
}
"""After their press, to them alone."""


def introduction(snapshot: GroupSnapshot, one: Introduction) -> Message:
    """To both, in one conversation: why these two, and a first question."""
    opening = f"{one_line(snapshot.group.name, 100)}{OPENING}"
    who = f"{called(snapshot, one.people[0])}, {called(snapshot, one.people[1])}:"
    return _message(snapshot, one, opening, f"{who} {_because(snapshot, one)}")


def by_dm(snapshot: GroupSnapshot, one: Introduction, to: str) -> Message:
    """To one of the two: who the other is and how to reach them. A mention notifies nobody in a DM."""
    opening = f"{one_line(snapshot.group.name, 100)}{OPENING}"
    other = one.other(to)
    if pair(snapshot, one) is None:
        words = f"{opening} {called(snapshot, other)} has left the group meanwhile, so I've written to nobody else."
        row = blocks.row(menu.more_button(snapshot.group.id))
        return blocks.message(escape(words), blocks.paragraph(words), row)
    person, name = snapshot.people[other], first_of(snapshot, other)
    # why it is not one conversation of the three
    came = f"You and {name} share no working hours, so I write to each of you."
    if one.way is Way.UNSURE:
        came = f"I wrote to you and {name} together, and can't tell whether it arrived; so this goes to each."
    elif one.way is Way.APART:
        came = f"Slack won't let me open one conversation with you and {name}."
    words = f"{came} {_because(snapshot, one)}"
    reach = f"Write to {called(snapshot, other)} here in Slack: "
    account = blocks.paragraph(reach, blocks.user(person.reach.user_id))
    return _message(snapshot, one, opening, words, reach=reach, account=account)


def what_follows(snapshot: GroupSnapshot, one: Introduction, viewer: str) -> str:
    """What I try, and what follows where Slack won't have it; or where it is already."""
    other = called(snapshot, one.other(viewer))
    if one.way is Way.TOGETHER:
        return f"It is open already: look for {other} and Between among your direct messages."
    if one.told:
        return _who_is_told(one, viewer, other)
    if apart(snapshot, one):
        return f"I write to you and to {other}, in your own hours, with how to reach each other."
    return (
        f"I try to open one conversation with {other} and you, at a time in both your hours. If Slack won't have "
        "it, each of you gets a message with how to reach the other."
    )


def _who_is_told(one: Introduction, viewer: str, other: str) -> str:
    """Where a message to each takes the place of a conversation, and at least one of them has it."""
    if one.made_at:
        return f"You and {other} each have a message of mine already, with how to reach the other."
    if viewer in one.told:
        return f"You have my message already, with how to reach {other}."
    return f"{other} has my message already, with how to reach you. I write to you too, in your own hours."


def asked_sheet(snapshot: GroupSnapshot, one: Introduction, viewer: str) -> View:
    """*Open a conversation*."""
    words = what_follows(snapshot, one, viewer)
    reach = blocks.paragraph("Or write now: ", blocks.user(snapshot.people[one.other(viewer)].reach.user_id))
    return blocks.sheet("Open a conversation", blocks.paragraph(words), reach)


def talk_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To each of the two, ten days after; `matter` is of an introduction in the snapshot."""
    one = snapshot.introductions[matter.subject]
    return f"Did you and {called(snapshot, one.other(matter.person_id))} get to talk?"


def talks_line(number: int) -> str:
    """How many of the group's introductions led to a talk."""
    verb = "has" if number == 1 else "have"
    return f"In the past year {count(number, 'introduction')} {verb} led to a talk."


def twenty_button(snapshot: GroupSnapshot, one: Introduction, text: str = "Find us twenty minutes") -> Button:
    """In a form, a DM or the conversation of the two: it opens for either of them, and for nobody else."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    return blocks.button(text, f"{TWENTY}:{one.id}", value)


def not_with_button(snapshot: GroupSnapshot, person_id: str) -> Button:
    """In a form alone: in their conversation the other would read it."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=person_id))
    return blocks.button("Not with this person", NOT_WITH, value)


def exclusions_sheet(snapshot: GroupSnapshot, own: Exclusions) -> View:
    """*Not with…*, for whose it is alone: whom they listed, each to be lifted, and a menu to add somebody."""
    group, listed = snapshot.group.id, list(own.of)[:MOST_LISTED]
    words = (
        f"Only you see this. In {one_line(snapshot.group.name, 100)} I don't put the two of you together, nobody "
        "is told, and it holds until you lift it."
    )
    parts: list[Block] = [blocks.paragraph(words)]
    for id_ in listed:
        value = action_payload.write(ActionPayload(group=group, subject=id_))
        parts.append(blocks.line(called(snapshot, id_), blocks.button("Lift", f"{LIFT}:{id_}", value)))
    if not listed:
        parts.append(blocks.section("Nobody is listed."))
    others = [id_ for id_ in snapshot.active() if id_ != own.person_id and id_ not in own.of]
    options = [
        inputs.option(
            one_line(called(snapshot, id_), 75), action_payload.write(ActionPayload(group=group, subject=id_))
        )
        for id_ in sorted(others, key=lambda id_: snapshot.people[id_].name.casefold())[:MOST_OPTIONS]
    ]
    if options:
        parts.append(blocks.row(inputs.select(EXCLUDE, options, placeholder="Not with…")))
    return blocks.sheet("Not with…", *parts)


def _message(
    snapshot: GroupSnapshot,
    one: Introduction,
    opening: str,
    words: str,
    *,
    reach: str = "",
    account: Block | None = None,
) -> Message:
    """`reach`: how to reach the other, in words, and `account`, the same with their Slack account."""
    begin = f"{A_FIRST_QUESTION} {A_WALK}"
    text = " ".join(part for part in (opening, words, f"{reach.rstrip(': ')}." if reach else "", begin) if part)
    return blocks.message(
        escape(cut(text, 1500)),
        blocks.paragraph(opening),
        blocks.paragraph(words),
        *([account] if account else []),
        blocks.paragraph(begin),
        blocks.row(twenty_button(snapshot, one), menu.more_button(snapshot.group.id)),
    )


def _because(snapshot: GroupSnapshot, one: Introduction) -> str:
    """Why these two. What it was about may be gone by now."""
    by, to = first_of(snapshot, one.people[0]), first_of(snapshot, one.people[1])
    if one.why is Why.HELP and one.subject in snapshot.commitments:
        what = quote(snapshot.commitments[one.subject].what, QUOTED)
        return stopped(f"{to} offered {by} help with {what}")
    if one.why is Why.ASK and one.subject in snapshot.asks:
        what = quote(snapshot.asks[one.subject].what, QUOTED)
        return f"{by} is after {what}, {to} may have it, and you both said yes."
    if one.why is Why.OFFER and (offer := snapshot.offers.get(one.subject)) and not offer.ended_at:
        what = quote(offer.what, QUOTED)
        return f"{to} offers {what}, and {by} would like to talk about it."
    return "You both said yes to a talk."
