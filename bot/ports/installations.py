"""Where we are installed, and what lets somebody install us once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from bot.domain.installation import Installation


class Installations(Protocol):
    """By the workspace's id, or the organisation's. Those that ended are among them."""

    @property
    def writes(self) -> int:
        """How many changes this process has made: who keeps what it read knows by that when to read anew."""

    async def all(self) -> dict[str, Installation]:
        """Every one that was ever stored, by its key; one round trip."""

    async def get(self, key: str) -> Installation | None:
        """None where nobody ever installed us there."""

    async def change(
        self, key: str, decide: Callable[[Installation | None], Installation | None]
    ) -> Installation | None:
        """As `Records.change`."""


class Tickets(Protocol):
    """Texts that are good for once and for a while: a state of OAuth's, an invitation to install, a code;
    or what was told that more may follow from."""

    async def issue(self, what: str, ticket: str, life: timedelta, *, says: str = "1") -> None:
        """`says`: what whoever redeems it is told."""

    async def redeem(self, what: str, ticket: str) -> str:
        """What it says, once: it is gone now. Empty where it is not there."""

    async def look(self, what: str, ticket: str) -> str:
        """What it says, which uses it up for nobody."""


class Locks(Protocol):
    """One process at a time, for a while at most."""

    async def acquire(self, name: str, life: timedelta) -> str:
        """What gives it back; empty where somebody else has it."""

    async def release(self, name: str, token: str) -> None:
        """Nothing, where the lock has run out, or is somebody else's by now."""
