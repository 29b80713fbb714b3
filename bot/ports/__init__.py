"""What use cases need from the world, as small Protocols split by noun. Only `bot.app` picks the real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.domain.asks import Ask
from bot.domain.attention import Attention
from bot.domain.brief import Brief
from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.erasure import Sealed
from bot.domain.exclusions import Exclusions
from bot.domain.groups import Group, MessageRef, OrganisationsPost, Place, SettingsChange
from bot.domain.inquiry import Inquiry, InquiryAnswer
from bot.domain.introductions import Introduction
from bot.domain.learning import Learnt
from bot.domain.ledger import Ledger
from bot.domain.offers import Offer
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate
from bot.domain.pulse import Pulse
from bot.domain.purpose import Purpose
from bot.domain.review import Placings, Review
from bot.domain.rounds import Round
from bot.domain.typed import Typed
from bot.ports.blocks import StateValues, View
from bot.ports.installations import Installations, Locks, Tickets
from bot.ports.messenger import (
    NONE_SEEN,
    MembersPage,
    Message,
    Messenger,
    Own,
    OwnPage,
    Profile,
    Said,
    Stacked,
)
from bot.ports.records import NO_LIST, ErasureList, GroupCollection, Index, Records, Snapshots, ToChange
from bot.ports.sending import Allowance, Delivery, DueIndex, Method, MethodLimiter, Outbox, send_guard

__all__ = [
    "NO_LIST",
    "Allowance",
    "BadRecord",
    "Delivery",
    "Deps",
    "DueIndex",
    "ErasureList",
    "GroupCollection",
    "Index",
    "Installations",
    "Locks",
    "MembersPage",
    "Message",
    "MessageRef",
    "Messenger",
    "Method",
    "MethodLimiter",
    "Outbox",
    "Own",
    "OwnPage",
    "Place",
    "Profile",
    "Records",
    "Said",
    "SlackRefused",
    "Snapshots",
    "Stacked",
    "StateValues",
    "Store",
    "StoreDown",
    "Tickets",
    "ToChange",
    "View",
    "send_guard",
]


T = TypeVar("T")
U = TypeVar("U")


class StoreDown(Exception):
    """The store can't be reached or can't write just now; nothing was changed, or it is not known."""


class BadRecord(Exception):
    """A stored record can't be read: damaged, or written by a newer Between. The message names the key."""


UNREACHED = "connection_lost"
"""In place of a code of Slack's where we did not reach it."""


class SlackRefused(Exception):
    """Slack said no. `permanent`: trying again won't help. `retry_after`: seconds to wait (a 429: surely not done).

    `in_doubt`: the answer was lost, so it may have been done. `can_end`: permanent as things stand, but for a
    reason that somebody can end: by inviting us, unarchiving the channel, putting a new token in. `unreachable`: it
    is about the place or person, not about us.
    """

    def __init__(
        self,
        code: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        in_doubt: bool = False,
        can_end: bool = False,
        unreachable: bool = False,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.retry_after = retry_after
        self.in_doubt = in_doubt
        self.can_end = can_end
        self.unreachable = unreachable


class Store(Protocol):
    """All that is kept. Every change is optimistic: no lost update with two writers."""

    people: Records[Person]
    ledgers: Records[Ledger]
    """By the person's id."""
    typed: Records[Typed]
    """By the person's id."""
    groups: Records[Group]
    leaders: GroupCollection[Leader]
    rounds: GroupCollection[Round]
    plates: GroupCollection[Plate]
    checkins: GroupCollection[CheckIn]
    commitments: GroupCollection[Commitment]
    digests: GroupCollection[Digest]
    changes: GroupCollection[SettingsChange]
    organisation_posts: GroupCollection[OrganisationsPost]
    briefs: GroupCollection[Brief]
    """By the week of the meeting."""
    pulses: GroupCollection[Pulse]
    """By the round's name; of the question about the bot by the name of the round whose digest asks it, with
    `.bot`. In no snapshot: an open one holds who chose what."""
    attention: GroupCollection[Attention]
    asks: GroupCollection[Ask]
    offers: GroupCollection[Offer]
    introductions: GroupCollection[Introduction]
    inquiries: GroupCollection[Inquiry]
    inquiry_answers: GroupCollection[InquiryAnswer]
    """By the person's id; `round` is the inquiry's. Never loaded with a snapshot: until its day nobody's screen
    has any but the reader's own."""
    reviews: GroupCollection[Review]
    placings: GroupCollection[Placings]
    """By the person's id; `round` is the review's. As `inquiry_answers`, and deleted on its day."""
    learnt: GroupCollection[Learnt]
    """By the commitment's id: kept as long as the group."""
    exclusions: GroupCollection[Exclusions]
    """By the person's id: whom each is not to be put together with. Never loaded with a snapshot, so that no
    screen can show another's."""
    sealed: GroupCollection[Sealed]
    """Under a legal hold, records as they were before somebody was erased from them. Loaded with nothing."""
    purposes: GroupCollection[Purpose]
    """One record a group, `PURPOSE_ID`."""
    index: Index
    installations: Installations
    snapshots: Snapshots
    outbox: Outbox
    delivery: Delivery
    due: DueIndex
    allowance: Allowance
    method_limiter: MethodLimiter
    tickets: Tickets
    locks: Locks

    async def change_both(self, first: ToChange[T], then: ToChange[U], *, seen: Any) -> tuple[T | None, U | None]:
        """Two records of one group and person: as one change where both stand as a snapshot's `versions` have them,
        else the first and then the second. What now stands of both; whoever dies in between leaves the first."""

    async def rewrite_file(self) -> None:
        """What was deleted goes from the server's file as well, where it is a server of our own: it writes that
        file anew, in its own time. Else nothing is done. Never raises."""

    async def destroy_person_key(self, person_id: str) -> None:
        """The last step of erasing: what is theirs alone can't be read any more, nor changed, by us either. Every
        bot has forgotten the key within five minutes. Doing it twice does no harm."""


@dataclass(frozen=True)
class Deps:
    """What a listener or a job is handed. `now` is read once at the edge and passed on as an argument. `address`:
    where browsers reach our pages; empty where they don't. `stacked`: the forms that lie under those people see."""

    store: Store
    messenger: Messenger
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    erasures: ErasureList = NO_LIST
    address: str = ""
    stacked: Stacked = NONE_SEEN
