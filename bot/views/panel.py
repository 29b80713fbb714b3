"""The group's message in its channel: when they meet, who set it up, and the buttons that lead everywhere."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import Group, ended, paused
from bot.domain.hours import to_local
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.views import blocks, menu
from bot.views.blocks import Bold
from bot.views.dates import how_often, say_dated, say_dated_day, say_meetings, say_whole_day
from bot.views.organisations import account, as_text
from bot.views.words import called

ASKS_FOR_SOMEBODY = "Nobody looks after the rhythm just now: when you meet, and when I ask. *Take it on*?"

OVER = "I ask nobody any more. A leader can take it up again: More, Look after the group, Go on now."


def panel(snapshot: GroupSnapshot, next_meeting: datetime | None, now: datetime) -> Message:
    """What stands in the channel for everybody: what this is, and the buttons that lead everywhere."""
    group = snapshot.group
    setter = [called(snapshot, group.set_up_by), *account(snapshot, group.set_up_by)]
    told = [Bold(group.name), f"{_meets(group, next_meeting, now)} Set up by ", *setter, "."]
    over = ended(group, now)
    how = f"Join: {how_often(group.rhythm.meeting)} I ask what's on your plate, post what you share,"
    what = OVER if over else f"{how} and write to nobody else."
    return blocks.message(
        f"{as_text(told)}\n{what}",
        blocks.paragraph(*told),
        blocks.section(what),
        *([] if group.convenor or over else [blocks.section(ASKS_FOR_SOMEBODY)]),
        blocks.row(
            menu.join_button(group.id),
            *([] if over else [menu.share_button(group.id)]),
            menu.commit_button(group.id),
            menu.digest_button(group.id) if group.convenor else menu.take_on_button(group.id),
            menu.more_button(group.id),
        ),
    )


def _meets(group: Group, next_meeting: datetime | None, now: datetime) -> str:
    """Every day in full, since the panel stands as it is until the settings change again, the pause or the group
    ends, or they have met."""
    if group.ends_on and ended(group, now):
        return f" ended on {say_whole_day(group.ends_on, to_local(now, group.zone).date())}."
    meets = f" meets {say_meetings(group.rhythm.meeting, group.zone)}"
    # none is named that won't be, since the group ends before it
    if next_meeting and not (group.ends_on and to_local(next_meeting, group.zone).date() >= group.ends_on):
        meets += f", next {say_dated(next_meeting, group.zone)}"
    if group.paused_until and paused(group, now):
        meets += f". Paused until {say_dated_day(group.paused_until)}"
    if group.ends_on:
        meets += f". It ends on {say_dated_day(group.ends_on)}"
    return f"{meets}."
