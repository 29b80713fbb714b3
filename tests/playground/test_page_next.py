"""What comes next, as the clock's line tells it: where nobody can tell, the page asks again by itself."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
import pytest

from playground.clock import Clock
from playground.page import CannotTell, mount
from playground.server import Playground
from playground.world import World
from tests.playground.test_page_kettle import PEOPLE, START

BUTTON = "Skip to the next thing"


@asynccontextmanager
async def page_of(answers: list[str]) -> AsyncIterator[aiohttp.ClientSession]:
    """A page whose app can't tell what comes next, with each of the answers in turn, and then can."""

    async def next_thing() -> tuple[datetime, str]:
        if answers:
            raise CannotTell(answers.pop())
        return START + timedelta(days=2), "tea is served"

    world = World.from_config(PEOPLE, Clock(START))
    mounted = [lambda app, pg: mount(app, pg, next_thing=next_thing)]
    async with Playground(world, extra=mounted) as pg, aiohttp.ClientSession(pg.url) as http:
        yield http


@pytest.mark.slow
async def test_the_button_is_back_once_somebody_can_tell_though_nothing_else_changed() -> None:
    answers = ["Tea is late.", "Tea is late."]
    async with page_of(answers) as http:

        async def seen(address: str) -> str:
            async with http.get(address) as answer:
                assert answer.status == 200
                return await answer.text()

        page = await seen("/as/U1/C1")
        while "Tea is late." in page:
            assert BUTTON not in page
            page = await seen(news(page))
    assert answers == []
    assert BUTTON in page
    assert "unsure" not in news(page), "What is known is not asked for over and over."


@pytest.mark.slow
async def test_a_deed_answered_while_nobody_could_tell_leaves_nobody_without_the_button() -> None:
    """The page has heard all news, what comes next among them, before the deed's own answer is there."""
    answers: list[str] = []
    async with page_of(answers) as http:
        page = await (await http.get("/as/U1/C1")).text()
        answers.append("Tea is late.")
        said = await (await http.post("/do/U1/C1/say", data={"text": "Hello"})).text()
        assert "Tea is late." in said
        assert BUTTON not in said
        heard = await (await http.get(news(page))).text()
        assert BUTTON in heard
        async with http.get(news(heard)) as answer:
            assert answer.status == 200
            assert BUTTON in await answer.text()


def news(page: str) -> str:
    """Where the page asks for what is new."""
    found = re.search(r'id="live" hidden hx-get="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")
