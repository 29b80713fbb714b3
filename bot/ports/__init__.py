"""What use cases need from the world, as small Protocols split by noun. Only `bot.app` picks the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.domain.asks import Ask
from bot.domain.attention import Attention
from bot.domain.brief import Brief
from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.exclusions import Exclusions
from bot.domain.groups import Group, MessageRef, OrganisationsPost, Place, SettingsChange
from bot.domain.inquiry import Inquiry, InquiryAnswer
from bot.domain.introductions import Introduction
from bot.domain.ledger import Ledger
from bot.domain.offers import Offer
from bot.domain.people import Leader, Person, SlackIdentity
from bot.domain.plate import Plate
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.typed import Typed
from bot.ports.blocks import StateValues, View
from bot.ports.messenger import MembersPage, Message, Messenger, Profile, Said
from bot.ports.sending import Allowance, Delivery, DueIndex, Method, MethodLimiter, Outbox, send_guard

__all__ = [
    "Allowance",
    "BadRecord",
    "Delivery",
    "Deps",
    "DueIndex",
    "GroupCollection",
    "Index",
    "MembersPage",
    "Message",
    "MessageRef",
    "Messenger",
    "Method",
    "MethodLimiter",
    "Outbox",
    "Place",
    "Profile",
    "Records",
    "Said",
    "SlackRefused",
    "Snapshots",
    "StateValues",
    "Store",
    "StoreDown",
    "View",
    "send_guard",
]

T = TypeVar("T")


class StoreDown(Exception):
    """The store can't be reached or can't write just now; nothing was changed, or it is not known."""


class BadRecord(Exception):
    """A stored record can't be read: damaged, or written by a newer Between. The message names the key."""


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


class Records(Protocol[T]):
    """Records that stand alone, by id."""

    async def get(self, id_: str) -> T | None: ...

    async def many(self, ids: Iterable[str]) -> dict[str, T]:
        """Those that exist, by id; one round trip."""
        ...

    async def change(self, id_: str, decide: Callable[[T | None], T | None], *, seen: Any = None) -> T | None:
        """Read, decide, write if nobody wrote in between; else decide again. `decide` is pure; None deletes.

        Whatever `decide` raises goes to the caller and nothing is written. Returns what now stands. `seen`: a
        snapshot's `versions`, to begin from what it read; what it did not read, or what changed since, is read
        anew.
        """
        ...


class GroupCollection(Protocol[T]):
    """Records of one noun under one owner: a group's leaders, a round's plates (`owner` = group id,
    or `group id` and round for plates and check-ins)."""

    async def get(self, group_id: str, key: str, *, round: str = "") -> T | None: ...

    async def all(self, group_id: str, *, round: str = "") -> dict[str, T]: ...

    async def change(
        self,
        group_id: str,
        key: str,
        decide: Callable[[T | None], T | None],
        *,
        round: str = "",
        seen: Any = None,
    ) -> T | None:
        """As `Records.change`."""
        ...

    async def drop(self, group_id: str, *, round: str = "") -> None:
        """Forget all of them."""
        ...


class Index(Protocol):
    """From what Slack calls something to what we call it. An entry is put once and stays."""

    async def person(self, identity: SlackIdentity) -> str | None:
        """By the first of the identity's pairs that is known."""
        ...

    async def put_person(self, identity: SlackIdentity, person_id: str) -> str:
        """Returns the id that stands: the first one put wins. Each of the identity's pairs leads to it, except one
        that leads to somebody else already."""
        ...

    async def link(self, identity: SlackIdentity, person_id: str) -> None:
        """Somebody known pressed: the pairs that their payload named lead to them from now on."""
        ...

    async def group(self, place: Place) -> str | None: ...

    async def put_group(self, place: Place, group_id: str) -> str: ...

    async def groups_of(self, person_id: str) -> list[str]:
        """Ids of the groups a person is in, in the order they joined."""
        ...

    async def groups_of_all(self, person_ids: Iterable[str]) -> dict[str, list[str]]:
        """The same of many, by the person's id; one round trip."""
        ...

    async def join(self, person_id: str, group_id: str, at: datetime) -> None: ...

    async def leave(self, person_id: str, group_id: str) -> None: ...

    async def was_in(self, person_id: str, group_id: str) -> None:
        """Among the groups they were ever in, and they among all people."""
        ...

    async def list_group(self, group_id: str) -> None:
        """Among all groups, from when everybody who was ever in it is noted by `was_in`."""
        ...

    async def lists(self, group_id: str) -> bool: ...

    async def groups(self) -> list[str]:
        """Ids of all groups; of one that was never set up to its end there is no record."""
        ...

    async def people(self) -> list[str]:
        """Ids of all people; of one who never pressed to the end there is no record."""
        ...

    async def groups_ever(self, person_id: str) -> list[str]:
        """Ids of every group a person is or was in."""
        ...


