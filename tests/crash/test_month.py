"""Nothing lost, nothing twice: a month of `kill -9`, at any point, of bot, Redis or both, any number of times."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.domain.outbox import Status
from tests.crash import month
from tests.crash.conftest import a_world
from tests.crash.killer import Month, Toll, World

SHORT = 120
"""Kills where nobody said how many: in each of the three parts of an ordinary run."""

A_MONTH = 250
"""Kills at most: of more, nearly all would fall in its first days."""

MYSELF = "tests/crash/test_month.py"
BY_SEED = "test_a_month_of_kills_loses_nothing_and_sends_nothing_twice[{}]"
BY_THE_WALL = "test_kills_at_moments_that_only_the_wall_knows_lose_and_double_nothing"


async def a_month(folder: Path, seed: int, kills: int, *, by_the_wall: bool = False) -> Toll:
    async with a_world(folder, seed) as world:
        world.slack.unwell = 0.05 if kills else 0.0
        toll = await Month(world, seed, kills, by_the_wall=by_the_wall).live()
        counts = await world.store.delivery.counts()
    again = f"{MYSELF}::{BY_THE_WALL if by_the_wall else BY_SEED.format(1)}"
    said = (
        f"{toll}\nplays it again: CRASH_SEED={seed} CRASH_KILLS={3 * kills} .venv/bin/python -m pytest -s '{again}'"
    )
    print(said)  # noqa: T201
    assert (toll.lost, toll.double, toll.stray) == ([], [], []), said
    ended = {status: counts[status] for status in (Status.PENDING, Status.UNKNOWN, Status.FAILED, "dead")}
    assert not any(ended.values()), f"{ended}; {said}"
    return toll


async def months(folder: Path, seed: int, wanted: int, *, by_the_wall: bool = False) -> None:
    """As many as it takes. The first has the very seed, so that a month that failed is played again by its own."""
    left = -(-(wanted or 3 * SHORT) // 3)
    for number in count():
        toll = await a_month(folder / str(number), seed + number, min(left, A_MONTH), by_the_wall=by_the_wall)
        left -= toll.kills
        if left <= 0:
            return


async def test_a_month_in_peace_is_as_the_domain_alone_says(world: World) -> None:
    toll = await Month(world, 0, 0).live()
    assert (toll.lost, toll.double, toll.stray) == ([], [], [])


@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", [1, 2])
async def test_a_month_of_kills_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path, seed: int, wanted: int, part: int
) -> None:
    """At calls of the bot's own to Redis and Slack."""
    await months(tmp_path, seed + 1000 * (part - 1), wanted)


@pytest.mark.timeout(0)
async def test_kills_at_moments_that_only_the_wall_knows_lose_and_double_nothing(
    tmp_path: Path, seed: int, wanted: int
) -> None:
    """With many calls under way at once, and a Redis that stays away for a while. Its seed leads to much the same,
    not to the very same."""
    await months(tmp_path, seed + 2000, wanted, by_the_wall=True)


@pytest.mark.timeout(0)
async def test_the_same_seed_plays_the_same_month_again(tmp_path: Path, seed: int) -> None:
    """Each blow at the same call of the same bot, and each message in the same order; for ten days of it."""
    stories = []
    for name in ("first", "again"):
        async with a_world(tmp_path / name, seed) as world:
            world.slack.unwell = 0.05
            toll = await Month(world, seed, 100).live(month.BEGIN + timedelta(days=10))
            stories.append((toll.story, [(one.id, one.at) for one in world.slack.posted]))
    assert len(stories[0][0]) > 10
    assert len(stories[0][1]) > 10
    assert stories[0] == stories[1], f"CRASH_SEED={seed}"
