"""Check-ins due in the same minute, sent to a loopback Slack: `python -m benchmarks.fan_out`. Prints JSON.

Four ways in turn, each with as many posts under way at once, by slack_sdk on one aiohttp session:
`floor`: one claiming script, the post, one recording pipeline, and no promise kept (benchmarks/engines/floor.py);
`delivery`: Between's outbox with the same fixed words: due, claimed, marked, sent, marked as sent, finished;
`check-ins`: all of Between: rounds opened, planned, put in the outbox, each drawn from its group's facts, noted;
`with a matter`: the same, with an ask below each.

Twenty leaders a group, a thousand workspaces: `--groups 5000` is 100,000 leaders, five groups a workspace. Between
keeps its pace for each workspace (ten at once, then four a second): no more than 4,000 a second in the long run.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from msgspec.structs import replace
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.engines import floor
from benchmarks.engines.timed import Pulse
from benchmarks.master_keys import MASTERS
from benchmarks.report import medians, ratios, told
from benchmarks.server import a_server
from benchmarks.slack import Slack, a_slack
from bot.app import freeze_startup_objects, warm_up
from bot.domain.asks import Ask, Routed, Wave
from bot.domain.channel_days import Turn
from bot.domain.groups import Group, MessageRef, Place
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person, Reach, SlackIdentity
from bot.domain.rhythm import Recurrence, Rhythm
from bot.master_keys import MasterKeys
from bot.ports import Deps
from bot.slack.messenger import SlackMessenger, new_session
from bot.storage import RedisStore
from bot.usecases.groups import enlist
from bot.views import blocks
from scheduler.kinds import KINDS
from scheduler.outbox.messages import OutgoingMessage
from scheduler.tick import tick

NINE = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
"""Five days before they meet on Thursday 3 December, as working days go."""
LEADERS, WORKSPACES = 20, 1000
AT_ONCE = 64
"""Groups put in place at a time, before anything is measured."""

WORDS = blocks.message(
    "Morning Sam. We meet Thursday. Two minutes?",
    blocks.section("Morning Sam. We meet Thursday. Two minutes?"),
    blocks.row(*(blocks.button(text, text.lower(), "g7:2026-W49:sam") for text in ("Answer", "Later", "Skip"))),
    blocks.context("For Young carers. Who sees each answer is yours to choose, in the form."),
)


class Spent(NamedTuple):
    """Seconds of the sending alone: on the wall, and of this process's processor time."""

    to_local: float
    processor: float


Way = Callable[[RedisStore, Slack, int], Awaitable[Spent]]
"""Prepares so many groups and sends all that is due."""


async def spent(sending: Awaitable[None]) -> Spent:
    warm_up()
    freeze_startup_objects()  # as a bot has done that has started
    began, processor = time.perf_counter(), time.process_time()
    await sending
    return Spent(time.perf_counter() - began, time.process_time() - processor)


def team(group: int) -> str:
    return f"T{group % WORKSPACES}"


async def the_floor(store: RedisStore, slack: Slack, groups: int) -> Spent:
    redis = store.connection.client
    assert isinstance(redis, Redis)
    text, drawn = WORDS.text, list(WORDS.blocks)
    await floor.put(redis, [{"id": str(n), "channel": f"D{n}"} for n in range(groups * LEADERS)])
    async with new_session() as session:
        client = AsyncWebClient("xoxb-bench", base_url=slack.url, session=session)

        async def send(entry: dict[str, Any]) -> str:
            metadata = {"event_type": "between_delivery", "event_payload": {"id": entry["id"]}}
            answer = await client.chat_postMessage(
                channel=entry["channel"], text=text, blocks=drawn, metadata=metadata
            )
            return str(answer["ts"])

        return await spent(floor.work_off(redis, send))


