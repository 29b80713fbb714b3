"""Offers: what somebody could lend, and what people can lend."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.as_read import version_of
from bot.domain.exchange import own_offers, shown_offers
from bot.domain.hours import to_local
from bot.domain.matters import Matter
from bot.domain.offers import Offer
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.dates import say_dated, say_day
from bot.views.words import called, cut, one_line, quote

OFFER_FORM = "offer_form"
EDIT = "offer_edit"
RENEW = "offer_renew"
TAKE_BACK = "offer_take_back"
INTRODUCE = "offer_introduce"

WHAT = "what"
HOW = "how"
SHOWN = "shown"
MATCHED = "matched"

LONGEST = 300
MOST_SHOWN = 20

SAID_RENEWED = "Thank you. It stands for another sixty days."
SAID_TAKEN_BACK = "Taken back. It is shown and matched no more."


class OfferWords(msgspec.Struct, frozen=True, kw_only=True):
    what: str
    shown: bool


def offer_form(snapshot: GroupSnapshot, id: str, before: Offer | None = None, typed: str = "") -> View:
    """To its maker. `id` is chosen as it opens, so that sending it twice makes one offer; `before`: what they
    change; `typed`: what a new one begins with."""
    choices = [
        inputs.option("For everyone to see", SHOWN),
        inputs.option("Only to be matched: never quoted", MATCHED),
    ]
    chosen = MATCHED if before and not before.shown else SHOWN
    return blocks.form(
        OFFER_FORM,
        "What could you lend?",
        "Save",
        action_payload.write(ActionPayload(group=snapshot.group.id, subject=id)),
        inputs.text_input(
            WHAT,
            "Anything you could lend: a person, a room, data, ten minutes?",
            initial=before.what if before else cut(typed, LONGEST),
            most=LONGEST,
            lines=True,
            optional=False,
        ),
        inputs.asked(HOW, "Who sees it", inputs.radio(HOW, choices, chosen), optional=False),
        blocks.context("It stands for 60 days; before that is over I ask you whether it still holds."),
    )


def read_offer(values: StateValues) -> OfferWords:
    """Raises Problem at the field for more than 300 characters. Where it says nothing of who sees it, nobody does:
    what was shown can't be taken back from who read it."""
    what = inputs.typed_within(values, WHAT, LONGEST)
    return OfferWords(what=what, shown=inputs.chosen(values, HOW) == SHOWN)


def offered_sheet(snapshot: GroupSnapshot, offer: Offer) -> View:
    """What was kept, and who sees it."""
    who = (
        "Everyone in the group can see it." if offer.shown else "Shown to nobody; I match it with what people ask."
    )
    return blocks.sheet(
        "Offered",
        blocks.quote(offer.what),
        blocks.section(who),
        blocks.row(menu.lend_button(snapshot.group.id)),
    )


def lend(snapshot: GroupSnapshot, viewer: str, now: datetime) -> View:
    """*What people can lend*: one's own first, also what is only to be matched."""
    group = snapshot.group
    today = to_local(now, group.zone).date()
    mine = own_offers(snapshot, viewer, now)
    others = [one for one in shown_offers(snapshot, now) if one.by != viewer]
    parts: list[Block] = [blocks.row(menu.offer_button(group.id), menu.ask_button(group.id))]
    for one in mine[:MOST_SHOWN]:
        day = say_day(to_local(one.until, group.zone).date(), today)
        seen = "everyone sees it" if one.shown else "only to be matched"
        parts.append(blocks.paragraph(f"You, until {day}, {seen}: {one_line(one.what, LONGEST)}"))
        value = action_payload.write(ActionPayload(group=group.id, subject=one.id))
        doors = (("Change it", EDIT), ("Renew it", RENEW), ("Take it back", TAKE_BACK))
        parts.append(blocks.row(*(blocks.button(text, f"{action}:{one.id}", value) for text, action in doors)))
    for one in others[:MOST_SHOWN]:
        aimed = ActionPayload(group=group.id, subject=one.id, words=version_of(one.what))
        value = action_payload.write(aimed)
        words = f"{called(snapshot, one.by)}: {one_line(one.what, LONGEST)}"
        parts.append(blocks.line(words, blocks.button("Introduce us", f"{INTRODUCE}:{one.id}", value)))
    if not others:
        parts.append(blocks.section("Nobody else has offered anything yet."))
    return blocks.sheet("What people can lend", *parts)


def ends_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To its maker, in the week before it ends; `matter` is of an offer in the snapshot."""
    offer = snapshot.offers[matter.subject.split(".")[0]]
    day = say_dated(offer.until, snapshot.group.zone)  # a check-in may bring it on any day of that week
    return f"Your offer {quote(offer.what, 160)} ends on {day}. Does it still stand?"
