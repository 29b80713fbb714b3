"""How what is kept is read and changed: records by id, a group's of one noun, the index, a group as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.domain.groups import Place
from bot.domain.people import SlackIdentity
from bot.domain.snapshot import GroupSnapshot, Section

T = TypeVar("T")


class ToChange(Protocol[T]):
    """A change of one record that is still to be made; the store's own."""

    @property
    def decide(self) -> Callable[[T | None], T | None]:
        """Pure, as in `Records.change`."""


class Records(Protocol[T]):
    """Records that stand alone, by id."""

    async def get(self, id_: str) -> T | None:
        """As it stands now, in one round trip; None where there is none. BadRecord where it can't be read."""

    async def many(self, ids: Iterable[str]) -> dict[str, T]:
        """Those that exist, by id; one round trip."""

    async def change(self, id_: str, decide: Callable[[T | None], T | None], *, seen: Any = None) -> T | None:
        """Read, decide, write if nobody wrote in between; else decide again. `decide` is pure; None deletes.

        Whatever `decide` raises goes to the caller and nothing is written. Returns what now stands. `seen`: a
        snapshot's `versions`, to begin from what it read; what it did not read, or what changed since, is read
        anew.
        """


class GroupCollection(Protocol[T]):
    """Records of one noun under one owner: a group's leaders, a round's plates (`owner` = group id,
    or `group id` and round for plates and check-ins)."""

    async def get(self, group_id: str, key: str, *, round: str = "") -> T | None:
        """As `Records.get`."""

    async def all(self, group_id: str, *, round: str = "") -> dict[str, T]:
        """By key, in one round trip; empty where there are none. BadRecord where one of them can't be read."""

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

    def to_change(
        self, group_id: str, key: str, decide: Callable[[T | None], T | None], *, round: str = ""
    ) -> ToChange[T]:
        """As `change`, and not made yet: for `Store.change_both`."""

    async def drop(self, group_id: str, *, round: str = "") -> None:
        """Forget all of them."""


class Index(Protocol):
    """From what Slack calls something to what we call it. An entry is put once and stays."""

    async def person(self, identity: SlackIdentity) -> str | None:
        """By the first of the identity's pairs that is known."""

    async def put_person(self, identity: SlackIdentity, person_id: str) -> str:
        """Returns the id that stands: the first one put wins. Each of the identity's pairs leads to it, except one
        that leads to somebody else already."""

    async def link(self, identity: SlackIdentity, person_id: str) -> None:
        """Somebody known pressed: the pairs that their payload named lead to them from now on."""

    async def group(self, place: Place) -> str | None:
        """By the place itself, else by its channel: a channel that two workspaces share has one id. None where no
        group is in it."""

    async def put_group(self, place: Place, group_id: str) -> str:
        """Returns the id that stands: the first one put wins."""

    async def forget_place(self, place: Place) -> None:
        """No group is found by that channel any more."""

    async def groups_of(self, person_id: str) -> list[str]:
        """Ids of the groups a person is in, in the order they joined."""

    async def groups_of_all(self, person_ids: Iterable[str]) -> dict[str, list[str]]:
        """The same of many, by the person's id; one round trip."""

    async def join(self, person_id: str, group_id: str, at: datetime) -> None:
        """A group of theirs from now on, with `at` for its place among them. Joining again keeps the first
        moment."""

    async def leave(self, person_id: str, group_id: str) -> None:
        """No group of theirs any more, but one that they were in (`groups_ever`)."""

    async def was_in(self, person_id: str, group_id: str) -> None:
        """Among the groups they were ever in, and they among all people."""

    async def list_group(self, group_id: str) -> None:
        """Among all groups, from when everybody who was ever in it is noted by `was_in`."""

    async def lists(self, group_id: str) -> bool:
        """Whether it stands among all groups."""

    async def groups(self) -> list[str]:
        """Ids of all groups; of one that was never set up to its end there is no record."""

    async def people(self) -> list[str]:
        """Ids of all people; of one who never pressed to the end there is no record."""

    async def unlink(self, identities: Iterable[SlackIdentity], teams: Iterable[str], person_id: str) -> None:
        """No identity of theirs leads to them any more, as far as it is known: in none of `teams` either."""

    async def forget(self, person_id: str, weeks: Iterable[str]) -> None:
        """They are in no list any more, and what they were sent in these weeks is not counted."""

    async def groups_ever(self, person_id: str) -> list[str]:
        """Ids of every group a person is or was in."""


class ErasureList(Protocol):
    """Who was erased, kept outside of what backups hold: by a hash of the person's id, whether they left their
    commitments."""

    async def note(self, hashed: str, *, left: bool, at: datetime) -> None:
        """On disk before it returns; noted again, nothing changes. OSError where it can't be written."""

    async def all(self) -> dict[str, bool]:
        """By the hash, whether they left their commitments. OSError where it can't be read."""


class _NoList:
    async def note(self, hashed: str, *, left: bool, at: datetime) -> None:
        """Noted nowhere."""

    async def all(self) -> dict[str, bool]:
        """Nobody."""
        return {}


NO_LIST: ErasureList = _NoList()
"""For whoever keeps none."""


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

    async def group(
        self, group_id: str, sections: Section = Section.NOTHING, *, who: SlackIdentity | None = None
    ) -> GroupSnapshot | None:
        """The group, its leaders, and of `sections` what is found by the group's id: rounds, commitments, digests,
        changes; no people yet. `who` becomes the viewer, if known."""

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
