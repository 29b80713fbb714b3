"""Our Lua scripts: each changes keys of one slot in one step, and does no harm when run twice."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha1
from importlib.resources import files
from typing import Any, Generic, TypeVar

from redis.exceptions import NoScriptError

from bot.ports import StoreDown
from bot.store.connection import Connection

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Script:
    """One script of `bot/store/lua`, with whatever `before` gives it in common with others.

    What a `kept` one wrote is on a replica before it returns, where there are replicas.
    """

    def __init__(self, connection: Connection, name: str, before: str = "", *, kept: bool = False) -> None:
        self._send = connection.keep if kept else connection.ask
        self._text = before + lua(name)
        self._sha = sha1(self._text.encode(), usedforsecurity=False).hexdigest()

    async def __call__(self, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """A server that does not know the script has done nothing, and is told it in full."""
        try:
            return await self._send(keys[0], "EVALSHA", self._sha, len(keys), *keys, *args)
        except NoScriptError:
            return await self._send(keys[0], "EVAL", self._text, len(keys), *keys, *args)


def lua(name: str) -> str:
    return files("bot.store").joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")


class Together(Generic[Item, Answer]):
    """Calls that come while another is under way, made as one: many at once cost few round trips.

    The first caller leads. Who comes meanwhile waits, and one of them leads all who wait by then.
    """

    def __init__(self, run: Callable[[Sequence[Item]], Awaitable[Sequence[Answer]]]) -> None:
        self._run = run
        self._waiting: deque[tuple[Item, asyncio.Future[Answer | _Lead]]] = deque()
        self._led = False

    async def __call__(self, item: Item) -> Answer:
        if not self._led:
            self._led = True
            return await self._lead(item)
        told: asyncio.Future[Answer | _Lead] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, told))
        try:
            answer = await told
        except asyncio.CancelledError:
            if told.done() and not told.cancelled():  # told to lead, and stopped before it could
                self._hand_over()
            raise
        return await self._lead(item) if isinstance(answer, _Lead) else answer

    async def _lead(self, item: Item) -> Answer:
        others: list[tuple[Item, asyncio.Future[Answer | _Lead]]] = []
        fault: Exception = StoreDown("Whoever was asking Redis for all was stopped.")
        try:
            await asyncio.sleep(0)  # for those of the same turn
            others = [(its, told) for its, told in self._waiting if not told.done()]
            self._waiting.clear()
            own, *answers = await self._run([item, *(its for its, _ in others)])
            for (_, told), answer in zip(others, answers, strict=True):
                if not told.done():
                    told.set_result(answer)
            return own
        except Exception as error:
            fault = error
            raise
        finally:
            for _, told in others:
                if not told.done():
                    told.set_exception(fault)
            self._hand_over()

    def _hand_over(self) -> None:
        while self._waiting:
            _, told = self._waiting.popleft()
            if not told.done():
                told.set_result(_Lead())
                return
        self._led = False


class _Lead:
    """Said instead of an answer: your turn to ask for all."""
