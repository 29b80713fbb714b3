"""A Redis with an append-only file, in a process of its own, that is killed and comes back with what it had.

As the embedded one it writes before it answers (`appendfsync always`). With `everysec` a Redis that is killed while
its disk is slow may forget what it had confirmed, up to two seconds of it: then a message does go twice.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.embedded.binary import find, programs_here
from bot.embedded.unixsocket import ask


class RedisProcess:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "s"
        self._program = find(folder, programs_here()).path
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}"
        self.deaths = 0
        self.room: int | None = None
        self._starting = asyncio.Lock()

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """Returns once it is dead."""
        assert self._process
        self._process.kill()
        self._process.wait()

    async def ended(self) -> None:
        """Wait until it has ended by itself: its line breaks before it is gone."""
        if self._process:
            await asyncio.to_thread(self._process.wait)

    async def up(self) -> None:
        """Start it unless it runs; wait until it answers."""
        async with self._starting:
            if not self.alive:
                self.deaths += self._process is not None
                self._start()
            while ask(self._socket, b"PING") != b"+PONG":
                if not self.alive:
                    self._start()
                await asyncio.sleep(0.005)

    def back(self) -> None:
        """Start it again, and return when it answers: nothing else of the test moves meanwhile."""
        self.deaths += 1
        self._start()
        while ask(self._socket, b"PING") != b"+PONG":
            if not self.alive:
                self._start()
            time.sleep(0.005)

    def _start(self) -> None:
        self._socket.unlink(missing_ok=True)
        with (self._folder / "redis.log").open("ab") as log:
            command = [self._program, *self._options()]
            # The signal of a file grown too large stays ignored, as it is here: the write fails, as on a full disk.
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, restore_signals=False
            )
        self._limit()

    def full(self) -> None:
        """Its disk has no room for another byte, also when it is started again; until `roomy`."""
        assert self.can_be_full()
        self.room = max(file.stat().st_size for file in self._folder.rglob("*.aof"))
        self._limit()

    def roomy(self) -> None:
        self.room = None
        self._limit()

    @staticmethod
    def can_be_full() -> bool:
        return sys.platform == "linux"

    def _limit(self) -> None:
        """The largest file it may write: what stands for a full disk, without one and without being root."""
        if self.can_be_full() and self.alive:
            most = resource.RLIM_INFINITY if self.room is None else self.room
            _, hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (most, hard))

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Until the block ends, whoever kills it, it comes back at once."""
        keeper = asyncio.create_task(self._keep())  # noqa: TID251
        try:
            yield
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)

    async def _keep(self) -> None:
        while True:
            await self.up()
            await asyncio.sleep(0.01)

    def _options(self) -> list[str]:
        said = {"port": "0", "unixsocket": self._socket, "dir": self._folder, "save": ""}
        said |= {"appendonly": "yes", "appendfsync": "always"}
        return [str(word) for name, value in said.items() for word in (f"--{name}", value)]

    def end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
