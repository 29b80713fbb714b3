"""A bot that restarts in the middle, two bots at once, and the other way in: the leaders notice nothing."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from bot.storage import RedisStore
from tests.promises.watch import all_kept
from tests.stage import LONDON, Stage, also, staged

NAMES = ("Sam", "Jo", "Priya", "Desmond")


def letters(stage: Stage) -> dict[str, list[str]]:
    return {name: [text.split(".")[0] for text in stage.sent(name)] for name in NAMES}


HOLIDAY = "Young carers: we meet on Monday 28 December, a public holiday here"
"""Asked of whoever looks after the rhythm; a letter, so it takes the place of a nudge."""


def told(name: str, sam: str = "You") -> list[str]:
    """Desmond keeps the holidays of New York: the first reminder would fall on Thanksgiving."""
    asked = [f"Morning {name}", "Young carers: still time before Monday, if useful"]
    last = [asked[0], HOLIDAY] if name == "Sam" else asked
    return ["Young carers", *(asked[:1] if name == "Desmond" else asked), *last]


async def both_at(one: Stage, other: Stage, when: str) -> None:
    """Everything until then, both bots at every moment of it at once."""
    target = datetime.fromisoformat(when).replace(tzinfo=LONDON)
    while (due := await one.bot.next_due()) and due <= target:
        one.clock.move_to(max(due, one.clock.now()))
        await asyncio.gather(one.bot.tick(), other.bot.tick())
    one.clock.move_to(target)
    await asyncio.gather(one.bot.tick(), other.bot.tick())
    await one.settle()


@pytest.mark.slow
async def test_two_bots_at_once_say_everything_once(stage: Stage) -> None:
    async with also(stage) as other:
        await stage.gather(*NAMES[1:])
        await both_at(stage, other, "2026-11-25 18:00")
        await stage.answer("Jo", organisation="Beds are full again.")
        await both_at(stage, other, "2026-12-11 12:00")
    assert letters(stage) == {name: told(name) for name in NAMES} | {
        "Jo": ["Young carers", *told("Jo")[1:2], *told("Jo")[3:]]
    }
    assert [("Beds" in stage.shown(post)) for post in stage.posts()].count(True) == 1


@pytest.mark.slow
async def test_a_bot_that_restarts_with_a_form_open_goes_on_where_it_was(stage: Stage) -> None:
    await stage.gather(*NAMES[1:])
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Answer")
    assert stage.bot.line
    await stage.bot.line.close()
    async with also(stage) as second:
        assert await second.send("Jo", {"organisation": "Beds are full again."}) is None
        await second.at("2026-11-27 10:00")
        assert "Beds are full again." in second.shown(second.digest())
        await second.at("2026-12-11 12:00")
    assert letters(stage)["Sam"] == told("Sam")
    assert letters(stage)["Desmond"] == told("Desmond")


async def test_the_same_round_by_signed_http(redis_url: str, store: RedisStore) -> None:
    async with staged(redis_url, socket_mode=False) as stage:
        await stage.gather("Jo", "Priya")
        await stage.at("2026-11-25 09:00")
        await stage.answer("Jo", organisation="Beds are full again.", me="Tired.")
        await stage.press("Priya", "Skip this one")
        await stage.person("Sam").command("/commit", "", "young-carers")
        assert await stage.send("Sam", {"What will you do?": "Keep the two posts"}) is None
        await stage.at("2026-11-27 10:00")
        digest = stage.shown(stage.digest())
        assert "Beds are full again." in digest
        assert "Keep the two posts — Sam" in digest
        assert "Tired" not in digest
        assert {delivery.via for delivery in stage.pg.world.traffic.deliveries} == {"http"}
        await all_kept(stage)
