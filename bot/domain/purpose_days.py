"""When a wording of the purpose is put to all and stands, whose attention it wants, and its line in the brief."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.brief import BriefLine, Why
from bot.domain.channel_days import opens_from
from bot.domain.groups import Group, ended
from bot.domain.hours import to_local
from bot.domain.matters import Matter, MatterCode
from bot.domain.purpose import (
    CHANGE_LAPSES,
    LAID_ASIDE,
    PUT_FOR,
    Ended,
    Purpose,
    concluded,
    who_can_live,
    with_wording,
)
from bot.domain.put_to_all import rests_until
from bot.domain.rounds import capture_at
from bot.domain.snapshot import GroupSnapshot


def opens_at(purpose: Purpose, group: Group, now: datetime) -> datetime:
    """When a draft of now is put to all: at once, or on the working day after, where another was put today or the
    channel has had its post. So it has one a day at most, however often somebody thinks of better words."""
    today = to_local(now, group.zone).date()
    put = [one.opens_at for one in purpose.wordings if one.opens_at <= now]
    if put and to_local(max(put), group.zone).date() == today:
        return capture_at(now, group)
    return opens_from(group, now)


def at_rest(purpose: Purpose, group: Group, now: datetime) -> Purpose:
    """What is under way, laid aside where the group has ended; and as its post is to read, where a pause has begun,
    moved, or is over. Else as it was."""
    wording = purpose.under_way
    if wording is None:
        return purpose
    if ended(group, now):
        return with_wording(purpose, concluded(wording, ended=Ended.GROUP_ENDED, ended_at=now))
    until = rests_until(group, now)
    if until == wording.waits_until:
        return purpose
    post = replace(wording.post, changes=wording.post.changes + 1)
    return with_wording(purpose, replace(wording, waits_until=until, post=post))


def next_step_at(purpose: Purpose) -> Iterator[datetime]:
    """When something follows by the calendar."""
    wording = purpose.under_way
    if wording:
        yield wording.opens_at + PUT_FOR
        yield wording.opens_at + LAID_ASIDE
        yield from (one.at + CHANGE_LAPSES for one in wording.asked if one.withdrawn_at is None)


def purpose_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001 (every sort's shape)
    """Each leader who has said nothing of the wording that is under way, once it is in the channel; once a
    wording."""
    wording = snapshot.purpose.under_way
    if wording is None or wording.post.posted is None:
        return
    said = who_can_live(wording, snapshot.leaders)
    asked = {one.by: one.at for one in wording.asked}
    for id_, leader in snapshot.active().items():
        would_change = id_ in asked and asked[id_] >= leader.joined_at
        if id_ not in said and not would_change:
            yield Matter(
                code=MatterCode.PURPOSE,
                person_id=id_,
                subject=wording.id,
                since=wording.opens_at,
                until=wording.opens_at + LAID_ASIDE,
            )


def brief_lines(purpose: Purpose, now: datetime) -> Iterator[BriefLine]:
    """A change to the purpose that is under way, in the name of who drafted it."""
    wording = purpose.under_way
    if wording and wording.opens_at <= now:
        yield BriefLine(
            why=Why.PURPOSE, id=wording.id, text=wording.sentence, whose=(wording.by,), since=wording.opens_at
        )


def still_in_brief(purpose: Purpose, line: BriefLine) -> bool:
    """A posted brief keeps it unless its author took it back."""
    wording = purpose.find(line.id)
    return wording is None or wording.ended is not Ended.TAKEN_BACK
