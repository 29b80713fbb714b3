"""What is said of what is put to all: before its post is there, and until when each can answer."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.groups import Group, paused
from bot.domain.snapshot import GroupSnapshot
from bot.views.dates import say_dated_day, say_dated_time

ENDED_UNSHOWN = "The group ended before anything was shown. What there was is deleted unshown."
LISTED_UNSHOWN = "deleted unshown, as the group ended."
NOTHING_SHOWN = "nothing was shown."
"""Behind its line, where all of them are listed."""


def say_until(snapshot: GroupSnapshot, moment: datetime, person_id: str = "") -> str:
    """To whoever is asked, or to the viewer, by their own clock: the group's day may be over there, or not yet."""
    asked = snapshot.people.get(person_id or snapshot.viewer)
    return say_dated_time(moment, asked.zone if asked else snapshot.group.zone)


def say_waits(group: Group, until: date, *, posted: bool) -> str:
    """Of what had its day in a pause and waits until then, as `waits_until`. Slack was never shown what is not
    `posted`, which so has a later day."""
    day = say_dated_day(until)
    been = "Its day has been, and the group is paused."
    if until == group.ends_on:
        return f"{been} The group ends on {day} without going on: what there is is deleted unshown then."
    if not posted:
        return f"{been} The channel has not had it, so it has a later day once the group goes on, on {day}."
    shown = f"It is shown once the group goes on, on {day}."
    return f"{been} {shown} Until then nobody sees it, and each can take theirs out."


def when_it_goes(group: Group, opens: datetime, day: str, now: datetime) -> str:
    """`day`: that of `opens`, as it is said. The channel's other posts may come before it."""
    if opens <= now:
        return (
            "It goes to the channel now, or on the next working day that has no post yet, and to each leader when "
            "they are next written to."
        )
    if paused(group, now):
        return f"The group is paused, so this goes to the channel on {day} at the earliest."
    return f"The channel gets one post a day, so this one goes there on {day} at the earliest."
