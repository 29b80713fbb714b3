"""What is said of a post that is put to all, and waits for its day."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import Group, paused


def goes_there_on(group: Group, day: str, now: datetime) -> str:
    """`day`: as it is said."""
    if paused(group, now):
        return f"The group is paused, so this goes to the channel on {day}."
    return f"The channel gets one post a day, so this one goes there on {day}."
