"""What a scheduled entry costs, from a thousand to a million of them: `python -m benchmarks.growth`. Prints JSON.

For each size: so many entries wait for tomorrow; memory of Redis an entry; then messages are delivered among them
(no Slack), in processor time of this process and of Redis a message; and at last how much a bot at rest asks Redis.
Sizes are measured in turn in each run, so that what else the machine does falls on all of them.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from benchmarks.engines.between import WORKSPACES, Fixed, NoSlack, entry
from benchmarks.engines.timed import Handled
from benchmarks.report import medians, told
from benchmarks.server import a_server
from bot.domain.outbox import Entry, Kind
from bot.ports import Deps
from bot.store.redis import RedisStore
from scheduler.tick import tick, ticking

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
DELIVERED = 5_000
AT_REST = 20
"""Seconds."""
AT_A_TIME = 20_000


def waiting(number: int) -> Entry:
    """With ids as long as they are in life: ours of sixteen letters, Slack's of nine."""
    group, person = f"{number // 20:016x}", f"{number:016x}"
    return Entry(
        name=f"checkin:{group}:2026-W48:{person}",
        kind=Kind.CHECK_IN,
        group_id=group,
        team_id=f"T{number % WORKSPACES:08d}",
        due_at=TOMORROW,
        expires_at=TOMORROW + timedelta(days=2),
        person_id=person,
        round="2026-W48",
    )


async def fill(store: RedisStore, size: int) -> float:
    """Bytes of Redis's memory an entry."""
    before = await used(store)
    for first in range(0, size, AT_A_TIME):
        await store.outbox.add([waiting(n) for n in range(first, min(first + AT_A_TIME, size))])
    return (await used(store) - before) / size


async def used(store: RedisStore) -> int:
    return int((await store.connection.client.info("memory"))["used_memory"])


async def redis_seconds(store: RedisStore) -> float:
    found = await store.connection.client.info("cpu")
    return float(found["used_cpu_user"]) + float(found["used_cpu_sys"])


async def delivered(store: RedisStore) -> tuple[float, float]:
    """Microseconds of processor time a message: ours, and Redis's."""
    due = [replace(entry(n, NOW), name=f"panel:now{n}", group_id=f"now{n}") for n in range(DELIVERED)]
    messenger: Any = NoSlack()
    deps = Deps(store=store, messenger=messenger, now=lambda: NOW, new_id=lambda: "n1")
    ours, theirs = time.process_time(), await redis_seconds(store)
    await store.outbox.add(due)
    await tick(deps, {Kind.PANEL: Fixed(Handled(DELIVERED))})
    spent = time.process_time() - ours, await redis_seconds(store) - theirs
    return spent[0] / DELIVERED * 1e6, spent[1] / DELIVERED * 1e6


async def at_rest(store: RedisStore) -> float:
    """Commands a second of a bot with nothing to do."""
    messenger: Any = NoSlack()
    deps = Deps(store=store, messenger=messenger, now=lambda: NOW, new_id=lambda: "n1")
    async with ticking(deps, {Kind.PANEL: Fixed(Handled(0))}):
        await asyncio.sleep(2)
        before = await commands(store)
        await asyncio.sleep(AT_REST)
        return (await commands(store) - before - 1) / AT_REST  # the question itself is one


async def commands(store: RedisStore) -> int:
    return int((await store.connection.client.info("stats"))["total_commands_processed"])


async def measured(args: argparse.Namespace) -> tuple[str, dict[str, dict[str, list[float]]]]:
    """Redis's version, and the figures."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with a_server(newest=False) as url:
        store = RedisStore.at(url)
        version = str((await store.connection.client.info("server"))["redis_version"])
        for run in range(args.runs):
            for size in args.sizes:
                await store.connection.client.flushall(asynchronous=True)
                await delivered(store)  # what Redis needs once, whatever the size
                await store.connection.client.flushall(asynchronous=True)
                await asyncio.sleep(1)  # it frees what was there in its own time
                name = f"{size:,}"
                found["bytes_an_entry"][name].append(round(await fill(store, size), 1))
                ours, theirs = await delivered(store)
                found["our_microseconds_a_message"][name].append(round(ours, 1))
                found["redis_microseconds_a_message"][name].append(round(theirs, 1))
                if run == 0:
                    found["commands_a_second_at_rest"][name].append(await at_rest(store))
        await store.close()
    return version, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    args = parser.parse_args()
    version, found = asyncio.run(measured(args))
    ours = medians(found["our_microseconds_a_message"])
    theirs = medians(found["redis_microseconds_a_message"])
    both = [ours[name] + theirs[name] for name in ours]
    told(
        "growth",
        runs=args.runs,
        redis=version,
        delivered=DELIVERED,
        median={figure: medians(by_size) for figure, by_size in found.items()},
        all=found,
        cost_at_most_to_least=round(max(both) / min(both), 3),
        target="flat within 15 %; at most 300 bytes an entry; at most 2 commands a second at rest",
    )


if __name__ == "__main__":
    main()
