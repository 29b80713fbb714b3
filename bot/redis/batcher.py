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

    The sequence: the first caller leads. It waits `max_delay` seconds for others, takes all who wait by then, calls
    `run` once, and tells each their answer. Who comes meanwhile waits; when the leader is done, the one who has
    waited longest leads next. At most `at_once` lead at a time, and only one of them gathers.

    An answer that is an exception is raised to whoever asked. What befalls `run` itself befalls all, who can't know
    then whether theirs was done. A leader that is cancelled tells the others StoreDown, and hands the lead on; a
    caller that is cancelled while it waits is left out, or, where it was just told to lead, hands that on too.
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
        # While somebody gathers, we may still come along with them: a packet less.
        if self._free and not self._gathering:
            self._free -= 1  # no await since the check: nobody else can take it
        elif not isinstance(answer := await self._told(item), _Lead):
            return answer
        others: list[tuple[Item, asyncio.Future[Answer | _Lead]]] = []
        # Said to the others where we are cancelled: what was sent for them may have been done, as with a lost
        # answer.
        fault: Exception = StoreDown("Whoever was asking Redis for all was stopped.")
        try:
            self._gathering = True
            try:
                # Also where it is 0: one turn of the loop, in which all who were woken together come along.
                await asyncio.sleep(self._max_delay)
            finally:
                self._gathering = False
            # Not before: where we are cancelled while we gather, they are still in the queue, for the next to lead.
            # A caller that was cancelled while it waited has a future that is done.
            others = [(its, told) for its, told in self._waiting if not told.done()]
            self._waiting.clear()
            own, *answers = await self._run([item, *(its for its, _ in others)])
            for (_, told), answer in zip(others, answers, strict=True):
                _tell(told, answer)
        except Exception as error:
            fault = error
            raise
        finally:
            for _, told in others:
                _tell(told, fault)  # does nothing to those who have their answer
            # In any case, a cancellation too: one lead was taken at the beginning, and it goes on or becomes free.
            self._hand_over(_Lead())
        if isinstance(own, Exception):
            raise own
        return own

    async def _told(self, item: Item) -> Answer | _Lead:
        """Our answer, or that we lead next."""
        told: asyncio.Future[Answer | _Lead] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, told))
        try:
            return await told
        except asyncio.CancelledError:
            if told.done() and not told.cancelled() and not told.exception():
                # Told and cancelled in one turn of the loop: the future has its result, and we never see it. Where
                # that was the lead, nobody else has it, and all who wait would wait for ever.
                self._hand_over(told.result())
            raise

    def _hand_over(self, lead: Answer | _Lead) -> None:
        """Somebody who waits leads next; or nobody. Also for one who was told to lead, and stopped before."""
        if not isinstance(lead, _Lead):
            return
        while self._waiting:
            # Whoever has waited longest. It leads with its own item, so it leaves the queue as it is told.
            _, told = self._waiting.popleft()
            if not told.done():
                told.set_result(lead)
                return
        self._free += 1  # nobody waits: the next caller leads by itself


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
