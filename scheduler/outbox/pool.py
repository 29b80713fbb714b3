"""Those who carry entries to Slack: many at once, few for any one workspace, so that none waits for another's."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType

import structlog

from bot.domain.outbox import Claimed, Claims, Due
from bot.ports import Deps, StoreDown
from scheduler.outbox.delivery import Carriage, deliver
from scheduler.outbox.messages import Composers

AT_ONCE = 128
A_WORKSPACE = 8
"""As many may be under way for one workspace, and one where the last took `SLOW` seconds or more: then
workspaces that hang leave hands free for the others."""
SLOW = 3.0

A_HANDFUL = 32
A_MOMENT = 0.05
"""Seconds. One claim for a handful costs little more than for one; hands that hang are not waited for."""

A_LOOK = 1.0
"""Seconds after which a partition is looked at anew while deliveries of it are under way."""
LEAST_LOOK = 0.01

LONGEST_TURN = timedelta(seconds=2)
"""A workspace that Slack told to rest for longer is not waited for."""

log = structlog.get_logger()


@dataclass
class _Tour:
    """A partition on which somebody is at work. `news`: one of its deliveries came back, or one is asked for."""

    due: Due | None = None
    asked: bool = False
    task: asyncio.Task[None] | None = None
    under_way: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Couriers:
    """Deliveries under way in this process, in a task each. `async with`: at the end they are waited for."""

    def __init__(self, deps: Deps, composers: Composers, *, at_once: int = AT_ONCE) -> None:
        self._deps = deps
        self._composers = composers
        self._at_once = at_once
        self._under_way: dict[asyncio.Task[None], Claimed] = {}
        self._tours: dict[int, _Tour] = {}
        self._slow: set[str] = set()
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

    def start(self, due: Due, partition: int) -> None:
        """Carry what may go, in a task of its own: no beat waits for Slack. Raises StoreDown for an earlier one."""
        tour = self._tour(partition)
        tour.due, tour.asked = due, True
        tour.news.set()
        if tour.task is None:
            tour.task = self._tasks.create_task(self._go_round(partition, tour))
        self._raise_if_down()

    async def _go_round(self, partition: int, tour: _Tour) -> None:
        try:
            while tour.asked and tour.due:
                tour.asked = False
                next_at = await self.carry(partition, patient=False)
                await self._deps.store.due.partition_done(tour.due, partition, next_at)
        except StoreDown as fault:
            self._store_down = fault
        except Exception:
            log.exception("a partition can't be carried; it is looked at again", partition=partition)
        finally:
            tour.task = None

    async def carry(self, partition: int, *, patient: bool = True) -> datetime | None:
        """Carry all that may go now, and come back when it has. Returns when to look again. Raises StoreDown.

        Who is `patient` also waits, in real time, for the moment until the next may go at our pace.
        """
        tour, waited = self._tour(partition), Claims()
        while True:
            tour.news.clear()
            claims = await self._claim(partition, tour)
            self._raise_if_down()
            waited = Claims() if claims.taken else waited
            if claims.more:
                continue
            if tour.under_way:
                await self._news(tour, claims.turn_in)
            elif not patient or not await self._its_turn(claims, waited):
                return claims.next_at
            else:
                waited = claims

    def _tour(self, partition: int) -> _Tour:
        return self._tours.setdefault(partition, _Tour())

    def _raise_if_down(self) -> None:
        if self._store_down:
            fault, self._store_down = self._store_down, None
            raise fault

    async def _claim(self, partition: int, tour: _Tour) -> Claims:
        async with self._claiming:
            await self._hands_free()
            now = self._deps.now()
            claims = await self._deps.store.delivery.claim(
                partition, now, limit=self._at_once - len(self._under_way), each=A_WORKSPACE, hands=self._hands()
            )
            glance = self._deps.afresh()
            for claimed in claims.taken:
                self._start(claimed, now, tour, glance)
            return claims

    async def _hands_free(self) -> None:
        """Wait for a handful, so that those claimed together go together; or a moment, and then for one."""
        handful = min(A_HANDFUL, self._at_once // 4)
        while len(self._under_way) > self._at_once - handful:
            self._back.clear()
            try:
                async with asyncio.timeout(A_MOMENT if len(self._under_way) < self._at_once else None):
                    await self._back.wait()
            except TimeoutError:
                return

    def _hands(self) -> dict[str, int]:
        """What each workspace has under way; the slow ones count as if they had nearly all they may."""
        hands = Counter(claimed.entry.team_id for claimed in self._under_way.values())
        hands.update(dict.fromkeys(self._slow, A_WORKSPACE - 1))
        return hands

    def _start(self, claimed: Claimed, now: datetime, tour: _Tour, glance: Deps) -> None:
        def came_back(task: asyncio.Task[None]) -> None:
            del self._under_way[task]
            tour.under_way -= 1
            tour.news.set()
            self._back.set()

        task = self._tasks.create_task(self._deliver(claimed, now, glance))
        self._under_way[task] = claimed
        tour.under_way += 1
        task.add_done_callback(came_back)

    async def _deliver(self, claimed: Claimed, now: datetime, glance: Deps) -> None:
        composer = self._composers.get(claimed.entry.kind)
        clock, team = asyncio.get_running_loop(), claimed.entry.team_id
        began = clock.time()
        try:
            if composer is None:
                await self._deps.store.delivery.bury(claimed, f"nobody composes a {claimed.entry.kind}")
            else:
                await deliver(Carriage(claimed, composer, self._deps, now, glance))
        except StoreDown as fault:
            self._store_down = fault
        (self._slow.add if clock.time() - began >= SLOW else self._slow.discard)(team)

    async def _news(self, tour: _Tour, turn_in: timedelta | None) -> None:
        """Wait until one comes back, or the next may go at our pace."""
        wait = A_LOOK if turn_in is None else min(max(turn_in.total_seconds(), LEAST_LOOK), A_LOOK)
        try:
            async with asyncio.timeout(wait):
                await tour.news.wait()
        except TimeoutError:
            pass

    async def _its_turn(self, claims: Claims, waited: Claims) -> bool:
        turn_in = claims.turn_in
        if turn_in is None or turn_in > LONGEST_TURN or claims == waited:
            return False
        await asyncio.sleep(turn_in.total_seconds())
        return True

    async def quiet(self, within: float) -> None:
        """Come back when nothing is under way, or after so many seconds."""
        tours = [tour.task for tour in self._tours.values() if tour.task]
        if busy := [*tours, *self._under_way]:
            await asyncio.wait(busy, timeout=within)

    async def stop(self, within: float) -> None:
        """Start on nothing more; wait for those under way, `within` seconds at most. Who is cut short leaves their
        intent behind."""
        for tour in self._tours.values():
            if tour.task:
                tour.task.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within)
        for task in list(self._under_way):
            task.cancel()