class Snapshots(Protocol):
    """A group as it is, in one packet to Redis or two. BadRecord for what can't be read, whoever needs it."""

    async def load(
        self,
        group_id: str,
        sections: Section = Section.NOTHING,
        *,
        who: SlackIdentity | None = None,
        round: str = "",
    ) -> GroupSnapshot | None:
        """`group`, then `rest`: what a press needs, in two packets. None for an unknown group."""
        ...

    async def group(
        self, group_id: str, sections: Section = Section.NOTHING, *, who: SlackIdentity | None = None
    ) -> GroupSnapshot | None:
        """The group, its leaders, and of `sections` what is found by the group's id: rounds, commitments, digests,
        changes; no people yet. `who` becomes the viewer, if known."""
        ...

    async def rest(
        self,
        snapshot: GroupSnapshot,
        sections: Section,
        *,
        person: str = "",
        round: str = "",
        names: Iterable[str] = (),
        digests: Iterable[str] = (),
    ) -> GroupSnapshot:
        """The same with what its first half leads to: people (everybody, or the viewer and `names`), the viewer's
        own plates and check-ins, everybody's of `round`, `digests` by their rounds. `person`: the viewer, where
        no Slack identity was asked for."""
        ...


class Store(Protocol):
    """All that is kept. Every change is optimistic: no lost update with two writers."""

    @property
    def people(self) -> Records[Person]: ...
    @property
    def ledgers(self) -> Records[Ledger]:
        """By the person's id."""
        ...

    @property
    def typed(self) -> Records[Typed]:
        """By the person's id."""
        ...

    @property
    def groups(self) -> Records[Group]: ...
    @property
    def leaders(self) -> GroupCollection[Leader]: ...
    @property
    def rounds(self) -> GroupCollection[Round]: ...
    @property
    def plates(self) -> GroupCollection[Plate]: ...
    @property
    def checkins(self) -> GroupCollection[CheckIn]: ...
    @property
    def commitments(self) -> GroupCollection[Commitment]: ...
    @property
    def digests(self) -> GroupCollection[Digest]: ...
    @property
    def changes(self) -> GroupCollection[SettingsChange]: ...
    @property
    def organisation_posts(self) -> GroupCollection[OrganisationsPost]: ...
    @property
    def briefs(self) -> GroupCollection[Brief]:
        """By the week of the meeting."""
        ...

    @property
    def attention(self) -> GroupCollection[Attention]: ...
    @property
    def asks(self) -> GroupCollection[Ask]: ...
    @property
    def offers(self) -> GroupCollection[Offer]: ...
    @property
    def introductions(self) -> GroupCollection[Introduction]: ...
    @property
    def inquiries(self) -> GroupCollection[Inquiry]: ...
    @property
    def inquiry_answers(self) -> GroupCollection[InquiryAnswer]:
        """By the person's id; `round` is the inquiry's. Never loaded with a snapshot: until its day nobody's screen
        has any but the reader's own."""
        ...

    @property
    def exclusions(self) -> GroupCollection[Exclusions]:
        """By the person's id: whom each is not to be put together with. Never loaded with a snapshot, so that no
        screen can show another's."""
        ...

    @property
    def index(self) -> Index: ...
    @property
    def snapshots(self) -> Snapshots: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def due(self) -> DueIndex: ...
    @property
    def delivery(self) -> Delivery: ...
    @property
    def allowance(self) -> Allowance: ...
    @property
    def method_limiter(self) -> MethodLimiter: ...


@dataclass(frozen=True)
class Deps:
    """What a listener or a job is handed. `now` is read once at the edge and passed on as an argument."""

    store: Store
    messenger: Messenger
    now: Callable[[], datetime]
    new_id: Callable[[], str]
