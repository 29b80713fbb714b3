"""How long `/plate`, a click and a submission take, beside a bare Bolt app: `python -m benchmarks.answering`.

Both servers take signed requests on loopback, each in a process of its own, 200 a second in turn, sent on time
whether or not earlier ones were answered. The bare app makes the same calls to the same loopback Slack
(`views.open` for a command and a click, nothing for a submission) with a view that is always the same, and keeps
nothing. Between reads the group's facts, draws the form, and has an answer on disk before it acknowledges.

After that each kind alone, for the processor time that a server spends on an answer: it does not depend on how full
the machine is, as the milliseconds until the answer do. Prints JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import aiohttp
from msgspec.structs import replace
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.fan_out import LEADERS, NINE, put_group
from benchmarks.master_keys import LINE, MASTERS
from benchmarks.report import medians, ratios, told
from benchmarks.server import a_server
from benchmarks.slack import a_slack
from bot.app import freeze_startup_objects, started
from bot.domain.groups import Place
from bot.domain.people import SlackIdentity
from bot.domain.rounds import round_due
from bot.master_keys import MasterKeys
from bot.settings import NOTHING, Settings
from bot.slack.http import listening
from bot.slack.messenger import new_session
from bot.storage import RedisStore
from bot.views.action_payload import ActionPayload, write
from bot.views.plate import FORM

GROUPS = 10
SECRET, PATH = "a-benchmarks-own-secret", "/slack/events"
ROUND = "2026-W49"
KINDS = ("command", "click", "submission")
ALONE_RATE, ALONE_SECONDS = 80, 5
"""Requests a second, and for how long, where one kind is measured alone: far from what either server can carry."""
Json = dict[str, Any]


# -- the two servers ---------------------------------------------------------------------


def serve(which: str, slack: str, redis: str, pipe: Connection) -> None:
    sys.stdout = sys.stderr  # the log; only the figures are to stand on the parent's output
    asyncio.run(_bare(slack, pipe) if which == "bare" else _between(slack, redis, pipe, clear=which == "clear"))


async def _between(slack: str, redis: str, pipe: Connection, *, clear: bool) -> None:
    """`clear`: nothing is encrypted, as it never is for anybody."""
    given = {"slack_bot_token": "xoxb-bench", "slack_signing_secret": SECRET, "slack_api_url": slack}
    settings = Settings(**given, redis_url=redis, between_keys=LINE, http_port=0)  # type: ignore[arg-type]
    if clear:
        settings = settings.model_copy(update={"between_keys": NOTHING})
    async with started(settings, clock=lambda: NINE, beating=False) as app:
        freeze_startup_objects()
        pipe.send(app.port)
        await asyncio.to_thread(pipe.recv)


async def _bare(slack: str, pipe: Connection) -> None:
    async with new_session() as session:
        client = AsyncWebClient("xoxb-bench", base_url=slack, session=session, retry_handlers=[])
        app = AsyncApp(
            client=client, authorize=_anybody, signing_secret=SECRET, process_before_response=True, name="bare"
        )
        shown = {"type": "modal", "title": {"type": "plain_text", "text": "Plate"}, "blocks": []}

        async def opened(ack: AsyncAck, body: Json) -> None:
            await client.views_open(trigger_id=body["trigger_id"], view=shown)
            await ack()

        async def taken(ack: AsyncAck) -> None:
            await ack()

        app.command("/plate")(opened)
        app.action("checkin_answer")(opened)
        app.view(FORM)(taken)

        async def well() -> Json:
            return {"ok": True}

        async with listening("127.0.0.1", 0, well, slack=app, path=PATH, signing_secret=SECRET) as port:
            pipe.send(port)
            await asyncio.to_thread(pipe.recv)


async def _anybody() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id="T0", bot_id="B0", bot_user_id="U0BOT", bot_token="xoxb-bench", user_id=None
    )


class Server(NamedTuple):
    url: str
    pid: int

    def spent_ms(self) -> float:
        """Processor time of the process so far, in user and system mode, in hundredths of a second."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def a_process(which: str, slack: str, redis: str) -> Iterator[Server]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=serve, args=(which, slack, redis, theirs), daemon=True)
    child.start()
    try:
        url = f"http://127.0.0.1:{ours.recv()}{PATH}"
        assert child.pid is not None
        yield Server(url, child.pid)
    finally:
        ours.send("stop")
        child.join(15)


# -- what Slack sends --------------------------------------------------------------------


async def put_facts(redis: str, masters: MasterKeys | None = MASTERS) -> None:
    """Groups of the workspace T0, with a round that is open."""
    store = RedisStore.at(redis, masters=masters)
    await store.warnings_at_start()  # marks the layout, while nothing is there that another could have written
    for number in range(GROUPS):
        await put_group(store, number)
        group = await store.groups.get(f"g{number}")
        assert group is not None
        group = replace(group, place=Place(team_id="T0", channel=f"C{number}"))
        await store.groups.change(group.id, lambda _, group=group: group)  # type: ignore[misc]
        await store.index.put_group(group.place, group.id)
        due = round_due(group, None, NINE)
        await store.rounds.change(group.id, ROUND, lambda _, due=due: due)  # type: ignore[misc]
        for n in range(LEADERS):
            id_ = f"g{number}p{n}"
            await store.index.put_person(SlackIdentity(team_id="T0", user_id=f"U-{id_}"), id_)
            await store.index.join(id_, group.id, NINE - timedelta(days=100))
    await store.close()


