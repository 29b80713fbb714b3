"""Questions to Redis, each asked once: the answer is remembered, and who asks the same meanwhile waits along."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.redis.connection import Connection

TURNS = 2
"""Of the loop that the first who asks waits for others: whoever gathers what others gather comes a turn later each
time, and a way to Redis is as long as many turns."""

Question = tuple[Any, ...]
"""A command that only reads, with its one key in second place."""


class _Batch:
    """What is asked for together. `waiting`: those who look for the answers when they have come, or fail to."""

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.waiting: list[asyncio.Future[None]] = []
        self.fault: Exception | None = None
        self.faults: dict[Question, Exception] = {}

    def blame(self, question: Question) -> None:
        """Raises what befell that question."""
        fault = self.fault or self.faults.get(question)
        if fault:
            raise fault


class Once:
    """Questions of a few turns of the loop go in one packet (to each server that is asked), those of a hash as one.

    The first who asks asks for all. Where Redis fails, all who were waiting are told, and it is not
    remembered; where the one who asks is stopped, one of those who wait asks in their place.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.answers: dict[Question, Any] = {}
        self._under_way: dict[Question, _Batch] = {}
        self._gathering: _Batch | None = None

    async def ask(self, questions: Sequence[Question]) -> list[Any]:
        """The answers, in their order. Raises the first fault."""
        answers = self.answers
        new = [question for question in questions if question not in answers and question not in self._under_way]
        for question in (*new[:1], *questions):  # before those are waited for that somebody else has asked for
            while question not in answers:
                batch = self._under_way.get(question)
                if batch:
                    await _over(batch)
                else:
                    batch = await self._join([q for q in questions if q not in answers])
                batch.blame(question)
        return [answers[question] for question in questions]

    async def _join(self, questions: list[Question]) -> _Batch:
        """All of them are under way when this returns, or over."""
        batch, leads = self._gathering, self._gathering is None
        if batch is None:
            batch = self._gathering = _Batch()
        for question in questions:
            if question not in self._under_way:
                self._under_way[question] = batch
                batch.questions.append(question)
        await (self._lead(batch) if leads else _over(batch))
        return batch

    async def _lead(self, batch: _Batch) -> None:
        try:
            for _ in range(TURNS):
                await asyncio.sleep(0)
            self._gathering = None
            await self._fetch(batch)
        except Exception as error:
            batch.fault = error
        finally:
            if self._gathering is batch:
                self._gathering = None
            for question in batch.questions:
                del self._under_way[question]
            for told in batch.waiting:
                if not told.done():
                    told.set_result(None)

    async def _fetch(self, batch: _Batch) -> None:
        grouped = _grouped(batch.questions)
        asked = [(command[1], command) for command in grouped]
        answers = await self._connection.ask_each(asked)
        for (command, questions), answer in zip(grouped.items(), answers, strict=True):
            if isinstance(answer, Exception):
                batch.faults.update(dict.fromkeys(questions, answer))
            elif command[0] == "HMGET":
                self.answers.update(zip(questions, answer, strict=True))
            else:
                self.answers[questions[0]] = answer


async def _over(batch: _Batch) -> None:
    told: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    batch.waiting.append(told)
    await told


def _grouped(questions: Sequence[Question]) -> dict[Question, list[Question]]:
    """By the command that asks for them: single fields of a hash are asked for together."""
    fields: dict[str, list[Question]] = {}
    grouped: dict[Question, list[Question]] = {}
    for question in questions:
        if question[0] == "HGET":
            fields.setdefault(question[1], []).append(question)
        else:
            grouped[question] = [question]
    for key, some in fields.items():
        command = some[0] if len(some) == 1 else ("HMGET", key, *(question[2] for question in some))
        grouped[command] = some
    return grouped
