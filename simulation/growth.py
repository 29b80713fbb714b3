"""What groups cost as there are more of them: plain groups of nine, played through the same bot, no transcript.

The processor time is that of the whole process, so of the bot, the playground and the people together, and that of
Redis beside it. What it is good for is how it grows, not how much it is.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from bot.app import freeze_startup_objects
from simulation.cast import plain_groups
from simulation.figures import Figures, figures
from simulation.lives import plan_lives
from simulation.play import Play
from simulation.run import OPENS, Meets, ends
from simulation.stage import Stage, staged

LADDER = (100, 10, 1)
"""So many times fewer groups than asked for, each size played by itself."""


@dataclass(frozen=True)
class Cost:
    """Of so many groups. Milliseconds of processor time are a group and week; bytes are Redis's, a group."""

    groups: int
    process_ms: float
    redis_ms: float
    store_bytes: int
    figures: Figures


def sizes(most: int) -> list[int]:
    return sorted({max(1, most // fewer) for fewer in LADDER})


async def cost(redis_url: str, groups: int, *, weeks: int, seed: int, meets: Meets) -> Cost:
    """From the day on which all have joined; the joining itself is not counted. The Redis should be empty."""
    cast = plain_groups(groups)
    async with staged(redis_url, cast, OPENS) as stage:
        empty = await _bytes(stage)
        play = Play(stage, cast, seed)
        await play.gather(meets.option, apart=timedelta(0))  # else the first would be asked while the last join
        plan_lives(play, seed)
        freeze_startup_objects()  # as a bot does that has started
        process, redis = time.process_time(), await _redis_seconds(stage)
        await play.live(ends(stage.now, weeks))
        spent = time.process_time() - process, await _redis_seconds(stage) - redis
        each = 1000 / groups / weeks
        return Cost(
            groups=groups,
            process_ms=round(spent[0] * each, 2),
            redis_ms=round(spent[1] * each, 2),
            store_bytes=round((await _bytes(stage) - empty) / groups),
            figures=await figures(play, weeks),
        )


def broken(found: Sequence[Cost]) -> list[str]:
    return [fault for one in found for fault in one.figures.broken]


def table(found: Sequence[Cost], weeks: int) -> str:
    return "\n".join(_lines(found, weeks)) + "\n"


def as_json(found: Sequence[Cost]) -> str:
    return json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False) + "\n"


def _lines(found: Sequence[Cost], weeks: int) -> Iterator[str]:
    yield f"Plain groups of nine, {weeks} weeks"
    yield ""
    yield f"{'groups':>8}{'ms a group-week':>18}{'of Redis':>10}{'bytes a group':>16}{'unasked':>9}{'answered':>10}"
    for one in found:
        share = one.figures.answered / max(1, one.figures.check_ins)
        yield (
            f"{one.groups:>8}{one.process_ms:>18.1f}{one.redis_ms:>10.1f}{one.store_bytes:>16,}"
            f"{one.figures.unasked.mean:>9.2f}{share:>10.0%}"
        )
    faults = broken(found)
    yield from ([""] if faults else [])
    yield from (f"Broken. {fault}" for fault in faults)


async def _bytes(stage: Stage) -> int:
    return int((await stage.store.connection.client.info("memory"))["used_memory"])


async def _redis_seconds(stage: Stage) -> float:
    found = await stage.store.connection.client.info("cpu")
    return float(found["used_cpu_user"]) + float(found["used_cpu_sys"])
