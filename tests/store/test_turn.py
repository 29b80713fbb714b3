"""What is asked in one turn of the loop goes in one packet, and each caller hears what is theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from redis.exceptions import ConnectionError, ResponseError

from bot.store.line import Command, Turn


class Packets:
    """Answers each command with itself, but `bad` with a refusal; keeps what came together."""

    def __init__(self) -> None:
        self.sent: list[list[Command]] = []
        self.open = asyncio.Event()
        self.open.set()

    async def send(self, commands: Sequence[Command]) -> list[Any]:
        self.sent.append(list(commands))
        await self.open.wait()
        if ("broken",) in commands:
            raise ConnectionError("gone")
        return [ResponseError("no") if one == ("bad",) else one for one in commands]


async def test_those_of_one_turn_share_a_packet_and_the_next_turn_waits_for_none() -> None:
    packets = Packets()
    turn = Turn(packets.send)
    assert await asyncio.gather(turn(("a",)), turn(("b",))) == [("a",), ("b",)]
    assert await turn(("c",)) == ("c",)
    assert packets.sent == [[("a",), ("b",)], [("c",)]]


@pytest.mark.parametrize("order", [("bad", "good"), ("good", "bad")])
async def test_a_refusal_is_heard_by_whoever_asked_and_by_nobody_else(order: tuple[str, str]) -> None:
    turn = Turn(Packets().send)
    told = await asyncio.gather(*(turn((one,)) for one in order), return_exceptions=True)
    heard = dict(zip(order, told, strict=True))
    assert heard["good"] == ("good",)
    assert isinstance(heard["bad"], ResponseError)


async def test_when_the_line_breaks_all_of_the_packet_hear_of_it() -> None:
    turn = Turn(Packets().send)
    told = await asyncio.gather(turn(("a",)), turn(("broken",)), return_exceptions=True)
    assert [type(one) for one in told] == [ConnectionError, ConnectionError]
    assert await turn(("a",)) == ("a",)


@pytest.mark.parametrize("under_way", [False, True], ids=["before it went", "after it went"])
async def test_when_whoever_asked_for_all_is_stopped_the_others_cannot_know(under_way: bool) -> None:
    packets = Packets()
    packets.open.clear()
    turn = Turn(packets.send)
    first, second = (asyncio.ensure_future(turn((one,))) for one in "ab")  # noqa: TID251
    for _ in range(3 if under_way else 1):
        await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(ConnectionError):
        await second
    packets.open.set()
    assert await turn(("c",)) == ("c",)


async def test_who_waits_no_more_stops_nobody() -> None:
    packets = Packets()
    packets.open.clear()
    turn = Turn(packets.send)
    first, second = (asyncio.ensure_future(turn((one,))) for one in "ab")  # noqa: TID251
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    second.cancel()
    packets.open.set()
    assert await first == ("a",)
