"""Bad weather: Redis or Slack gone, a full disk, a stop while Slack hangs. After it, each message is there once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import utc_now
from tests.crash import month
from tests.crash.bots import BotProcess
from tests.crash.killer import World
from tests.crash.redisprocess import RedisProcess
from tests.crash.test_several import panel

NINE = datetime(2026, 11, 11, 9, 0, tzinfo=UTC)
"""The Wednesday when London's leaders are asked, before they meet on the Monday."""


@pytest.fixture
async def bot(world: World) -> AsyncIterator[BotProcess]:
    """Alive since the evening before."""
    await month.put_facts(world.store)
    one = BotProcess(world.life())
    await one.born()
    yield one
    await one.end()


async def lived(world: World, bot: BotProcess, until: datetime) -> list[str]:
    """From one due moment to the next; what the bot said each time."""
    said = []
    for _ in range(2000):
        word, at = await bot.tick("sweep")
        said.append(word)
        at = at if word == "done" else world.clock.now() + timedelta(seconds=15)
        if at is None or at >= until:
            break
        world.clock.move_to(max(at, world.clock.now()))
    world.clock.move_to(until)
    await bot.tick()
    return said


def to_london(world: World) -> list[str]:
    return sorted(one.channel for one in world.slack.posted if one.channel.startswith("D-U-g0") and one.at >= NINE)


EVERYBODY = [f"D-U-g0p{number}" for number in range(6)]


async def test_redis_is_gone_for_a_minute_at_nine(world: World, bot: BotProcess) -> None:
    await lived(world, bot, NINE - timedelta(seconds=15))
    world.redis.kill()
    said = []
    for _ in range(5):
        said.append((await bot.tick())[0])
        world.clock.move_by(timedelta(seconds=15))
    assert said == ["down"] * 5
    await world.redis.up()
    await lived(world, bot, NINE + timedelta(minutes=5))
    assert to_london(world) == EVERYBODY


async def test_slack_is_gone_for_an_hour_from_nine_on(world: World, bot: BotProcess) -> None:
    await lived(world, bot, NINE - timedelta(seconds=15))
    world.slack.down = True
    await lived(world, bot, NINE + timedelta(hours=1))
    assert to_london(world) == []
    world.slack.down = False
    await lived(world, bot, NINE + timedelta(hours=1, minutes=15))
    assert to_london(world) == EVERYBODY
    assert world.slack.twice == []


@pytest.mark.skipif(not RedisProcess.can_be_full(), reason="only Linux sets the limits of a running process")
async def test_the_disk_is_full_at_nine(world: World, bot: BotProcess) -> None:
    """A server that writes before it answers ends itself when it can't write, and again each time it is started;
    once there is room, nothing that it confirmed is missing."""
    await lived(world, bot, NINE - timedelta(seconds=15))
    world.redis.full()
    world.clock.move_to(NINE)
    for _ in range(3):
        assert (await bot.tick())[0] == "down"
        await world.redis.ended()
        await world.redis.up()
        world.clock.move_by(timedelta(seconds=15))
    assert to_london(world) == []
    assert world.redis.deaths >= 3
    world.redis.roomy()
    await lived(world, bot, NINE + timedelta(minutes=5))
    assert to_london(world) == EVERYBODY
    assert world.slack.twice == []


async def test_a_redis_that_refuses_every_write_takes_them_again(
    world: World, bot: BotProcess, tmp_path: Path
) -> None:
    """MISCONF: as one of somebody's own does that is told to make snapshots, and has no room for one."""
    await lived(world, bot, NINE - timedelta(seconds=15))
    client, away = world.store.connection.client, tmp_path / "away"
    away.mkdir()
    await client.config_set("dir", str(away))
    await client.config_set("save", "3600 1000000")
    away.rmdir()
    await client.bgsave()
    while (await client.info("persistence"))["rdb_last_bgsave_status"] != "err":  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    world.clock.move_to(NINE)
    assert [(await bot.tick())[0] for _ in range(3)] == ["down"] * 3
    assert to_london(world) == []
    await client.config_set("save", "")
    world.clock.move_by(timedelta(seconds=15))
    await lived(world, bot, NINE + timedelta(minutes=5))
    assert to_london(world) == EVERYBODY


async def test_it_stops_while_slack_hangs_and_the_next_goes_on(world: World) -> None:
    """Its own limits lifted, nothing ends that call but the stop."""
    world.slack.now = utc_now
    group = month.groups()[0]
    await world.store.groups.change(group.id, lambda _: group)
    world.slack.gate.clear()
    first = BotProcess(world.life(clock=None, patient=True))
    await first.born()
    await world.store.outbox.add([panel()])
    await world.slack.waiting.wait()
    first.say("stop")
    await first.gone()
    world.slack.gate.set()
    second = BotProcess(world.life(clock=None))
    await second.born()
    await world.slack.arrived.wait()
    await second.end()
    assert len(world.slack.posted) == 1


async def test_a_machine_that_slept_over_the_weekend_wakes_to_what_is_still_worth_it(
    world: World, bot: BotProcess
) -> None:
    """Frozen from Wednesday morning to Monday morning, for four groups in four zones."""
    asleep, awake = datetime(2026, 11, 11, 8, tzinfo=UTC), datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
    await lived(world, bot, asleep)
    before = len(world.slack.posted)
    bot.freeze()
    world.clock.move_to(awake)
    bot.thaw()
    await lived(world, bot, awake + timedelta(minutes=5))
    woke = world.slack.posted[before:]
    names = month.due(awake)
    assert len(names) - before >= 10
    assert not [one for one in woke if names.get((one.channel, one.id), "").startswith("nudge")]
    assert len(woke) <= 4
