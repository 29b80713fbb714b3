"""What waiting for replicas costs an answer: `python -m benchmarks.replicas REDIS_URL [REPLICAS]`. Prints JSON.

Writes under a group of its own, `benchmark`, and drops it. Times are milliseconds, medians of five runs of 100.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import UTC, datetime
from statistics import median, quantiles

from benchmarks.master_keys import MASTERS
from bot.domain.plate import Answer, Audience, Plate
from bot.storage import RedisStore

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RUNS, ANSWERS = 5, 100


async def times(url: str, replicas: int) -> list[float]:
    store = RedisStore.at(url, replicas, MASTERS)
    spent = []
    for number in range(ANSWERS):
        answer = Answer(text=f"words {number}", audience=Audience.GROUP)
        plate = Plate(person_id="sam", round="r", organisation=answer)
        began = time.perf_counter()
        await store.plates.change("benchmark", f"p{number}", lambda _, plate=plate: plate, round="r")  # type: ignore[misc]
        spent.append((time.perf_counter() - began) * 1000)
    await store.plates.drop("benchmark", round="r")
    await store.close()
    return spent[5:]


async def measured(url: str, replicas: int) -> dict[str, dict[str, float]]:
    told: dict[str, dict[str, float]] = {}
    for name, wanted in (("alone", 0), (f"on {replicas} more", replicas)):
        runs = [await times(url, wanted) for _ in range(RUNS)]
        told[name] = {
            "median": round(median(median(run) for run in runs), 2),
            "p99": round(median(quantiles(run, n=100)[98] for run in runs), 2),
        }
    return told


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1))))
