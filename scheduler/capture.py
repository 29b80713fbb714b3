"""The working day after a meeting: anything you said you'd do? In the channel, so that it takes nobody's DM."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import MessageRef
from bot.domain.hours import to_local
from bot.domain.meetings import last_meeting
from bot.domain.outbox import Entry
from bot.ports import Deps
from bot.usecases.snapshot import load_snapshot
from bot.views.commitments import capture
from scheduler.outbox.messages import Drop, OutgoingMessage


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:
    snapshot = await load_snapshot(deps.store, entry.group_id)
    zone = snapshot.group.zone
    last = last_meeting(snapshot.group.rhythm, zone, now)
    if last is None:
        return Drop("the meeting has moved")
    return OutgoingMessage(capture(snapshot, to_local(last[1], zone).date()), place=snapshot.group.place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
