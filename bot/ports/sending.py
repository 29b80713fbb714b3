"""What it takes to send each message once: the outbox, when to look at what, and how much may be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Protocol

from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import Claimed, Claims, Due, Entry, Outcome

send_guard: ContextVar[Callable[[], bool]] = ContextVar("send_guard")
"""Whether what is about to be written to Slack may still go. Whoever posts sets it; the messenger asks at the last
moment, when the connection stands: a machine may have slept since, and somebody else sent it. No: surely not sent.
"""


class Outbox(Protocol):
    """Messages on their way. `add` does nothing for a name that was ever added (within its tombstone), unless it
    was dropped."""

    async def add(self, entries: Iterable[Entry]) -> int:
        """Returns how many were new."""


class Delivery(Protocol):
    """The sending side of the outbox. What returns a bool says False where the caller lost its hold."""

    async def claim(
        self, partition: int, now: datetime, *, limit: int, each: int, in_flight: Mapping[str, int] | None = None
    ) -> Claims:
        """Take what is due and may go now: of one workspace at most `each`, less what it has `in_flight`
        already."""

    async def mark_sending(self, claimed: Claimed, place: Place, now: datetime) -> bool:
        """Note that Slack is about to be called. False: do not call."""

    async def mark_sent(self, claimed: Claimed, ref: MessageRef) -> bool:
        """Note where it stands in Slack, whoever holds the entry by now."""

    async def finish(self, claimed: Claimed, outcome: Outcome) -> bool:
        """The entry leaves; a tombstone keeps the outcome for 60 days."""

    async def put_back(
        self,
        claimed: Claimed,
        now: datetime,
        *,
        after: timedelta,
        keep_mark: bool = False,
        rest: timedelta = timedelta(0),
        count: Literal["", "tries", "faults"] = "tries",
    ) -> bool:
        """Try again `after`; its whole workspace rests for `rest`; `count` goes up by one."""

    async def put_off(self, claimed: Claimed, until: datetime, *, why: str = "") -> bool:
        """Not now, but at `until`; it was surely not sent. `why`: Slack's code, where a refusal has to end."""

    async def dead_letter(self, claimed: Claimed, why: str) -> bool:
        """Set a poisoned entry aside, where `doctor` finds it."""

    async def counts(self) -> dict[str, int]:
        """How many wait and how many ended, by Status; those set aside as `dead`."""

    async def status(self, name: str, team_id: str | None = None) -> Outcome | None:
        """None: never added, or its tombstone has expired. Quicker with the workspace that it is for."""

    async def refused(self) -> list[tuple[str, str]]:
        """The names of those that wait for the reason of a refusal to end, each with Slack's code."""

    async def dead(self) -> list[tuple[str, str]]:
        """The newest entries set aside, each with the reason."""

    async def unconfirmed(self) -> list[tuple[str, Outcome]]:
        """Those of the last weeks that ended UNKNOWN or FAILED, with the reason; set aside ones are in `dead`."""

    async def forget(self, person_id: str) -> None:
        """Somebody was erased: what waits for them is gone, and no list names them."""

    async def revive(self, now: datetime) -> list[str]:
        """Put back those set aside that can be read; what may be in Slack already is looked for there first.

        Returns their names.
        """


class DueIndex(Protocol):
    """When each group, and each partition of the outbox, is next worth a look; found without scanning them."""

    async def look_at(self, group_id: str, at: datetime) -> None:
        """Look at the group at `at` or before: an earlier time already set stays."""

    async def due(self, now: datetime, limit: int) -> Due:
        """At most `limit` groups and partitions, hidden from other bots until `Due.lease`. One round trip where
        nothing is due."""

    async def done(self, due: Due, group_id: str, next_at: datetime | None) -> None:
        """Look again at `next_at`, or never; unless somebody asked for an earlier look meanwhile."""

    async def partition_done(self, due: Due, partition: int, next_at: datetime | None) -> None:
        """As `done`."""

    async def sweep(self, now: datetime) -> None:
        """Look at one more partition and a few more groups, in turns: finds what a crash, or a clock that was far
        ahead, left without a time or with a wrong one."""

    async def next_at(self) -> datetime | None:
        """The soonest of all; may be past. For the demo's clock."""


class Allowance(Protocol):
    """How many messages a person may get in a span of time, counted by the entry's name."""

    async def take(self, person_id: str, span: str, name: str, most: int) -> bool:
        """True where `name` counts already or there is room for it."""

    async def taken(self, spans: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], frozenset[str]]:
        """The names that count, by person and span."""

    async def give_back(self, person_id: str, span: str, name: str) -> None:
        """The name counts no more; of one that does not count nothing changes."""


class Method(StrEnum):
    """Methods of Slack's that allow few calls a minute, and have a limit of their own."""

    OPEN = "open"
    PROFILE = "profile"
    HISTORY = "history"
    UPDATE = "update"
    MEMBERS = "members"


class MethodLimiter(Protocol):
    """Slack's limits by method and workspace, shared by all bots."""

    async def wait(self, team_id: str, method: Method) -> timedelta:
        """Nothing: call now, it is counted. Else how long until it may be asked again."""

    async def block(self, team_id: str, method: Method, span: timedelta) -> None:
        """Slack said so (429): nobody calls it there for `span`, and after that one does before the next."""
