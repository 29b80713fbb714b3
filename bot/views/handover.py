"""*Where things stand*: for whoever is new, on one screen. What we are here for, what is open, who is who."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from bot.domain.absence import present
from bot.domain.as_read import version_of
from bot.domain.commitments import Commitment
from bot.domain.exchange import open_asks
from bot.domain.handover import of_organisation, open_for, spoke_before
from bot.domain.hours import to_local
from bot.domain.learning import Sort
from bot.domain.learnt import all_learnt
from bot.domain.roster import by_organisation
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.domain.tending import held_by_nobody
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.commitments import named
from bot.views.dates import say_date
from bot.views.paging import paged, turns, weight
from bot.views.purpose import date_of
from bot.views.roster import size
from bot.views.what_for_doors import learnt_button
from bot.views.words import called, count, listed, listed_within, one_line, quote

OPEN = "handover_open"
PAGE = "handover_page"
TAKE_UP = "handover_take_up"
"""As of the sheet of commitments, and this sheet stays."""

PIECE = 120
"""Characters of each thing somebody wrote; all of it is behind the door beside it."""
PER_PAGE = 6
MOST_ASKS = 3
MOST_LEARNT = 5
MOST_ORGANISATIONS = 8
MOST_BEFORE = 3
MOST_TENDERS = 2
NAMES = 90
"""Characters of names of one organisation's people."""


handover_button = menu.door("See where things stand", OPEN)


def handover_sheet(member: Membership, now: datetime, page: int = 0) -> View:
    """On its first page all of it; on the others what else is open."""
    snapshot, organisation = member.snapshot, member.leader.organisation
    pages = paged(open_for(snapshot, organisation), lambda one: weight(one.what[:PIECE]), PER_PAGE)
    page = max(0, min(page, len(pages) - 1))
    first = page == 0
    here = ActionPayload(group=snapshot.group.id, page=page)
    return blocks.sheet(
        "Where things stand",
        blocks.paragraph(Bold(one_line(snapshot.group.name, 200)), *(_before(member, now) if first else [])),
        *(_purpose(member) if first else []),
        *_open(member, pages[page], page, len(pages)),
        *(_asked(member, now) if first else []),
        blocks.row(menu.commitments_button(here.group), menu.open_now_button(here.group)),
        *(_learnt(snapshot) if first else []),
        *(_people(member) if first else []),
        *turns(PAGE, here, len(pages)),
    )


def _before(member: Membership, now: datetime) -> list[str]:
    """Who spoke for the newcomer's organisation until they left."""
    snapshot = member.snapshot
    zone = snapshot.group.zone
    today = to_local(now, zone).date()
    # who was erased has no name to be said
    gone = [
        one for one in spoke_before(snapshot.leaders.values(), member.leader) if one.person_id in snapshot.people
    ]
    if not gone:
        return []
    said = []
    for one in gone[:MOST_BEFORE]:
        until = say_date(to_local(one.left_at or now, zone).date(), today)
        said.append(f"{one_line(snapshot.people[one.person_id].name, 60)} (until {until})")
    return [f"\nBefore you spoke for {one_line(member.leader.organisation, 80)}: {listed(said)}."]


def _purpose(member: Membership) -> list[Block]:
    snapshot = member.snapshot
    door = menu.purpose_button(snapshot.group.id)
    standing, stood = snapshot.purpose.standing, [one for one in snapshot.purpose.wordings if one.stood_at]
    before = stood[-2] if len(stood) > 1 else None
    if standing is None or standing.stood_at is None:
        under_way = snapshot.purpose.under_way
        words = f"A draft is under way: {quote(under_way.sentence, 300)}" if under_way else "Not said yet."
        return [blocks.paragraph(Bold("What we are here for"), f"\n{words}"), blocks.row(door)]
    lines = [f"{standing.sentence}", *(f"• {aim.text}" for aim in standing.aims)]
    since = f"It has stood since {date_of(snapshot, standing.stood_at)}."
    then = [f"Until then: {quote(before.sentence, 300)}"] if before else []
    other = snapshot.purpose.under_way
    put = [f"Other words are under way: {quote(other.sentence, 300)}"] if other else []
    told = "\n".join([*lines, since, *then, *put])
    return [blocks.paragraph(Bold("What we are here for"), f"\n{told}"), blocks.row(door)]


