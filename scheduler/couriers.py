"""Those who carry entries to Slack: many at once, few for any one workspace, so that none waits for another's."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from types import TracebackType

import structlog

from bot.domain.outbox import Claimed, Claims
from bot.ports import Deps, StoreDown
from scheduler.outbox import Carriage, deliver
from scheduler.parcels import Composers

AT_ONCE = 64
A_WORKSPACE = 8
"""As many may be taken up at once for one workspace; with as many under way it is left alone, for its answers
may be slow."""

LONGEST_TURN = timedelta(seconds=2)
"""A workspace that Slack told to rest for longer is not waited for."""

log = structlog.get_logger()


class Couriers:
    """Deliveries under way in this process, in a task each. `async with`: at the end they are waited for.

    `patience` is how many seconds to wait for those under way before saying when to look again; None: however
    long it takes.
    """

    def __init__(
        self, deps: Deps, composers: Composers, *, at_once: int = AT_ONCE, patience: float | None = 1.0
    ) -> None:
        self._deps = deps
        self._composers = composers
        self._at_once = at_once
        self._patience = patience
        self._under_way: dict[asyncio.Task[None], Claimed] = {}
        self._tasks = asyncio.TaskGroup()
        self._claiming = asyncio.Lock()
        self._back = asyncio.Event()
        self._store_down: StoreDown | None = None

    async def __aenter__(self) -> Couriers:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._tasks.__aexit__(kind, error, trace)

    async def carry(self, partition: int) -> datetime | None:
        """Start on all that may go now. Returns when to look again. Raises StoreDown."""
        waited = Claims()
        while True:
            claims = await self._claim(partition)
            if self._store_down:
                fault, self._store_down = self._store_down, None
                raise fault
            if claims.more or await self._landed():
                continue
            if not await self._its_turn(claims, waited):
                return claims.next_at
            waited = claims

    async def _claim(self, partition: int) -> Claims:
        async with self._claiming:
            while len(self._under_way) >= self._at_once:
                self._back.clear()
                await self._back.wait()
            free = self._at_once - len(self._under_way)
            now = self._deps.now()
            claims = await self._deps.store.delivery.claim(
                partition, now, limit=free, each=A_WORKSPACE, busy=self._busy()
            )
            for claimed in claims.taken:
                self._start(claimed, now)
            return claims

    def _busy(self) -> list[str]:
        counted = Counter(claimed.entry.team_id for claimed in self._under_way.values())
        return [team for team, number in counted.items() if number >= A_WORKSPACE]

    def _start(self, claimed: Claimed, now: datetime) -> None:
        task = self._tasks.create_task(self._deliver(claimed, now))
        self._under_way[task] = claimed
        task.add_done_callback(self._came_back)

    def _came_back(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._back.set()

    async def _deliver(self, claimed: Claimed, now: datetime) -> None:
        composer = self._composers.get(claimed.entry.kind)
        try:
            if composer is None:
                await self._deps.store.delivery.bury(claimed, f"nobody composes a {claimed.entry.kind}")
            else:
                await deliver(Carriage(claimed, composer, self._deps, now))
        except StoreDown as fault:
            self._store_down = fault

    async def _landed(self) -> bool:
        """Wait a while for those under way. True if any came in: then the time to look again has changed."""
        if not self._under_way:
            return False
        done, _ = await asyncio.wait(self._under_way, timeout=self._patience)
        return bool(done)

    async def _its_turn(self, claims: Claims, waited: Claims) -> bool:
        """Who is to wait for all also waits, in real time, for the moment until the next may go at our pace."""
        turn_in = claims.turn_in
        if self._patience is not None or turn_in is None or turn_in > LONGEST_TURN or claims == waited:
            return False
        await asyncio.sleep(turn_in.total_seconds())
        return True

    async def stop(self, within: float) -> None:
        """Wait for those under way, `within` seconds at most. Who is cut short leaves their intent behind."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within)
        for task in list(self._under_way):
            task.cancel()
