"""What a scheduled entry costs, from a thousand to a million of them: `python -m benchmarks.growth`. Prints JSON.

For each size there is a server on which so many entries wait for tomorrow: memory of Redis an entry; then messages
are delivered among them (no Slack), in processor time of this process and of Redis a message; and at last how much
a bot at rest asks Redis. A thousand messages at a time on each server in turn, so that what else the machine does
falls on all.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from benchmarks.engines.between import WORKSPACES, Fixed, NoSlack, entry
from benchmarks.engines.timed import Handled
from benchmarks.report import medians, ratios, told
from benchmarks.server import a_server
from bot.app import freeze_startup_objects
from bot.domain.outbox import Entry, Kind
from bot.ports import Deps
from bot.storage import RedisStore
from scheduler.tick import tick, ticking

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
DELIVERED = 1_000
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


async def delivered(store: RedisStore, run: int) -> tuple[float, float]:
    """Microseconds of processor time a message: ours, and Redis's."""
    due = [replace(entry(n, NOW), name=f"panel:{run}:{n}", group_id=f"now{n}") for n in range(DELIVERED)]
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
    with ExitStack() as servers:
        stores = {f"{n:,}": RedisStore.at(servers.enter_context(a_server(newest=args.newest))) for n in args.sizes}
        for (name, store), size in zip(stores.items(), args.sizes, strict=True):
            await delivered(store, -1)  # what Redis needs once, whatever the size
            found["bytes_an_entry"][name].append(round(await fill(store, size), 1))
        freeze_startup_objects()  # as a bot does that has started
        for run in range(args.runs):
            for name, store in stores.items():
                ours, theirs = await delivered(store, run)
                found["our_microseconds_a_message"][name].append(round(ours, 1))
                found["redis_microseconds_a_message"][name].append(round(theirs, 1))
                found["microseconds_a_message"][name].append(round(ours + theirs, 1))
        for name, store in stores.items():
            found["commands_a_second_at_rest"][name].append(await at_rest(store))
        version = str((await store.connection.client.info("server"))["redis_version"])
        for store in stores.values():
            await store.close()
    return version, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30, help="of a thousand messages on each server")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--newest", action="store_true", help="on the newest server here, not the one we'd start")
    args = parser.parse_args()
    version, found = asyncio.run(measured(args))
    cost = found["microseconds_a_message"]
    least = next(iter(cost))
    told(
        "growth",
        runs=args.runs,
        redis=version,
        delivered=DELIVERED,
        median={figure: medians(by_size) for figure, by_size in found.items()},
        all=found,
        ratios={f"{name} to {least}": ratios(cost[name], cost[least]) for name in cost},
        target="flat within 15 %; at most 300 bytes an entry; at most 2 commands a second at rest",
    )


if __name__ == "__main__":
    main()
