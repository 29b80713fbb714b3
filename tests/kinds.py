"""Which kinds of message a test speaks of, so that one that comes to them later does not break it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.ports import Deps
from scheduler.kinds import KINDS
from scheduler.outbox.messages import MessageKind

ROUND = (Kind.CHECK_IN, Kind.NUDGE, Kind.REMIND_LATER, Kind.QUIET, Kind.DIGEST, Kind.CAPTURE)
"""What a group is sent in every fortnight, whatever else there is by now."""

OF_052387A = (*ROUND, Kind.WELCOME, Kind.HELLO, Kind.PANEL, Kind.CHANGE, Kind.CORRECTION)
"""What the version 052387a could send."""

TOLD = (*OF_052387A, Kind.DIGEST_REPLY, Kind.ORGANISATIONS, Kind.NEWS, Kind.REDRAWN)
"""What the story of three rounds tells of."""


def of(kinds: tuple[Kind, ...]) -> Mapping[Kind, MessageKind]:
    """The table of kinds with these alone."""
    return {kind: KINDS[kind] for kind in kinds}


def named(names: list[str], *kinds: Kind) -> list[str]:
    """Those of the names of entries that are of these kinds, sorted."""
    return sorted(name for name in names if Kind(name.partition(":")[0]) in kinds)


class _Noted:
    """A kind as it is, that notes where each of its messages stands."""

    def __init__(self, kind: MessageKind, went: dict[str, Kind]) -> None:
        self._kind, self._went = kind, went

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kind, name)

    async def sent(self, entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
        self._went.setdefault(ref.ts, entry.kind)  # a change of it is not what it is
        await self._kind.sent(entry, ref, deps, now)


def noting(went: dict[str, Kind]) -> Mapping[Kind, MessageKind]:
    """All kinds; `went` says by a message's `ts` of which it is."""
    return {name: _Noted(kind, went) for name, kind in KINDS.items()}  # type: ignore[misc]
