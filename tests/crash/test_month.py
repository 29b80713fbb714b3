"""Nothing lost, nothing twice: a month of `kill -9`, at any point, of bot, Redis or both, any number of times."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from bot.domain.outbox import Status
from tests.crash.conftest import a_world
from tests.crash.killer import Month, Toll, World

SHORT = 120
"""Kills where nobody said how many: each of the three seeds of an ordinary run."""


async def a_month(folder: Path, seed: int, kills: int) -> Toll:
    async with a_world(folder, seed) as world:
        world.slack.unwell = 0.05 if kills else 0.0
        toll = await Month(world, seed, kills).live()
        counts = await world.store.delivery.counts()
    print(toll)  # noqa: T201
    said = f"CRASH_SEED={seed} plays this again"
    assert (toll.lost, toll.double, toll.stray) == ([], [], []), said
    ended = {status: counts[status] for status in (Status.PENDING, Status.UNKNOWN, Status.FAILED, "dead")}
    assert not any(ended.values()), f"{ended}; {said}"
    return toll


async def test_a_month_in_peace_is_as_the_domain_alone_says(world: World) -> None:
    toll = await Month(world, 0, 0).live()
    assert (toll.lost, toll.double, toll.stray) == ([], [], [])


@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", [1, 2, 3])
async def test_a_month_of_kills_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path, seed: int, wanted: int, part: int
) -> None:
    left = -(-(wanted or 3 * SHORT) // 3)
    for month in count():
        toll = await a_month(tmp_path / str(month), seed + 1000 * part + month, left)
        left -= toll.kills
        if left <= 0:
            return