def payload(kind: str, number: int) -> str:
    group, leader = number % GROUPS, number // GROUPS % LEADERS
    person = f"g{group}p{leader}"
    aimed = write(ActionPayload(group=f"g{group}", round=ROUND, person=person))
    who = {"id": f"U-{person}", "team_id": "T0"}
    sent: Json = {"user": who, "team": {"id": "T0"}, "trigger_id": f"1.{number}"}
    if kind == "command":
        flat = {"team_id": "T0", "user_id": who["id"], "channel_id": f"C{group}", "trigger_id": f"1.{number}"}
        return urlencode(flat | {"command": "/plate", "text": "", "response_url": "http://127.0.0.1:9/no"})
    if kind == "click":
        action = {"type": "button", "action_id": "checkin_answer", "block_id": "b", "value": aimed}
        container = {"type": "message", "channel_id": f"D-{person}", "message_ts": "1.0"}
        sent |= {"type": "block_actions", "actions": [action], "container": container}
    else:
        view = {
            "type": "modal",
            "callback_id": FORM,
            "id": "V0",
            "private_metadata": aimed,
            "state": _typed(number),
        }
        sent |= {"type": "view_submission", "view": view}
    return urlencode({"payload": json.dumps(sent)})


def _typed(number: int) -> Json:
    lanes = {
        lane: {lane: {"type": "plain_text_input", "value": f"Words {number}"}} for lane in ("organisation", "me")
    }
    return {"values": lanes}


# -- the caller --------------------------------------------------------------------------


async def one_run(
    url: str, rate: int, seconds: int, first: int, kinds: Sequence[str] = KINDS
) -> dict[str, list[float]]:
    """Milliseconds each answer took, by kind."""
    signer = SignatureVerifier(SECRET)
    spent: dict[str, list[float]] = defaultdict(list)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def ask(number: int) -> None:
            kind = kinds[number % len(kinds)]
            body, now = payload(kind, number), str(int(time.time()))
            signature = signer.generate_signature(timestamp=now, body=body) or ""
            headers = {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": signature}
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            began = time.perf_counter()
            async with session.post(url, data=body, headers=headers) as response:
                said = await response.text()
            spent[kind].append((time.perf_counter() - began) * 1000)
            if response.status != 200 or "rrors" in said or "wrong" in said:
                raise SystemExit(f"{kind} was answered {response.status}: {said[:300]}")

        async with asyncio.TaskGroup() as asked:
            began = time.perf_counter()
            for n in range(rate * seconds):
                await asyncio.sleep(max(0.0, began + n / rate - time.perf_counter()))
                asked.create_task(ask(first + n))
    return spent


def summary(spent: list[float]) -> dict[str, float]:
    return {"p50": statistics.median(spent), "p99": statistics.quantiles(spent, n=100)[98]}


async def measured(servers: dict[str, Server], args: argparse.Namespace) -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for run in range(args.runs + 1):
        for name, server in servers.items():
            spent = await one_run(server.url, args.rate, args.seconds, run * args.rate * args.seconds)
            if run == 0:
                continue  # warming up
            for kind in (*KINDS, "all"):
                taken = spent[kind] if kind != "all" else [one for each in spent.values() for one in each]
                for figure, value in summary(taken).items():
                    found[f"{kind} {figure}"][name].append(round(value, 2))
    return found


async def processor_time(servers: dict[str, Server], runs: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of processor time an answer, by kind and server; each kind alone, in turn."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for run in range(runs):
        for kind in KINDS:
            for name, server in servers.items():
                before = server.spent_ms()
                await one_run(server.url, ALONE_RATE, ALONE_SECONDS, run * ALONE_RATE * ALONE_SECONDS, (kind,))
                spent = (server.spent_ms() - before) / (ALONE_RATE * ALONE_SECONDS)
                found[kind][name].append(round(spent, 3))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rate", type=int, default=200, help="requests a second")
    parser.add_argument("--seconds", type=int, default=5, help="of each run")
    args = parser.parse_args()
    with a_server() as redis, a_slack() as slack:
        asyncio.run(put_facts(redis))
        with a_process("between", slack.url, redis) as ours, a_process("bare", slack.url, redis) as bare:
            servers = {"between": ours, "bare": bare}
            found = asyncio.run(measured(servers, args))
            processor = asyncio.run(processor_time(servers, args.runs))
    told(
        "answering",
        unit="milliseconds until the answer, as the caller on loopback sees it",
        runs=args.runs,
        requests_a_second=args.rate,
        median={figure: medians(by_server, 2) for figure, by_server in found.items()},
        all=found,
        ratios={figure: ratios(found[figure]["between"], found[figure]["bare"]) for figure in found},
        processor_ms={kind: medians(by_server, 3) for kind, by_server in processor.items()},
        target="p99 at most twice the bare app's",
    )


if __name__ == "__main__":
    main()
