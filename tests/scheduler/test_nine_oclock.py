"""Two hundred are asked at nine: spread so that Slack's limits are kept, by all bots together, and in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.outbox import Kind
from bot.ports import Method
from bot.storage import RedisStore
from bot.store.method_limiter import RATES
from scheduler.outbox.pace import Pace
from tests.clock import Clock
from tests.domain import young_carers
from tests.scheduler.fortnight import FRIDAY
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot, entry, pool_of
from tests.scheduler.postroom import bot as a_bot

pytestmark = pytest.mark.slow

SECOND = timedelta(seconds=1)
OPENED_A_MINUTE, POSTED_A_MINUTE = 50, 300


@dataclass
class Timed(Loopback):
    opened_at: list[datetime] = field(default_factory=list)

    async def open_dm(self, team_id: str, user_id: str) -> str:
        self.opened_at.append(self.now())
        return await super().open_dm(team_id, user_id)


def most_a_minute(moments: Iterable[datetime]) -> int:
    all_ = sorted(moments)
    return max(bisect_left(all_, one + timedelta(minutes=1)) - n for n, one in enumerate(all_))


async def seconds(bots: list[Bot], count: int) -> None:
    clock = bots[0].clock
    async with pool_of(bots[0]) as one, pool_of(bots[1]) as other:
        for _ in range(count):
            clock.move_by(SECOND)
            await one()
            await other()


async def test_two_hundred_are_asked_by_two_bots_within_slacks_limits_and_each_before_their_nudge(
    store: RedisStore,
) -> None:
    clock = Clock(FRIDAY)
    slack = Timed(clock.now)
    bots = [a_bot(store, slack, clock, pace=Pace()) for _ in range(2)]
    names = [f"p{number}" for number in range(200)]
    await store.groups.change("g7", lambda _: young_carers.group())
    for name in names:
        await store.people.change(name, lambda _, name=name: young_carers.person(name))
        await store.leaders.change("g7", name, lambda _, name=name: young_carers.leader(name))
    await store.due.look_at("g7", clock.now())
    await seconds(bots, 900)
    assert sorted(slack.texts) == sorted(f"checkin:g7:2026-W49:{name}" for name in names)
    assert most_a_minute(slack.opened_at) <= OPENED_A_MINUTE
    clock.move_to(datetime(2026, 11, 30, 7, 59, 55, tzinfo=UTC))
    await seconds(bots, 100)
    order = {text: number for number, text in enumerate(slack.texts)}
    assert len(order) == len(slack.texts) == 400
    assert all(order[f"checkin:g7:2026-W49:{n}"] < order[f"nudge:g7:2026-W49:{n}"] for n in names)
    assert most_a_minute(one.at for one in slack.posted) <= POSTED_A_MINUTE


async def test_a_workspace_slack_told_to_rest_is_left_alone_by_every_bot(
    store: RedisStore, slack: Loopback, clock: Clock
) -> None:
    bots = [a_bot(store, slack, clock) for _ in range(2)]
    slack.resting.add("T1")
    panels = [entry(Kind.PANEL, f"panel:{team}", clock.now(), team_id=team) for team in ("T1", "T2")]
    await store.outbox.add(panels)
    await bots[0].tick()
    slack.resting.clear()
    await store.outbox.add([entry(Kind.PANEL, "panel:T1:2", clock.now(), group_id="g8")])
    await bots[1].after(29 * SECOND)
    assert slack.texts == ["panel:T2"]
    await bots[1].after(SECOND)
    assert sorted(slack.texts) == ["panel:T1", "panel:T1:2", "panel:T2"]


async def test_a_methods_gate_is_one_for_all_bots_and_none_for_another_workspace(
    store: RedisStore, slack: Loopback, clock: Clock
) -> None:
    one, other = (a_bot(store, slack, clock).store.method_limiter for _ in range(2))
    every, burst = RATES[Method.OPEN]
    waits = [await (one, other)[number % 2].wait("T1", Method.OPEN) for number in range(burst)]
    assert waits == [timedelta(0)] * burst
    assert await other.wait("T1", Method.OPEN) == timedelta(milliseconds=every)
    assert await other.wait("T1", Method.PROFILE) == await other.wait("T2", Method.OPEN) == timedelta(0)
    clock.move_by(timedelta(milliseconds=every))
    assert await other.wait("T1", Method.OPEN) == timedelta(0)
    assert await one.wait("T1", Method.OPEN) > timedelta(0)
