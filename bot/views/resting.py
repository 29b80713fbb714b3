"""What is asked, and what becomes of an ask, also where nobody in the group is asked for now."""

from __future__ import annotations

from datetime import datetime

from bot.domain.asks import Ask
from bot.domain.groups import Group, ended, paused
from bot.domain.hours import from_local, to_local
from bot.domain.resting import asking_rests, digest_before
from bot.domain.snapshot import GroupSnapshot
from bot.views.dates import say_date, say_dated_time, say_whole_day

NEXT = "I put it to people whose words come near it, and write to you when somebody says yes."


def put_quietly(group: Group, ask: Ask, now: datetime) -> str:
    """What happens next with it, to whoever has just asked."""
    if not asking_rests(group, now):
        return f"Asked quietly. {NEXT}"
    if group.archived or not group.paused_until:
        return f"Kept. The channel is archived, so I ask nobody for now. Once it is open again, {NEXT}"
    day = say_whole_day(group.paused_until, to_local(now, group.zone).date())
    if from_local(group.paused_until, "00:00", group.zone) >= ask.until:
        return f"Kept. The group is paused until {day}, and by then this ask is over, so I put it to nobody."
    return f"Kept. The group is paused until {day}. After that, {NEXT}"


def how_it_goes(group: Group, now: datetime) -> str:
    """When who tends a commitment is asked how that goes."""
    if ended(group, now):
        return "The group has ended, so I don't ask how it's going."
    today = to_local(now, group.zone).date()
    if not asking_rests(group, now):
        until = f" until the group ends, on {say_whole_day(group.ends_on, today)}" if group.ends_on else ""
        return f"I'll ask how it's going at each check-in{until}."
    if group.archived or not group.paused_until:
        return "The channel is archived, so I ask nobody for now. Once it is open again, I ask how it's going."
    day = say_whole_day(group.paused_until, today)
    return f"The group is paused until {day}. After that I ask how it's going at each check-in."


def put_to_everyone(snapshot: GroupSnapshot, ask: Ask, now: datetime) -> str:
    """Where it stands and until when, to whoever has just put it there; of a digest only where one is due by
    then."""
    group, until = snapshot.group, ask.until
    if group.ends_on and ended(group, until):
        until = from_local(group.ends_on, "00:00", group.zone)
    digest = ", and in the next digest where there is room" if digest_before(snapshot, until, now) else ""
    return f"It stands under Open now for everyone until {say_dated_time(until, group.zone)}{digest}."


def asked_when(group: Group, now: datetime) -> str:
    """From or until when leaders are asked, before what that is: for who joins in a pause, or in the last week."""
    today = to_local(now, group.zone).date()
    if group.ends_on:
        return f"until {say_date(group.ends_on, today)}: "
    if group.paused_until and paused(group, now):
        return f"from {say_date(group.paused_until, today)}: "
    return ""
