"""Slack's limits kept before they bite, in each workspace and channel, whoever sends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby, permutations

import pytest

from bot.domain.outbox import Kind
from bot.storage import RedisStore
from bot.store import keys
from scheduler.outbox.entries import partition_of
from scheduler.outbox.pace import Pace
from tests.clock import Clock
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot, entry
from tests.scheduler.postroom import bot as a_bot

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PACE = Pace(every=SECOND, burst=3, gap=timedelta(0))


class Server:
    """The server's clock, which the bot's has nothing to do with."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def server() -> Server:
    return Server()


def at_pace(store: RedisStore, slack: Loopback, clock: Clock, server: Server, pace: Pace = PACE) -> Bot:
    return a_bot(store, slack, clock, pace=pace, server=server)


def panels(count: int, clock: Clock, team: str = "T1", group: str = "g") -> list[object]:
    return [
        entry(Kind.PANEL, f"panel:{team}:{n:03}", clock.now(), team_id=team, group_id=f"{group}{n}")
        for n in range(count)
    ]


async def claimed(bot: Bot, server: Server, ms: int = 0) -> list[str]:
    """What may go `ms` later; it is not carried any further."""
    server.ms += ms
    return [one.entry.team_id for partition in range(8) for one in await bot.take(partition)]


async def test_a_workspace_gets_a_few_at_once_and_then_one_each_second(
    store: RedisStore, slack: Loopback, clock: Clock, server: Server
) -> None:
    bot = at_pace(store, slack, clock, server)
    await bot.store.outbox.add(panels(9, clock))  # type: ignore[arg-type]
    counts = [len(await claimed(bot, server, ms)) for ms in (0, 500, 500, 1000, 2000, 100)]
    assert counts == [3, 0, 1, 1, 2, 0]


async def test_two_bots_share_one_pace(store: RedisStore, slack: Loopback, clock: Clock, server: Server) -> None:
    bots = [at_pace(store, slack, clock, server) for _ in range(2)]
    await bots[0].store.outbox.add(panels(9, clock))  # type: ignore[arg-type]
    assert [len(await claimed(bot, server)) for bot in bots] == [3, 0]
    assert [len(await claimed(bot, server, 1000)) for bot in bots] == [1, 1]


async def test_workspaces_take_turns_so_that_a_large_one_delays_no_other(
    store: RedisStore, slack: Loopback, clock: Clock, server: Server
) -> None:
    """Ten at a time, those of a group side by side, so that what they have in common is read once for them."""
    assert {partition_of(team) for team in ("T1", "T16", "T21")} == {5}
    bot = at_pace(store, slack, clock, server, Pace(every=timedelta(0), burst=1, gap=timedelta(0)))
    many, few = panels(300, clock, "T1"), [*panels(3, clock, "T16"), *panels(3, clock, "T21")]
    await bot.store.outbox.add([*many, *few])  # type: ignore[list-item]
    teams = [one.entry.team_id for one in await bot.take(5)]
    assert (teams.count("T1"), teams.count("T16"), teams.count("T21")) == (94, 3, 3)
    assert [team for team, _ in groupby(teams)][:3] in ([*order] for order in permutations(("T1", "T16", "T21")))
    assert all(len(list(side_by_side)) <= 10 for _, side_by_side in groupby(teams[:16]))


async def test_what_an_earlier_between_queued_goes_at_the_same_pace(
    store: RedisStore, slack: Loopback, clock: Clock, server: Server
) -> None:
    """Its queues name the workspace, the moment and, at the end, the id: not who it is for. And it finds ours."""
    bot = at_pace(store, slack, clock, server, Pace(every=timedelta(0), burst=1, gap=SECOND))
    many = [entry(Kind.WELCOME, f"welcome:{n}", clock.now(), person_id=f"p{n}") for n in range(3)]
    same = [entry(Kind.WELCOME, f"again:{n}", clock.now(), person_id="p0") for n in range(2)]
    await bot.store.outbox.add([*many, *same])
    await bot.store.delivery.claim(5, clock.now(), limit=0)  # what is due is in the queue, and stays there
    ready = keys.outbox(5, "ready")
    for member in await bot.store.connection.ask(ready, "ZRANGE", ready, 0, -1):
        team, due, *_, id_ = member.split(b"|")
        await bot.store.connection.ask(ready, "ZREM", ready, member)
        await bot.store.connection.ask(ready, "ZADD", ready, 0, b"|".join((team, due, id_)))
    assert [len(await bot.take(5)) for server.ms in range(server.ms, server.ms + 4000, 1000)] == [3, 1, 1, 0]


async def test_one_person_or_channel_gets_one_a_second(
    store: RedisStore, slack: Loopback, clock: Clock, server: Server
) -> None:
    bot = at_pace(store, slack, clock, server, Pace(every=timedelta(0), burst=1, gap=SECOND))
    same = [entry(Kind.PANEL, f"panel:{n}", clock.now()) for n in range(3)]
    sam = [entry(Kind.WELCOME, f"welcome:{n}", clock.now(), person_id="sam") for n in range(2)]
    await bot.store.outbox.add([*same, *sam])
    counts = [len(await claimed(bot, server, ms)) for ms in (0, 900, 100, 1000, 1000)]
    assert counts == [2, 0, 2, 1, 0]


async def test_the_servers_clock_going_back_makes_nobody_wait(
    store: RedisStore, slack: Loopback, clock: Clock, server: Server
) -> None:
    """Neither those that pace holds back nor what a dead bot held."""
    bot = at_pace(store, slack, clock, server)
    await bot.store.outbox.add(panels(4, clock))  # type: ignore[arg-type]
    assert len(await claimed(bot, server)) == 3
    assert len(await claimed(bot, server, -600_000)) == 0
    assert len(await claimed(bot, server, 1000)) == 1
    assert len(await claimed(bot, server, 12_000)) == 3


async def test_the_bots_clock_going_back_loses_and_repeats_nothing(store: RedisStore, slack: Loopback) -> None:
    clock = Clock(NINE + timedelta(minutes=10))
    bot = a_bot(store, slack, clock)
    both = [entry(Kind.PANEL, "panel:nine", NINE), entry(Kind.PANEL, "panel:ten past", clock.now())]
    await bot.store.outbox.add([both[0]])
    await bot.tick()
    back = a_bot(store, slack, Clock(NINE))
    await back.store.outbox.add(both)
    await back.tick()
    assert slack.texts == ["panel:nine"]
    await back.after(timedelta(minutes=10))
    assert slack.texts == ["panel:nine", "panel:ten past"]
