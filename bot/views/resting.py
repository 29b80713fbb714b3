"""What is asked, and what becomes of a quiet ask, also where nobody in the group is asked for now."""

from __future__ import annotations

from datetime import datetime

from bot.domain.asks import Ask
from bot.domain.groups import Group, ended
from bot.domain.hours import from_local, to_local
from bot.domain.resting import asking_rests
from bot.views.dates import say_whole_day

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
    if not asking_rests(group, now):
        return "I'll ask how it's going at each check-in."
    if group.archived or not group.paused_until:
        return "The channel is archived, so I ask nobody for now. Once it is open again, I ask how it's going."
    day = say_whole_day(group.paused_until, to_local(now, group.zone).date())
    return f"The group is paused until {day}. After that I ask how it's going at each check-in."
