"""What goes to Redis, looked at packet by packet."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.storage import RedisStore

WEEK = "2026-W48"
"""In which Sam and Jo have a plate."""


class Packets:
    """What went to Redis, packet by packet; `shut` keeps the next from going, `fault` fails it."""

    def __init__(self, store: RedisStore, patch: pytest.MonkeyPatch) -> None:
        self.sent: list[list[Any]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.fault: Exception | None = None
        self._line: Any = store.connection.line
        self._send = self._line._send
        patch.setattr(self._line, "_send", self._noted)
        patch.setattr(self._line.ask, "_run", self._noted)

    async def _noted(self, asked: Any) -> Any:
        self.sent.append([command for one in asked for command in one.commands])
        await self.open.wait()
        if self.fault:
            raise self.fault
        return await self._send(asked)
