"""What a composer hands over. Each kind of message has one composer, in the file of its noun."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Person
from bot.ports import Deps, Message

A_MOMENT = timedelta(seconds=2)

LONGEST_PRESS = timedelta(seconds=30)
"""A press has ended by then, or its bot is dead: Slack waits three seconds, and Redis is given few more."""


@dataclass(frozen=True)
class OutgoingMessage:
    """A message and whom it is for: a `place`, or a `person`, in the DM we have with them; or it `replaces` one
    of ours, which can be done twice without harm.
    """

    message: Message
    place: Place | None = None
    person: Person | None = None
    replaces: MessageRef | None = None

    def __post_init__(self) -> None:
        if sum(to is not None for to in (self.place, self.person, self.replaces)) != 1:
            raise ValueError("A parcel goes to a place or to a person, or replaces a message.")


@dataclass(frozen=True)
class Drop:
    """No longer worth sending; `reason` is for the log and `between doctor`. `stale`: by the times it was planned
    with, which may be others by now, so the group is looked at again."""

    reason: str
    stale: bool = False


@dataclass(frozen=True)
class Reschedule:
    """Not now: at `until`."""

    until: datetime


def not_yet(entry: Entry, reason: str, now: datetime) -> Reschedule | Drop:
    """What the message is about is not there. A press adds its message before it saves, so that neither is without
    the other: for as long as the press may be under way, what is missing may still come."""
    return Reschedule(now + A_MOMENT) if now < entry.due_at + LONGEST_PRESS else Drop(reason)


class Composer(Protocol):
    """A module with these two functions will do.

    Either may be called again for the same entry, after a crash: `compose` changes nothing, and `sent` leaves
    things the same the second time. An exception is tried again and, the fifth time, sets the entry aside.
    """

    async def compose(self, entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Reschedule | Drop:
        """Draw it from what is true now."""
        ...

    async def sent(self, entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
        """It is in Slack at `ref`: note what follows from that."""
        ...


Composers = Mapping[Kind, Composer]
