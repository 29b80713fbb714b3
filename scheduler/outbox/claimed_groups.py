"""A group loaded once for all of its entries that were claimed together."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, cast

from bot.domain.people import SlackIdentity
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps, Snapshots, Store


class ClaimedGroups:
    """`ports.Snapshots` for one claim: two hundred leaders of a group are asked at once, and their check-ins need
    the same group, leaders and commitments. What is each leader's own is loaded for each.

    The first who asks loads while the others wait; where it fails, or is stopped, the next one loads. Thrown away
    with the claim, so nothing it holds is older than the claim.
    """

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots
        self._groups: dict[tuple[str, Section], GroupSnapshot | None] = {}
        self._turns: dict[tuple[str, Section], asyncio.Lock] = {}

    async def group(
        self, group_id: str, sections: Section = Section.NOTHING, *, who: SlackIdentity | None = None
    ) -> GroupSnapshot | None:
        if who:
            return await self._snapshots.group(group_id, sections, who=who)
        key = (group_id, sections)
        async with self._turns.setdefault(key, asyncio.Lock()):
            if key not in self._groups:
                self._groups[key] = await self._snapshots.group(group_id, sections)
        return self._groups[key]

    def __getattr__(self, name: str) -> Any:
        """All else is each one's own: `load`, `rest`."""
        return getattr(self._snapshots, name)


class _Store:
    """A store with the groups of one claim; all else is the store's own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.snapshots = ClaimedGroups(store.snapshots)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def for_claim(deps: Deps) -> Deps:
    return replace(deps, store=cast(Store, _Store(deps.store)))
