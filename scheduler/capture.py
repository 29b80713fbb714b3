"""The working day after a meeting: anything you said you'd do? In the channel, so that it takes nobody's DM."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.hours import WEEKDAYS, wall
from bot.domain.meetings import last_meeting
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases.snapshot import load_circle
from bot.views.commitments import capture
from scheduler.outbox.messages import Drop, Parcel


async def compose(entry: Entry, deps: Deps, now: datetime) -> Parcel | Drop:
    circle = await load_circle(deps.store, entry.group_id)
    zone = circle.group.zone
    last = last_meeting(circle.group.rhythm, zone, now)
    if last is None:
        return Drop("the meeting has moved")
    return Parcel(capture(circle, f"on {WEEKDAYS[wall(last[1], zone).weekday()]}"), place=circle.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
