"""Handlers are tested through the playground: a person acts, or a forger sends what no client of Slack's would."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.storage import RedisStore
from playground.traffic import Ack
from tests.promises.watch import refused, shown
from tests.stage import Stage, staged

Json = dict[str, Any]


@pytest.fixture
async def stage(redis_url: str, store: RedisStore) -> AsyncIterator[Stage]:
    """Sam's group with Jo in it; at the end nothing was drawn that Slack refuses or that mentions anybody."""
    async with staged(redis_url) as stage:
        await stage.gather("Jo")
        yield stage
        await stage.settle()
        assert refused(stage.pg.world) == []
        assert list(shown(stage))


async def forge(stage: Stage, payload: Json, kind: str = "interactive") -> Ack:
    """Sends the bot what Slack never would."""
    ack = await stage.pg.dispatcher.deliver(stage.person("Jo").app(), kind, payload)
    await stage.settle()
    return ack


def last_payload(stage: Stage, type_: str) -> Json:
    """A copy of the last thing of this type that was sent to the bot, to be tampered with."""
    found = [d.payload for d in stage.pg.world.traffic.deliveries if d.payload.get("type") == type_]
    return copy.deepcopy(found[-1])


def fill(stage: Stage, name: str, fields: Json) -> None:
    """Puts anything into the open form, past what Slack's client would let through."""
    view = stage.person(name).modal
    assert view is not None
    for field, value in fields.items():
        entry = view.values[field][field]
        entry[next(key for key in entry if key != "type")] = value
