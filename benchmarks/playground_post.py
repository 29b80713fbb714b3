"""How many `chat.postMessage` a second the playground takes, beside a bare aiohttp echo of the same payload.

`python -m benchmarks.playground_post` prints JSON. The client is slack_sdk's AsyncWebClient on one aiohttp session
in this process; each server has a process of its own, so two cores are the fair machine. Every message differs in
its words, block ids and values, and every rule is on.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import platform
import statistics
import time
from multiprocessing.connection import Connection
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from playground.config import load
from playground.server import Playground

Json = dict[str, Any]
TOKEN, CHANNEL = "xoxb-playground-between", "C0CARERS"


def message(number: int) -> Json:
    """A small digest with two buttons; nothing in it is said twice."""
    words = f"*Message {number}*: " + "young carers come up in " * (1 + number % 7) + f"{number * 7919} ways."
    value = f"g7:2026-W48:{number}"
    return {
        "channel": CHANNEL,
        "text": f"Digest {number}",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": f"Between, number {number}"}},
            {
                "type": "section",
                "block_id": f"s{number}",
                "text": {"type": "mrkdwn", "text": words, "verbatim": True},
            },
            {
                "type": "actions",
                "elements": [_button("I can help", "help", value), _button("Not now", "later", value)],
            },
            {"type": "context", "elements": [{"type": "mrkdwn", "text": f"Seen by {number % 40} people"}]},
        ],
    }


def _button(text: str, action_id: str, value: str) -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id, "value": value}


# -- the two servers ---------------------------------------------------------------------


def serve(kind: str, pipe: Connection) -> None:
    asyncio.run(_playground(pipe) if kind == "playground" else _echo(pipe))


async def _playground(pipe: Connection) -> None:
    async with Playground(load()) as pg:
        install = next(iter(pg.world.app("Between").installs.values()))
        pg.world.channel(CHANNEL).members.append(install.bot_user_id)
        pipe.send(pg.api_url)
        await _answer_until_stop(pipe)


async def _answer_until_stop(pipe: Connection) -> None:
    """Say how much processor time this process has used, whenever asked."""
    while await asyncio.to_thread(pipe.recv) == "cpu":
        pipe.send(time.process_time())


async def _echo(pipe: Connection) -> None:
    async def echo(request: web.Request) -> web.Response:
        return web.json_response({"ok": True, **await request.json()})

    app = web.Application()
    app.router.add_post("/api/{method}", echo)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pipe.send(f"http://127.0.0.1:{runner.addresses[0][1]}/api/")
    await _answer_until_stop(pipe)
    await runner.cleanup()


# -- the client --------------------------------------------------------------------------


async def rate(url: str, posts: int, at_once: int, first: int) -> float:
    """Posts a second over one run, by `at_once` workers that share one session."""
    todo = iter(range(first, first + posts))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=at_once)) as session:
        client = AsyncWebClient(TOKEN, base_url=url, session=session)

        async def work() -> None:
            for number in todo:
                await client.chat_postMessage(**message(number))

        began = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(at_once)))
        return posts / (time.perf_counter() - began)


async def measure(urls: dict[str, str], args: argparse.Namespace) -> dict[str, list[float]]:
    """Turn by turn, so that whatever else the machine does falls on both."""
    for url in urls.values():
        await rate(url, min(300, args.posts), args.at_once, 0)
    rates: dict[str, list[float]] = {name: [] for name in urls}
    for run in range(args.runs):
        for name, url in urls.items():
            rates[name].append(await rate(url, args.posts, args.at_once, 1_000 + run * args.posts))
    return rates


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--posts", type=int, default=3_000, help="messages in each run")
    parser.add_argument("--at-once", type=int, default=16, help="calls under way at any time")
    args = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    pipes, urls, children = {}, {}, []
    for name in ("playground", "echo"):
        pipes[name], theirs = context.Pipe()
        children.append(context.Process(target=serve, args=(name, theirs), daemon=True))
        children[-1].start()
        urls[name] = pipes[name].recv()
    before = {name: used(pipe) for name, pipe in pipes.items()}
    rates = asyncio.run(measure(urls, args))
    posts = args.runs * args.posts + min(300, args.posts)
    cpu = {name: round((used(pipe) - before[name]) / posts * 1e6) for name, pipe in pipes.items()}
    for pipe in pipes.values():
        pipe.send("stop")
    for child in children:
        child.join(10)
    print(json.dumps(summary(rates, args) | {"server_cpu_microseconds_a_post": cpu}, indent=2))


def used(pipe: Connection) -> float:
    """Processor seconds a server has used; unlike the rates, this hardly depends on what else is running."""
    pipe.send("cpu")
    return float(pipe.recv())


def summary(rates: dict[str, list[float]], args: argparse.Namespace) -> Json:
    medians = {name: statistics.median(found) for name, found in rates.items()}
    return {
        "benchmark": "playground_post",
        "unit": "chat.postMessage a second",
        "runs": args.runs,
        "posts_a_run": args.posts,
        "at_once": args.at_once,
        "median": {name: round(value, 1) for name, value in medians.items()},
        "all": {name: [round(one, 1) for one in found] for name, found in rates.items()},
        "ratio_to_echo": round(medians["playground"] / medians["echo"], 3),
        "target": 1500,
        "met": medians["playground"] >= 1500,
        "python": platform.python_version(),
        "aiohttp": aiohttp.__version__,
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 2),
    }


if __name__ == "__main__":
    main()
