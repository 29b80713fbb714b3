"""*People*: every leader with organisation and Slack account, since when; and who joined and left lately."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from operator import attrgetter

from bot.domain.hours import to_local
from bot.domain.people import Leader
from bot.domain.roster import by_organisation, joined_lately, left_lately
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import blocks
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold, Part
from bot.views.dates import say_date
from bot.views.menu import PEOPLE
from bot.views.paging import paged, turns, weight
from bot.views.words import called, count, listed_within, one_line

PAGE = f"{PEOPLE}_page"

MOST_ON_A_PAGE = 30
MOST_LATELY = 400
"""Characters of who joined, and of who left."""


def size(snapshot: GroupSnapshot) -> str:
    """`9 leaders of 6 organisations`."""
    return f"{count(len(snapshot.active()), 'leader')} of {count(len(snapshot.organisations()), 'organisation')}"


def sheet(snapshot: GroupSnapshot, here: ActionPayload, now: datetime) -> View:
    """One page; `here` says which, and goes on to the others. An account is a mention, which in a sheet notifies
    nobody."""
    people = snapshot.people
    pages = paged(
        by_organisation(snapshot), lambda one: weight(one.organisation, people[one.person_id].name), MOST_ON_A_PAGE
    )
    page = max(0, min(here.page, len(pages) - 1))
    of = f". Page {page + 1} of {len(pages)}" if len(pages) > 1 else ""
    here = ActionPayload(group=here.group, subject=here.subject, page=page)
    parts: list[Block] = []
    for name, leaders in groupby(pages[page], attrgetter("organisation")):
        told = [part for leader in leaders for part in _leader(snapshot, leader, now)]
        parts.append(blocks.paragraph(Bold(one_line(name, 200) or "No organisation yet"), *told))
    return blocks.sheet(
        "People",
        blocks.paragraph(Bold(one_line(snapshot.group.name, 200)), f"\n{size(snapshot)}{of}"),
        *(_lately(snapshot, now) if page == 0 else []),
        *parts,
        *turns(PAGE, here, len(pages)),
    )


def _leader(snapshot: GroupSnapshot, leader: Leader, now: datetime) -> list[Part]:
    person, convenor = snapshot.people[leader.person_id], snapshot.group.convenor == leader.person_id
    since = f", since {_day(snapshot, leader.joined_at, now)}"
    rhythm = "; looks after the rhythm" if convenor else ""
    return [f"\n{one_line(person.name, 100)} ", blocks.user(person.reach.user_id), f"{since}{rhythm}"]


def _lately(snapshot: GroupSnapshot, now: datetime) -> list[Block]:
    joined = [
        f"{one_line(snapshot.people[one.person_id].name, 60)}, {_day(snapshot, one.joined_at, now)}"
        for one in joined_lately(snapshot, now)
    ]
    left = [
        f"{one_line(called(snapshot, one.person_id), 100)}, {_day(snapshot, one.left_at, now)}"
        for one in left_lately(snapshot, now)
        if one.left_at
    ]
    told = {"Joined lately": joined, "Left lately": left}
    lines = [f"{label}: {listed_within(names, MOST_LATELY)}." for label, names in told.items() if names]
    return [blocks.aside("\n".join(lines))] if lines else []


def _day(snapshot: GroupSnapshot, moment: datetime, now: datetime) -> str:
    zone = snapshot.group.zone
    return say_date(to_local(moment, zone).date(), to_local(now, zone).date())
