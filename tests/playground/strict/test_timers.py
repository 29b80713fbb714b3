"""What is to be done later is done when the playground's clock gets there."""

import asyncio
from datetime import timedelta

import pytest

from playground.clock import Clock
from playground.timers import Timers
from tests.playground.conftest import TUESDAY

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(TUESDAY, frozen=True)


async def test_things_are_done_in_their_order_when_the_clock_is_moved(clock: Clock) -> None:
    timers, done = Timers(clock), []
    for name, hours in (("third", 3), ("first", 1), ("second", 2)):
        timers.after(hours * HOUR, lambda name=name: done.append(name))
    clock.advance(2 * HOUR)
    assert done == ["first", "second"]
    clock.advance(1 * HOUR)
    assert done == ["first", "second", "third"]


async def test_a_frozen_clock_does_nothing_by_itself(clock: Clock) -> None:
    timers, done, later = Timers(clock), asyncio.Event(), asyncio.Event()
    timers.after(timedelta(milliseconds=1), done.set)
    Timers(Clock(TUESDAY)).after(timedelta(milliseconds=2), later.set)
    await later.wait()
    assert not done.is_set()
    clock.thaw()
    await done.wait()


async def test_what_is_due_already_is_done_soon(clock: Clock) -> None:
    timers, done = Timers(clock), asyncio.Event()
    timers.after(timedelta(0), done.set)
    assert not done.is_set()
    await done.wait()


async def test_a_cancelled_one_is_forgotten(clock: Clock) -> None:
    timers, done = Timers(clock), []
    timers.after(HOUR, lambda: done.append("a")).cancel()
    clock.advance(2 * HOUR)
    assert done == []


async def test_after_the_end_nothing_is_done(clock: Clock) -> None:
    timers, done = Timers(clock), []
    timers.after(HOUR, lambda: done.append("a"))
    timers.close()
    clock.advance(2 * HOUR)
    assert done == []


async def test_a_clock_put_back_waits_again(clock: Clock) -> None:
    timers, done = Timers(clock), []
    timers.after(HOUR, lambda: done.append("a"))
    clock.advance(-HOUR)
    clock.advance(HOUR)
    assert done == []
    clock.advance(HOUR)
    assert done == ["a"]