class Fixed:
    KIND = Kind.PANEL
    IN_HOURS, COUNTED, TURN = False, None, Turn.BESIDE

    async def compose(self, entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage:
        return OutgoingMessage(WORDS, place=Place(team_id=entry.team_id, channel=f"D{entry.group_id}"))

    async def sent(self, entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None: ...


async def the_delivery(store: RedisStore, slack: Slack, groups: int) -> Spent:
    panel = Entry(
        name="", kind=Kind.PANEL, group_id="", team_id="", due_at=NINE, expires_at=NINE + timedelta(days=1)
    )
    every = [(n, f"g{n}x{k}") for n in range(groups) for k in range(LEADERS)]
    await store.outbox.add(
        [replace(panel, name=f"panel:{id_}:2026-W49", group_id=id_, team_id=team(n)) for n, id_ in every]
    )
    return await _ticked(store, slack, {Kind.PANEL: Fixed()})


async def the_check_ins(store: RedisStore, slack: Slack, groups: int, *, matters: bool = False) -> Spent:
    few = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with few:
            await put_group(store, number)
            if matters:
                await put_ask(store, f"g{number}")

    await asyncio.gather(*map(one, range(groups)))
    return await _ticked(store, slack, KINDS)


async def the_check_ins_with_a_matter(store: RedisStore, slack: Slack, groups: int) -> Spent:
    return await the_check_ins(store, slack, groups, matters=True)


async def put_ask(store: RedisStore, group_id: str) -> None:
    """Of the first leader's, and put to all: to more at once than a real one, so that each check-in carries it."""
    routed = tuple(Routed(to=f"{group_id}p{n}") for n in range(LEADERS))
    at = NINE - timedelta(days=2)
    ask = Ask(id="a1", by=f"{group_id}p0", what="A van on Thursdays.", at=at, waves=(Wave(at=at, routed=routed),))
    await store.asks.change(group_id, "a1", lambda _: ask)


async def put_group(store: RedisStore, number: int) -> None:
    id_ = f"g{number}"
    meeting = Recurrence(every="weeks", interval=2, weekday=3, at="14:00", anchor=date(2026, 11, 5))
    group = Group(
        id=id_,
        name="Young carers",
        place=Place(team_id=team(number), channel=f"C{number}"),
        zone="Europe/London",
        nation="GB",
        rhythm=Rhythm(meeting=meeting),
        set_up_by=f"{id_}p0",
        set_up_at=NINE - timedelta(days=300),
        convenor=None,
        panel_at=NINE - timedelta(days=300),
        members_due_at=NINE + timedelta(days=1),
    )
    await store.groups.change(id_, lambda _: group)
    for n in range(LEADERS):
        await put_leader(store, id_, n, team(number))
    await enlist(store, id_)  # as any that was looked at before
    await store.due.look_at(id_, NINE)


async def put_leader(store: RedisStore, group_id: str, number: int, team_id: str) -> None:
    id_ = f"{group_id}p{number}"
    joined_at = NINE - timedelta(days=200)
    organisation = f"Organisation {number % 6}"
    leader = Leader(person_id=id_, organisation=organisation, joined_at=joined_at, welcomed_at=joined_at)
    await store.people.change(id_, lambda _: _person(id_, team_id))
    await store.leaders.change(group_id, id_, lambda _: leader)


def _person(id_: str, team_id: str) -> Person:
    """Somebody whose DM was opened long ago, as it is in any round but the first."""
    return Person(
        id=id_,
        name="Sam Tester",
        zone="Europe/London",
        nation="GB",
        identities=(SlackIdentity(team_id=team_id, user_id=f"U-{id_}"),),
        reach=Reach(via_team=team_id, user_id=f"U-{id_}", dm_channel=f"D-{id_}"),
    )


async def _ticked(store: RedisStore, slack: Slack, kinds: Any) -> Spent:
    async with new_session() as session:

        async def token(_: str) -> str:
            return "xoxb-bench"

        messenger = SlackMessenger(session, token, slack.url)
        deps = Deps(store=store, messenger=messenger, now=lambda: NINE, new_id=lambda: "n1")
        return await spent(tick(deps, kinds))


WAYS: dict[str, Way] = {
    "floor": the_floor,
    "delivery": the_delivery,
    "check-ins": the_check_ins,
    "with a matter": the_check_ins_with_a_matter,
}


async def one_run(
    url: str, slack: Slack, way: Way, groups: int, masters: MasterKeys | None = MASTERS
) -> dict[str, float]:
    store = RedisStore.at(url, masters=masters)
    await store.connection.client.flushall()
    async with Pulse() as pulse:
        to_local, processor = await way(store, slack, groups)
    await store.close()
    posts, twice = slack.told()
    if posts != groups * LEADERS or twice:
        raise SystemExit(f"{posts} messages came, {twice} of them twice; {groups * LEADERS} were due.")
    return {
        "sent_a_second": posts / to_local,
        "processor_microseconds_a_message": processor / posts * 1e6,
        "loop_blocked_ms": pulse.longest * 1000,
    }


async def measured(args: argparse.Namespace) -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with a_server() as url, a_slack() as slack:
        for _ in range(args.runs):
            for name in args.ways:
                for figure, value in (await one_run(url, slack, WAYS[name], args.groups)).items():
                    found[figure][name].append(round(value, 1))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--groups", type=int, default=5000)
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS))
    args = parser.parse_args()
    found = asyncio.run(measured(args))
    rates = found["sent_a_second"]
    told(
        "fan_out",
        unit="messages a second by one process",
        runs=args.runs,
        messages=args.groups * LEADERS,
        workspaces=min(args.groups, WORKSPACES),
        at_once=floor.AT_ONCE,
        median={figure: medians(by_way) for figure, by_way in found.items()},
        all=found,
        ratios={
            f"{name} to floor": ratios(rates[name], rates["floor"]) for name in rates if name != "floor" in rates
        },
        target="0.8 of the floor; the loop blocked for at most 50 ms",
    )


if __name__ == "__main__":
    main()
