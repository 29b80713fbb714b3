"""The bare floor, written as plainly as possible: one script that claims, one pipeline that records. It keeps no
promise: a kill loses what was claimed, and nothing is looked for or paced."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis

from benchmarks.engines.timed import Handled, main

AT_ONCE = 128
"""As many as Between has under way at once."""

CLAIM = """
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
if #ids == 0 then return {} end
redis.call('ZREM', KEYS[1], unpack(ids))
for _, id in ipairs(ids) do redis.call('ZADD', KEYS[2], ARGV[1], id) end
return redis.call('HMGET', KEYS[3], unpack(ids))
"""

Send = Callable[[dict[str, Any]], Awaitable[str]]
"""Sends one entry; gives its `ts`."""


async def put(redis: Redis, entries: list[dict[str, Any]]) -> None:
    for first in range(0, len(entries), 1000):
        pipe = redis.pipeline(transaction=False)
        for one in entries[first : first + 1000]:
            pipe.zadd("due", {one["id"]: 1})
            pipe.hset("what", one["id"], json.dumps(one))
        await pipe.execute()


async def work_off(redis: Redis, send: Send) -> None:
    claim = redis.register_script(CLAIM)

    async def one(raw: bytes) -> tuple[str, str]:
        entry = json.loads(raw)
        return entry["id"], await send(entry)

    while found := await claim(["due", "under_way", "what"], [1, AT_ONCE]):
        done = await asyncio.gather(*map(one, found))
        pipe = redis.pipeline(transaction=False)
        for id_, ts in done:
            pipe.xadd("sent", {"id": id_, "ts": ts})
            pipe.zrem("under_way", id_)
            pipe.hdel("what", id_)
        await pipe.execute()


async def prepare(url: str, tasks: int, handled: Handled) -> Callable[[], Awaitable[None]]:
    redis = Redis.from_url(url)
    await put(redis, [{"id": str(number), "channel": f"D{number}"} for number in range(tasks)])

    async def send(entry: dict[str, Any]) -> str:
        handled.one()
        return "1.0"

    async def work() -> None:
        await work_off(redis, send)
        await redis.aclose()

    return work


if __name__ == "__main__":
    main(prepare)
