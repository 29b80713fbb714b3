"""Bots as the test holds them: born by a fork of a warm process, spoken to over a pipe, killed."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import datetime
from multiprocessing.context import ForkServerContext
from typing import Any

from tests.crash import botprocess
from tests.crash.botprocess import Life

ANSWER_TIMEOUT_S = 120.0
"""Seconds after which a bot that says nothing is a failure of the test: nothing that is promised, so ample."""


class Died(Exception):
    """Its line broke. The argument is the point where it meant to, or nothing."""


def nursery() -> ForkServerContext:
    """Where bots come from: a process with everything imported, that does nothing but fork."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.warm"])
    return context


_ALIVE: set[BotProcess] = set()


async def end_all() -> None:
    """Nobody outlives the world they were born into. A frozen one hears nothing else, and would keep Python itself
    from ending."""
    await asyncio.gather(*(bot.end() for bot in list(_ALIVE)))


class BotProcess:
    """One process. Every call raises Died when it is no more. `at_point` hears where it stands, and may kill it."""

    def __init__(self, life: Life) -> None:
        context = nursery()
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=botprocess.main, args=(theirs, life), daemon=True)
        self._process.start()
        theirs.close()
        self.at_point: Callable[[str], None] = lambda _: None
        _ALIVE.add(self)

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    async def born(self) -> None:
        await self._heard()

    async def tick(self, word: str = "tick") -> tuple[str, datetime | None]:
        """`done` and when something is next due, or `down` where Redis was gone."""
        self.say(word)
        return await self._heard()

    def say(self, word: str) -> None:
        try:
            self._line.send(word)
        except OSError as error:
            raise Died from error

    async def _heard(self) -> Any:
        loop = asyncio.get_running_loop()
        try:
            while True:
                async with asyncio.timeout(ANSWER_TIMEOUT_S):
                    said = await loop.run_in_executor(None, self._line.recv)
                if said[0] != "at":
                    return said
                self.at_point(said[1])
                self.say("go on")
        except (EOFError, OSError) as error:
            raise Died from error

    def kill(self) -> None:
        self._process.kill()

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    async def gone(self) -> None:
        """Wait until the process has ended."""
        _ALIVE.discard(self)
        await asyncio.get_running_loop().run_in_executor(None, self._process.join)
        self._line.close()
        self._process.close()

    async def end(self) -> None:
        self.kill()
        await self.gone()
