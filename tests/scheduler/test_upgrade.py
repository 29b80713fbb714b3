"""A store that the version 052387a left in mid-round, messages in its queue, is sent by this one as it would have.

`store_of_052387a.json` was written by that version itself, every key as it lay in Redis, bytes as Latin-1: Young
carers on Monday 30 November at 08:01, while Slack wanted no calls. In the queue are a nudge, the announcement of a
meeting that moved, and the first DM of Amir, who has just joined; Jo has pressed *Later today* before her nudge.
`sent` is what that version went on to send by 19 December: when, where, and which message. Kinds that it
had not are not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.outbox import Kind
from bot.storage import RedisStore
from tests.clock import Clock
from tests.kinds import OF_052387A, noting
from tests.scheduler.fortnight import live
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import bot as a_bot

LEFT = json.loads(Path(__file__).with_name("store_of_052387a.json").read_text("utf-8"))
END = datetime(2026, 12, 19, tzinfo=UTC)


async def restored(store: RedisStore) -> None:
    for key, one in LEFT["store"].items():
        await _put(store.connection.client, key, one["type"], one["value"])


def _put(client: Any, key: str, kind: str, value: Any) -> Awaitable[object]:
    match kind:
        case "hash":
            return client.hset(key, mapping={raw(field): raw(text) for field, text in value.items()})
        case "zset":
            return client.zadd(key, {raw(member): score for member, score in value.items()})
        case "set":
            return client.sadd(key, *map(raw, value))
        case _:
            return client.set(key, raw(value))


def raw(text: str) -> bytes:
    return text.encode("latin-1")


@pytest.mark.slow
async def test_this_version_sends_exactly_what_that_one_would_have(store: RedisStore) -> None:
    await restored(store)
    clock = Clock(datetime.fromisoformat(LEFT["at"]))
    bot = a_bot(store, Loopback(clock.now), clock)
    went: dict[str, Kind] = {}
    bot.kinds = noting(went)
    await live(bot, END)
    then = [one for one in bot.slack.posted if went[one.ref.ts] in OF_052387A]
    sent = [[one.at.isoformat(), one.place.channel, one.delivery_id] for one in then]
    assert sorted(sent) == sorted(LEFT["sent"])
