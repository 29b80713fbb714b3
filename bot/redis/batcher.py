"""Many callers' questions asked as one: what many ask at once costs few round trips."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.ports import StoreDown

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Batcher(Generic[Item, Answer]):
    """Calls that come in one turn of the loop, or while as many as may be are under way, made as one by `run`.

    The first caller leads, and waits `linger` seconds for others. Who comes while it is under way waits, and one of
    them leads all who wait by then. An answer that is an exception is raised to whoever asked; what befalls `run`
    itself befalls all, who can't know then whether theirs was done.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Item]], Awaitable[Sequence[Answer]]],
        *,
        at_once: int = 1,
        max_delay: float = 0.0,
    ) -> None:
        self._run = run
        self._max_delay = max_delay
        self._free = at_once
        self._gathering = False
        self._waiting: deque[tuple[Item, asyncio.Future[Answer | _Lead]]] = deque()

    async def __call__(self, item: Item) -> Answer:
        if self._free and not self._gathering:
            self._free -= 1
            return await self._lead(item)
        told: asyncio.Future[Answer | _Lead] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, told))
        try:
            answer = await told
        except asyncio.CancelledError:
            if told.done() and not told.cancelled() and not told.exception():
                self._hand_over(told.result())
            raise
        return await self._lead(item) if isinstance(answer, _Lead) else answer

    async def _lead(self, item: Item) -> Answer:
        others: list[tuple[Item, asyncio.Future[Answer | _Lead]]] = []
        fault: Exception = StoreDown("Whoever was asking Redis for all was stopped.")
        try:
            others = await self._gathered()
            own, *answers = await self._run([item, *(its for its, _ in others)])
            for (_, told), answer in zip(others, answers, strict=True):
                _tell(told, answer)
        except Exception as error:
            fault = error
            raise
        finally:
            for _, told in others:
                _tell(told, fault)
            self._hand_over(_Lead())
        if isinstance(own, Exception):
            raise own
        return own

    async def _gathered(self) -> list[tuple[Item, asyncio.Future[Answer | _Lead]]]:
        """Those of the same turn, or as long as we linger, and those who waited."""
        self._gathering = True
        try:
            await asyncio.sleep(self._max_delay)
        finally:
            self._gathering = False
        others = [(its, told) for its, told in self._waiting if not told.done()]
        self._waiting.clear()
        return others

    def _hand_over(self, lead: Answer | _Lead) -> None:
        """Somebody who waits leads next; or nobody. Also for one who was told to lead, and stopped before."""
        if not isinstance(lead, _Lead):
            return
        while self._waiting:
            _, told = self._waiting.popleft()
            if not told.done():
                told.set_result(lead)
                return
        self._free += 1


class _Lead:
    """Said instead of an answer: your turn to ask for all."""


def _tell(told: asyncio.Future[Answer | _Lead], answer: Answer | Exception) -> None:
    """Unless they were told before, or wait no more."""
    if told.done():
        return
    if isinstance(answer, Exception):
        told.set_exception(answer)
    else:
        told.set_result(answer)
