"""Deliveries under way: many at once, few for any one workspace, so that none waits for another's."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from weakref import WeakValueDictionary

import structlog

from bot.domain.outbox import Claimed, Claims, Due
from bot.ports import Deps, StoreDown
from scheduler.outbox.claimed_groups import for_claim
from scheduler.outbox.delivery import deliver
from scheduler.outbox.messages import DeliveryContext, Kinds

# Of one process. Enough that a dozen workspaces at their most go side by side; each costs a socket and some
# kilobytes.
AT_ONCE = 128
MAX_PER_WORKSPACE = 10
"""As many may be under way for one workspace as our pace lets go at once; and one where the last took `SLOW_S`
seconds or more, so that workspaces that hang leave room for the others."""
SLOW_S = 3.0

CLAIM_BATCH = 32
A_MOMENT_S = 0.05
"""Seconds. One claim for a handful costs little more than for one; deliveries that hang are not waited for."""

A_LOOK_S = 1.0
"""Seconds after which a partition is looked at anew while deliveries of it are under way."""
LEAST_LOOK_S = 0.01

LONGEST_TURN = timedelta(seconds=2)
"""A workspace that Slack told to rest for longer is not waited for."""

log = structlog.get_logger()


@dataclass
class PartitionRun:
    """A partition on which somebody is at work. `news`: one of its deliveries came back, or a run is asked for."""

    due: Due | None = None
    asked: bool = False
    task: asyncio.Task[None] | None = None
    in_flight: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)


class DeliveryPool:
    """Deliveries under way in this process, in a task each. `async with`: at the end they are waited for.

    The sequence: `start` (the beat's) or `carry` (the demo's, and tests') runs a partition: claim, start a task for
    each entry, wait for news, claim again, until nothing may go. One run a partition and process; other processes
    run the same one, and the claim shares out. Claims take turns in a process, so that each knows what is in
    flight.

    StoreDown of a delivery is kept, and raised to whoever starts or carries next. Whoever is cancelled, or killed,
    leaves their entries to the leases.
    """

    def __init__(self, deps: Deps, kinds: Kinds, *, at_once: int = AT_ONCE) -> None:
        self._deps = deps
        self._kinds = kinds
        self._at_once = at_once
        self._in_flight: dict[asyncio.Task[None], Claimed] = {}
        self._runs: dict[int, PartitionRun] = defaultdict(PartitionRun)
        self._slow: set[str] = set()
        # In a channel one after the other: the second finds the day's post as the first left it. Of this process
        # alone; two bots are kept apart by the group's claim of the day (`limits`). Weak, so that no group leaves
        # one behind.
        self._channels = WeakValueDictionary[tuple[str, str], asyncio.Lock]()
        self._tasks = asyncio.TaskGroup()
        self._claiming = asyncio.Lock()
        self._back = asyncio.Event()
        self._store_down: StoreDown | None = None

    async def __aenter__(self) -> DeliveryPool:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._tasks.__aexit__(kind, error, trace)

    def start(self, due: Due, partition: int) -> None:
        """Carry what may go, in a task of its own: no beat waits for Slack. Raises StoreDown for an earlier one."""
        run = self._runs[partition]
        # The newest lease: `partition_done` with an older one would do nothing.
        run.due, run.asked = due, True
        run.news.set()
        if run.task is None:
            run.task = self._tasks.create_task(self._run_partition(partition, run))
        self._raise_if_down()

    async def _run_partition(self, partition: int, run: PartitionRun) -> None:
        try:
            # Asked again while it ran: there may be more. Cleared before the claim, so that a request from here on
            # is not lost.
            while run.asked and run.due:
                run.asked = False
                next_at = await self.carry(partition, patient=False)
                await self._deps.store.due.partition_done(run.due, partition, next_at)
        except StoreDown as fault:
            # No error of this task: in the group it would cancel all deliveries, some of which are in flight to
            # Slack. The lease of the look brings the partition back; the next beat says that the store is down.
            self._store_down = fault
        except Exception:
            log.exception("a partition can't be carried; it is looked at again", partition=partition)
        finally:
            run.task = None

    async def carry(self, partition: int, *, patient: bool = True) -> datetime | None:
        """Carry all that may go now, and come back when it has. Returns when to look again. Raises StoreDown.

        Who is `patient` also waits, in real time, for the moment until the next may go at our pace.
        """
        run, waited = self._runs[partition], Claims()
        while True:
            # Before the claim: what comes back while it asks Redis is news, and found by the next round at once.
            run.news.clear()
            claims = await self._claim(partition, run)
            self._raise_if_down()
            waited = Claims() if claims.taken else waited
            if claims.more:
                continue
            turn_in = claims.turn_in
            if run.in_flight:
                await self._news(run, turn_in)
            # The same answer after the wait: the server's clock stands still (a test gives it), so come back later.
            elif not patient or turn_in is None or turn_in > LONGEST_TURN or claims == waited:
                return claims.next_at
            else:
                waited = claims
                await asyncio.sleep(turn_in.total_seconds())

    def _raise_if_down(self) -> None:
        if self._store_down:
            fault, self._store_down = self._store_down, None
            raise fault

    async def _claim(self, partition: int, run: PartitionRun) -> Claims:
        # One at a time in a process: the limit is what is free just now, and two who count at once would take it
        # twice.
        async with self._claiming:
            await self._room_free()
            now = self._deps.now()  # after the wait, which may have been long
            in_flight = Counter(claimed.entry.team_id for claimed in self._in_flight.values())
            # The slow ones count as if they had nearly all they may: one at a time tells when it is well again.
            in_flight.update(dict.fromkeys(self._slow, MAX_PER_WORKSPACE - 1))
            claims = await self._deps.store.delivery.claim(
                partition,
                now,
                limit=self._at_once - len(self._in_flight),
                each=MAX_PER_WORKSPACE,
                in_flight=in_flight,
            )
            of_claim = for_claim(self._deps)
            # No await since the claim, so nothing is held without a task. Cancelled in the claim itself, the answer
            # is lost: what it handed out comes back when its lease ends.
            for claimed in claims.taken:
                self._start(claimed, now, run, of_claim)
            return claims

    async def _room_free(self) -> None:
        """Wait for a handful, so that those claimed together go together; or a moment, and then for one."""
        handful = min(CLAIM_BATCH, self._at_once // 4)
        while len(self._in_flight) > self._at_once - handful:
            # Cleared with no await before the wait: whatever comes back from here on ends it.
            self._back.clear()
            try:
                async with asyncio.timeout(A_MOMENT_S if len(self._in_flight) < self._at_once else None):
                    await self._back.wait()
            except TimeoutError:
                return

    def _start(self, claimed: Claimed, now: datetime, run: PartitionRun, of_claim: Deps) -> None:
        def came_back(task: asyncio.Task[None]) -> None:
            # As the task ends, however it does: a place that is not given back would be lost until the next start.
            del self._in_flight[task]
            run.in_flight -= 1
            run.news.set()
            self._back.set()

        task = self._tasks.create_task(self._deliver(claimed, now, of_claim))
        self._in_flight[task] = claimed
        run.in_flight += 1
        task.add_done_callback(came_back)

    async def _deliver(self, claimed: Claimed, now: datetime, of_claim: Deps) -> None:
        kind = self._kinds.get(claimed.entry.kind)
        clock, team = asyncio.get_running_loop(), claimed.entry.team_id
        began = clock.time()
        try:
            if kind is None:
                await self._deps.store.delivery.dead_letter(claimed, f"nobody composes a {claimed.entry.kind}")
            elif claimed.entry.in_channel:
                # The store's own groups, not those of the claim: the one before it in this channel has changed
                # them.
                async with self._channels.setdefault((team, claimed.entry.group_id), asyncio.Lock()):
                    await deliver(DeliveryContext(claimed, kind, self._deps, now, self._deps))
            else:
                await deliver(DeliveryContext(claimed, kind, self._deps, now, of_claim))
        except StoreDown as fault:
            # As above: it would cancel all the others. The entry's lease brings it back, with its mark if it has
            # one.
            self._store_down = fault
        (self._slow.add if clock.time() - began >= SLOW_S else self._slow.discard)(team)

    async def _news(self, run: PartitionRun, turn_in: timedelta | None) -> None:
        """Wait until one comes back, or the next may go at our pace."""
        wait = A_LOOK_S if turn_in is None else min(max(turn_in.total_seconds(), LEAST_LOOK_S), A_LOOK_S)
        try:
            async with asyncio.timeout(wait):
                await run.news.wait()
        except TimeoutError:
            pass

    async def quiet(self, within: float) -> None:
        """Come back when nothing is under way, or after so many seconds."""
        runs = [run.task for run in self._runs.values() if run.task]
        if busy := [*runs, *self._in_flight]:
            await asyncio.wait(busy, timeout=within)

    async def stop(self, within: float) -> None:
        """Start on nothing more; wait for those under way, `within` seconds at most. Who is cut short leaves their
        mark behind, so that the next to claim looks in Slack."""
        # First, so that nothing new is claimed while we wait.
        for run in self._runs.values():
            if run.task:
                run.task.cancel()
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=within)
        # In the midst of a call, perhaps: its mark stays, and whoever claims it next looks in Slack before sending.
        for task in list(self._in_flight):
            task.cancel()
