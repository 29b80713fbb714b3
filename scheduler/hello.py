"""The bot's first words in a channel that has no group yet: what it is, with one button.

The one kind that follows from no fact of a group, since there is none: the invitation itself puts it in the outbox,
named after Slack's event, so that an event which comes twice brings it once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.channel_days import Turn
from bot.domain.due import Occurrence
from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases.groups import group_in
from bot.views.groups import hello
from scheduler.outbox.messages import Drop, OutgoingMessage

KIND = Kind.HELLO
IN_HOURS, COUNTED = False, None
TURN = Turn.BESIDE


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Nothing: no group, no facts."""
    yield from ()


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where the channel has a group by now, which has a panel of its own."""
    place = Place(team_id=entry.team_id, channel=entry.subject)
    if await group_in(deps.store, place):
        return Drop("the channel has a group by now")
    return OutgoingMessage(hello(place.channel), place=place)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """Nothing follows from it."""
