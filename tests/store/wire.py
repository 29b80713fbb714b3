"""A line to Redis that can break at the worst moment: when Redis has done it and the answer is on its way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path


class Wire:
    """Passes everything on between a bot and Redis, until told to lose the answers to a command."""

    def __init__(self, redis_path: str) -> None:
        self._redis_path = redis_path
        self._command = b""
        self._times = 0
        self.lost = 0
        self.when_lost: Callable[[], object] = lambda: None

    def lose_answer_to(self, command: bytes, times: int = 1) -> None:
        """The next `times` that `command` goes by, its answer is lost and the line breaks."""
        self._command, self._times = command, times

    async def carry(self, bot: asyncio.StreamReader, to_bot: asyncio.StreamWriter) -> None:
        redis, to_redis = await asyncio.open_unix_connection(self._redis_path)
        try:
            while asked := await bot.read(65536):
                to_redis.write(asked)
                answer = await redis.read(65536)
                if self._times and self._command in asked:
                    self._times -= 1
                    self.lost += 1
                    self.when_lost()
                    return
                to_bot.write(answer)
        finally:
            for writer in (to_redis, to_bot):
                writer.close()
                with suppress(ConnectionError):
                    await writer.wait_closed()


@asynccontextmanager
async def wire(redis_path: str, folder: Path) -> AsyncIterator[tuple[Wire, str]]:
    """The wire and the URL of its near end."""
    line = Wire(redis_path)
    near = folder / "wire.sock"
    server = await asyncio.start_unix_server(line.carry, near)
    try:
        yield line, f"unix://{near}"
    finally:
        server.close()
        await server.wait_closed()
