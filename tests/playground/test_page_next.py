"""What comes next, as the clock's line tells it: where nobody can tell, the page asks again by itself."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import aiohttp

from playground.clock import Clock
from playground.page import CannotTell, mount
from playground.server import Playground
from playground.world import World
from tests.playground.test_page_kettle import PEOPLE, START

BUTTON = "Skip to the next thing"


async def test_the_button_is_back_once_somebody_can_tell_though_nothing_else_changed() -> None:
    answers: list[str] = ["Tea is late.", "Tea is late."]

    async def next_thing() -> tuple[datetime, str]:
        if answers:
            raise CannotTell(answers.pop())
        return START + timedelta(days=2), "tea is served"

    world = World.from_config(PEOPLE, Clock(START))
    mounted = [lambda app, pg: mount(app, pg, next_thing=next_thing)]
    async with Playground(world, extra=mounted) as pg, aiohttp.ClientSession(pg.url) as http:

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


def news(page: str) -> str:
    """Where the page asks for what is new."""
    found = re.search(r'id="live" hidden hx-get="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")
