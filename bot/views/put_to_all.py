"""What is said of a post that is put to all, before it is there: the channel's other posts may come before it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import Group, paused


def when_it_goes(group: Group, opens: datetime, day: str, now: datetime) -> str:
    """`day`: that of `opens`, as it is said."""
    if opens <= now:
        return (
            "It goes to the channel now, or on the next working day that has no post yet, and to each leader when "
            "they are next written to."
        )
    if paused(group, now):
        return f"The group is paused, so this goes to the channel on {day} at the earliest."
    return f"The channel gets one post a day, so this one goes there on {day} at the earliest."
