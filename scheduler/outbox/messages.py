"""What a kind of message is, and what it hands over to be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.channel_days import Turn
from bot.domain.due import Occurrence
from bot.domain.groups import MessageRef, Place
from bot.domain.ledger import Claim
from bot.domain.outbox import Claimed, Entry, Kind
from bot.domain.people import Person
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Message


@dataclass(frozen=True)
class OutgoingMessage:
    """A message and whom it is for: a `place`, a `person`, in the DM we have with them, or some `people`, in one
    conversation of theirs and ours; or it `replaces` one of ours, which can be done twice without harm; `otherwise`
    is what goes where Slack won't have that one changed. `beside`: it knows of the channel's post of that day, and
    can't be added to it.
    """

    message: Message
    place: Place | None = None
    person: Person | None = None
    people: tuple[Person, ...] = ()
    replaces: MessageRef | None = None
    otherwise: OutgoingMessage | None = None
    beside: bool = False

    def __post_init__(self) -> None:
        if sum(bool(to) for to in (self.place, self.person, self.people, self.replaces)) != 1:
            raise ValueError("An outgoing message goes to a place or to people, or replaces a message.")


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


class MessageKind(Protocol):
    """A kind of message: a module with these names will do.

    `IN_HOURS`: it comes by itself, so only within a leader's hours. `COUNTED`: towards their two a week, with which
    claim to a place; None for what answers something they did, for posts, and for the one exception, `uninstalled`.
    `TURN`: how a post of its own in the group's channel comes by its day (see `channel_days`); None for DMs, for
    replies in threads, and for changes of what is there.

    `compose` and `sent` may be called again for the same entry, after a crash: the first changes nothing but what
    it keeps of how it drew (a digest, a brief), and `sent` leaves things the same the second time. Who dies between
    the post and `sent` has whoever takes the entry up find the message in Slack, and call it then. An exception is
    tried again and, the fifth time, sets the entry aside.
    """

    KIND: Kind
    IN_HOURS: bool
    COUNTED: Claim | None
    TURN: Turn | None

    def due(self, snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
        """Every message of this kind that is due for the group, or will be. Pure: it follows from the facts
        alone, and what has gone is among them. An occurrence without an entry is a mere look at that moment; one
        whose entry has expired is not planned."""

    async def compose(self, entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Reschedule | Drop:
        """Draw it from what is true now; a Drop where that is nothing to say any more."""

    async def sent(self, entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
        """It is in Slack at `ref`: note what follows from that."""


Kinds = Mapping[Kind, MessageKind]


@dataclass(frozen=True)
class DeliveryContext:
    """One entry that was claimed, and what it takes to deliver it."""

    claimed: Claimed
    kind: MessageKind
    deps: Deps
    now: datetime
    of_claim: Deps
    """With the groups of the entries claimed together, as they were then."""
