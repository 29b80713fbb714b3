"""A group loaded once for all of its entries that were claimed together."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, cast

from bot.domain.people import SlackIdentity
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps, Snapshots, Store, StoreDown


class ClaimedGroups:
    """`ports.Snapshots` for one claim: two hundred leaders of a group are asked at once, and their check-ins need
    the same group, leaders and commitments. What is each leader's own is loaded for each. A group that was loaded
    with more sections than are asked for is the answer too.

    The first who asks loads, and all who wait go on in one turn of the loop, with the group or with the same fault;
    whoever asks after a fault loads again. Thrown away with the claim, so nothing it holds is older than the claim.
    """

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots
        self._groups: dict[str, dict[Section, asyncio.Future[GroupSnapshot | None]]] = {}

    async def group(
        self, group_id: str, sections: Section = Section.NOTHING, *, who: SlackIdentity | None = None
    ) -> GroupSnapshot | None:
        """As `ports.Snapshots.group`, at most as old as the claim. Raises what the load raised, to all who waited
        for it."""
        if who:
            # Somebody's own press or home: who they are is asked in the same packet, so it can't be shared.
            return await self._snapshots.group(group_id, sections, who=who)
        loaded = self._groups.setdefault(group_id, {})
        if found := next((one for has, one in loaded.items() if sections in has), None):
            # Shielded: a delivery that is stopped while it waits must not stop the load that others wait for.
            return found.result() if found.done() else await asyncio.shield(found)
        loading: asyncio.Future[GroupSnapshot | None] = asyncio.get_running_loop().create_future()
        # No await since the look: whoever asks from here on finds that somebody is at it.
        loaded[sections] = loading
        try:
            loading.set_result(await self._snapshots.group(group_id, sections))
        except BaseException as fault:
            # Cancelled too. Taken out before anybody is told, so that whoever asks after the fault loads again;
            # those who wait already hear it, since their load is this one.
            del loaded[sections]
            stopped = StoreDown("Whoever was loading the group for all was stopped.")
            loading.set_exception(fault if isinstance(fault, Exception) else stopped)
            loading.exception()  # looked at: should nobody wait, asyncio would log it as never retrieved
            raise
        return loading.result()

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
    """The same with `snapshots.group` answered from this claim. Not for what must see what was written since the
    claim."""
    return replace(deps, store=cast(Store, _Store(deps.store)))
