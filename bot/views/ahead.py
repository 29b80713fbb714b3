"""*Who is already ahead*: each in its own words, credited to the place, with a way to go and see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.ahead import Ahead, visit_offered
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import say_dated
from bot.views.offers import INTRODUCE
from bot.views.paging import paged, turns, weight
from bot.views.words import called, cut, first_of, one_line, quote

OFFER = "ahead_offer"
ASK = "ahead_ask"
PAGE = "ahead_page"

MOST_ON_A_PAGE = 12
QUOTED = 700
LONGEST_ORGANISATION = 160


def ahead_sheet(snapshot: GroupSnapshot, found: Sequence[Ahead], now: datetime, page: int = 0) -> View:
    """To any leader, a dozen to a page and 700 characters of each; who said it is named after their organisation,
    which gets the credit. Where nothing is found it says what will stand there."""
    pages = paged(found, lambda one: weight(one.text[:QUOTED], one.about), MOST_ON_A_PAGE)
    page = max(0, min(page, len(pages) - 1))
    here = ActionPayload(group=snapshot.group.id, page=page)
    parts: list[Block] = []
    for one in pages[page]:
        on = say_dated(one.at, snapshot.group.zone)
        of = f", of {quote(one.about, 160)}" if one.about else ""
        place = one_line(one.organisation, LONGEST_ORGANISATION) or called(snapshot, one.by)
        parts.append(blocks.paragraph(Bold(place), f"\nSaid by {first_of(snapshot, one.by)} on {on}{of}:"))
        parts += [blocks.quote(cut(one.text, QUOTED)), blocks.row(_button(snapshot, one, now))]
    if not found:
        parts.append(
            blocks.section(
                "Nothing yet. What is answered to “Who is already ahead of us on this?” stands here once its "
                "digest is posted, and what you tick so when you say how a commitment is going."
            )
        )
    return blocks.sheet(
        "Who is already ahead",
        *parts,
        blocks.row(menu.lend_button(snapshot.group.id)),
        *turns(PAGE, here, len(pages)),
    )


def _button(snapshot: GroupSnapshot, one: Ahead, now: datetime) -> Button:
    """One's own can be offered; of another's a visit is asked for: of who offers one, or by an ask."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=one.id))
    offered = visit_offered(snapshot, one, now)
    if one.by == snapshot.viewer:
        text = "Change your offer" if offered else "Offer a visit or a call"
        return blocks.button(text, f"{OFFER}:{one.id}", value)
    if offered:
        aimed = action_payload.write(ActionPayload(group=snapshot.group.id, subject=offered.id))
        return blocks.button("Ask for the visit or call", f"{INTRODUCE}:{offered.id}", aimed)
    return blocks.button("Ask for a visit", f"{ASK}:{one.id}", value)


def words_of_offer(one: Ahead) -> str:
    """What the form to offer begins with: at most 300 characters, as that takes."""
    return f"A visit or a call, about: {one_line(one.text, 240)}"


def words_of_ask(one: Ahead) -> str:
    """What is then asked around: the words that were said, so that it finds who said them."""
    where = f" at {one_line(one.organisation, 60)}" if one.organisation else ""
    return f"A visit or a call{where}, about: {one_line(one.text, 200)}"
