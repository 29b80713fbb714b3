"""Calls made together: each caller gets their own answer, whoever leads and whoever is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.ports import StoreDown
from bot.redis.batcher import Batcher


class Asked:
    """Doubles numbers, a batch at a time, when let; keeps how many came in each batch."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.open = asyncio.Event()
        self.fault: Exception | None = None

    async def __call__(self, numbers: Sequence[int]) -> Sequence[int]:
        self.batches.append(len(numbers))
        await self.open.wait()
        if self.fault:
            raise self.fault
        return [number * 2 for number in numbers]


@pytest.fixture
def asked() -> Asked:
    return Asked()


async def turns(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_those_who_come_while_one_is_under_way_go_together(asked: Asked) -> None:
    double = Batcher(asked)
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(double(1))
        await turns()
        others = [tasks.create_task(double(number)) for number in range(2, 12)]
        await turns()
        asked.open.set()
    assert asked.batches == [1, 10]
    assert [task.result() for task in [first, *others]] == [number * 2 for number in range(1, 12)]


async def test_those_of_one_turn_go_together_and_the_next_turn_waits_for_none(asked: Asked) -> None:
    double = Batcher(asked)
    asked.open.set()
    assert await asyncio.gather(*map(double, range(4))) == [0, 2, 4, 6]
    assert await double(4) == 8
    assert asked.batches == [4, 1]


async def test_two_may_be_under_way_and_who_comes_then_goes_with_the_next(asked: Asked) -> None:
    double = Batcher(asked, at_once=2)
    tasks = []
    for number in range(5):
        tasks.append(asyncio.get_running_loop().create_task(double(number)))
        await turns(2)
    assert asked.batches == [1, 1]
    asked.open.set()
    assert await asyncio.gather(*tasks) == [0, 2, 4, 6, 8]
    assert (asked.batches[:2], sum(asked.batches)) == ([1, 1], 5)
    assert await double(5) == 10


async def test_a_refusal_among_the_answers_is_heard_by_whoever_asked_and_by_nobody_else() -> None:
    async def refuse_odd(numbers: Sequence[int]) -> list[int | Exception]:
        return [ValueError(number) if number % 2 else number for number in numbers]

    told = await asyncio.gather(*map(Batcher(refuse_odd), range(4)), return_exceptions=True)
    assert [type(one) for one in told] == [int, ValueError, int, ValueError]


async def test_a_fault_is_told_to_all_it_concerns_and_the_next_are_asked_anew(asked: Asked) -> None:
    double = Batcher(asked)
    asked.fault = StoreDown("gone")
    asked.open.set()
    answers = await asyncio.gather(double(1), double(2), return_exceptions=True)
    assert [type(answer) for answer in answers] == [StoreDown, StoreDown]
    asked.fault = None
    assert await double(3) == 6


@pytest.mark.parametrize("stopped", range(5))
async def test_whoever_is_stopped_the_others_are_answered_or_told(asked: Asked, stopped: int) -> None:
    double = Batcher(asked)
    tasks = []
    for number in range(5):
        tasks.append(asyncio.get_running_loop().create_task(double(number)))
        await turns(2)
    tasks[stopped].cancel()
    await turns()
    asked.open.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(answers[stopped], asyncio.CancelledError)
    rest = [answer for number, answer in enumerate(answers) if number != stopped]
    assert rest == [number * 2 for number in range(5) if number != stopped]
    assert await double(21) == 42


async def test_one_told_to_lead_and_stopped_in_the_same_breath_hands_over(asked: Asked) -> None:
    double = Batcher(asked)
    asked.open.set()
    tasks = [asyncio.get_running_loop().create_task(double(number)) for number in range(3)]
    await turns(1)
    while not any(told.done() for _, told in double._waiting) and not tasks[0].done():
        await turns(1)
    tasks[1].cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert answers[0] == 0
    assert answers[2] == 4
    assert await double(21) == 42