def _open(member: Membership, some: list[Commitment], page: int, pages: int) -> list[Block]:
    """Those of their organisation stand first, and say so."""
    of = f", page {page + 1} of {pages}" if pages > 1 else ""
    head = blocks.section(f"*What is open{of}*")
    if not some:
        return [head, blocks.section("No commitment is open just now.")]
    snapshot, organisation = member.snapshot, member.leader.organisation
    here = present(snapshot.leaders)
    parts = [head]
    for one in some:
        own = f", of {one_line(organisation, 60)}" if of_organisation(snapshot, one, organisation) else ""
        unheld = held_by_nobody(one, here)
        tended = [one_line(called(snapshot, id_), 120) for id_ in one.tenders if id_ in here]
        left = len(tended) - MOST_TENDERS
        who = listed([*tended[:MOST_TENDERS], *([f"{left} more"] if left > 0 else [])])
        said = [f"{named(one.state)}{own}."]
        said += [f"Held by nobody, since {called(snapshot, one.made_by)} has left."] if unheld else []
        said += [f"Tended by {who}."] if who else []
        parts.append(blocks.paragraph(Bold(one_line(one.what, PIECE)), f"\n{' '.join(said)}"))
        if unheld:
            aimed = ActionPayload(group=snapshot.group.id, subject=one.id, page=page, words=version_of(one.what))
            value = action_payload.write(aimed)
            parts.append(blocks.row(blocks.button("Take it up", f"{TAKE_UP}:{one.id}", value)))
    return parts


def _asked(member: Membership, now: datetime) -> list[Block]:
    """Asks that are put to everyone, and the question to all and the review that are open."""
    snapshot = member.snapshot
    asks = open_asks(snapshot, now)
    lines = [f"{called(snapshot, one.by)} is after: {one_line(one.what, PIECE)}" for one in asks[:MOST_ASKS]]
    left = len(asks) - len(lines)
    lines += [f"And {count(left, 'ask')} more, under Open now."] if left > 0 else []
    lines += [
        f"A question to all is open: {one_line(one.question, PIECE)}"
        for one in snapshot.inquiries.values()
        if one.open(now)
    ]
    if any(one.open(now) for one in snapshot.reviews.values()):
        lines.append("A review is open: which of our commitments should grow, and which should we stop?")
    return [blocks.paragraph("\n".join(lines))] if lines else []


def _learnt(snapshot: GroupSnapshot) -> list[Block]:
    """The newest, in the words of who said it; where they said none, what became of it."""
    lines = []
    for one in all_learnt(snapshot)[:MOST_LEARNT]:
        became = "let go" if one.sort is Sort.LET_GO else "reshaped"
        said = one.words or (f"it was “{one.was}”" if one.was else became)
        lines.append(one_line(f"• {one.what.rstrip('.')}: {said}", 2 * PIECE))
    told = "\n".join(lines or ["Nothing was let go or reshaped yet."])
    door = learnt_button(snapshot.group.id)
    return [blocks.paragraph(Bold("What we learnt"), f"\n{told}"), blocks.row(door)]


def _people(member: Membership) -> list[Block]:
    """Their own organisation first."""
    snapshot, own = member.snapshot, member.leader.organisation
    every = [
        (organisation, list(some))
        for organisation, some in groupby(by_organisation(snapshot), lambda one: one.organisation)
    ]
    ordered = sorted(every, key=lambda each: each[0].casefold() != own.casefold())
    lines = []
    for organisation, some in ordered[:MOST_ORGANISATIONS]:
        names = [one_line(snapshot.people[one.person_id].name, 60) for one in some]
        lines.append(f"{one_line(organisation, 80) or 'No organisation yet'}: {listed_within(names, NAMES)}")
    left = len(ordered) - len(lines)
    lines += [f"And {count(left, 'organisation')} more."] if left > 0 else []
    convenor = snapshot.group.convenor
    if convenor in snapshot.active():
        lines.append(f"{one_line(called(snapshot, convenor), 140)} looks after the rhythm.")
    told = "\n".join([f"{size(snapshot)}.", *lines])
    door = menu.people_button(snapshot.group.id)
    return [blocks.paragraph(Bold("Who is who"), f"\n{told}"), blocks.row(door)]
