"""Requests for news that are held: a browser has six connections to one host, for all its windows together."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from playground.clock import Clock
from playground.page import mount, pages
from playground.server import Playground
from playground.world import World
from tests.playground.test_page_kettle import PEOPLE, START
from tests.playground.test_page_next import news


async def test_of_nine_pages_three_hold_a_request_for_news_and_the_others_are_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ours: how the page waits. Were all nine to hold one, the seventh window could not even be clicked in."""
    monkeypatch.setattr(pages, "LIVE_TIMEOUT_S", 3600)
    world = World.from_config(PEOPLE, Clock(START, frozen=True))
    async with Playground(world, extra=[mount]) as pg, aiohttp.ClientSession(pg.url) as http:

        async def status(address: str) -> int:
            async with http.get(address) as answer:
                return answer.status

        async with http.get("/as/U1/C1") as page:
            address = news(await page.text())
        waiting = {asyncio.ensure_future(status(address)) for _ in range(9)}  # noqa: TID251
        answered: set[asyncio.Future[int]] = set()
        while len(answered) < 6:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            answered |= done
        assert {one.result() for one in answered} == {204}
        pg.world.touch()
        assert await asyncio.gather(*waiting) == [200, 200, 200]
