"""Announcements in a group's channel: those of one day come as one post, which each new one is added to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.due import Occurrence
from bot.domain.groups import DayPost, Group, MessageRef
from bot.domain.hours import to_local
from bot.domain.outbox import Entry, Kind

ANNOUNCED = frozenset(
    (
        *(Kind.CHANGE, Kind.ORGANISATIONS, Kind.DEPARTURE, Kind.PURPOSE_STANDS),
        *(Kind.HOLD, Kind.ERASED, Kind.ORGANISATION_DATA, Kind.SECOND_ACCOUNT),
    )
)

MOST_IN_A_POST = 8
"""Each with its buttons, so that the post stays inside Slack's fifty blocks."""

ONE_AFTER_THE_OTHER = timedelta(minutes=1)
"""Between two that are owed at once: by then the first has gone, and the second finds the post to be added to."""


def told(entry: Entry) -> str:
    """What an entry tells, as a post of a day names it: `<kind>:<subject>`."""
    return f"{entry.kind}:{entry.subject}"


def post_of_today(group: Group, now: datetime) -> DayPost | None:
    """Where today's announcements stand, by the group's own day; None where there are none yet, or no room."""
    last = group.day_post
    if last is None or last.day != to_local(now, group.zone).date() or len(last.told) >= MOST_IN_A_POST:
        return None
    return last


def noted(group: Group, entry: Entry, ref: MessageRef, now: datetime) -> Group:
    """What the entry tells stands in that post from now on. The second time it changes nothing."""
    last, item = group.day_post, told(entry)
    if last and last.post == ref:
        return group if item in last.told else replace(group, day_post=replace(last, told=(*last.told, item)))
    return replace(group, day_post=DayPost(day=to_local(now, group.zone).date(), post=ref, told=(item,)))


def one_by_one(found: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Announcements a minute apart, in their order; all else as it is. Once one has gone the group is looked at
    again, and the next is the first: so nobody waits for the minute but behind one that can't be posted."""
    waiting: list[Occurrence] = []
    for one in found:
        if one.entry and one.entry.kind in ANNOUNCED:
            waiting.append(one)
        else:
            yield one
    before: datetime | None = None
    for one in sorted(waiting, key=lambda one: one.at):
        at = one.at if before is None else max(one.at, before + ONE_AFTER_THE_OTHER)
        yield replace(one, at=at)
        before = at
