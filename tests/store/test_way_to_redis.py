"""How far a reader goes from a changed record to redis-py."""

from __future__ import annotations

import sys

import pytest
from msgspec.structs import replace
from redis.asyncio.connection import AbstractConnection

from bot.storage import RedisStore
from tests.store.leaders import SAM

MOST_FRAMES = 6


async def test_from_a_changed_record_to_redis_py_are_at_most_six_functions(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.people.change("sam", lambda _: SAM)  # her data key is made, once
    ways: list[list[str]] = []
    send = AbstractConnection.send_packed_command

    async def noted(self: AbstractConnection, *args: object, **named: object) -> None:
        frame, way = sys._getframe(1), []
        while frame.f_code is not test_from_a_changed_record_to_redis_py_are_at_most_six_functions.__code__:
            way.append(frame.f_code.co_qualname)
            assert frame.f_back
            frame = frame.f_back
        ways.append(way)
        await send(self, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(AbstractConnection, "send_packed_command", noted)
    await store.people.change("sam", lambda sam: sam and replace(sam, hour="10:00"))
    assert len(ways) == 2, "one packet reads, one writes"
    assert all(len(way) <= MOST_FRAMES for way in ways), ways
