"""Our hello, once its button has set a group up or was pressed beside one: changed, so that nothing green is left
to press in it. An entry's subject is the message's `ts`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.moments import to_the_microsecond
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases import hello
from bot.usecases.retention import RETENTION
from bot.views.groups import hello_answered
from scheduler.correction import next_try
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import snapshot_of

KIND = Kind.HELLO_REDRAWN
IN_HOURS, COUNTED = False, None
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """From the press on, for a year; a day after Slack would not have it changed."""
    if owed := snapshot.group.hello:
        at, named = next_try(owed.pressed_at, to_the_microsecond(owed.pressed_at), owed.refused_at)
        lasts = owed.pressed_at + RETENTION - at
        yield post(KIND, snapshot.group, at, subject=owed.post.ts, named=named, lasts=lasts)


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where another is to be changed by now, or none."""
    group = (await snapshot_of(entry, deps, Section.NOTHING)).group
    if group.hello is None or group.hello.post.ts != entry.subject:
        return Drop("it reads as it should")
    stands = replace(group.hello.post, channel=group.place.channel)
    return OutgoingMessage(hello_answered(group.name), replaces=stands)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """That it is owed no more."""
    await hello.redrawn(deps.store, entry)
