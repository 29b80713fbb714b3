"""The bot's Redis stands still or holds what the bot can't read: the page is there, and says what the bot says.

That it says so in time needs no clock here: after three seconds the playground, as Slack, would say something else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from redis import Redis

from bot.views.problems import NOT_SAVED, STORE_DOWN
from tests.browser.camera import still
from tests.browser.demo import Demo, running
from tests.browser.leader import Leader, window

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One of its own: nobody else is to meet its trouble."""
    with running(tmp_path_factory.mktemp("trouble")) as started:
        yield started


@pytest.fixture
def redis(demo: Demo) -> Iterator[Redis]:
    with Redis(unix_socket_path=str(demo.folder / "redis.sock")) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="module")
async def aoife(browser: Browser, demo: Demo) -> AsyncIterator[Leader]:
    opened = await window(browser, demo.url)
    yield await Leader.at_desk(opened, "Aoife Brennan")
    await opened.close()


async def test_what_aoife_typed_stays_in_the_form_while_redis_stands_still(aoife: Leader, redis: Redis) -> None:
    await aoife.go("Between")
    await aoife.open("Answer", "What's on your plate?")
    await aoife.fill("For me", "Fifty on the list now.")
    with still(redis):
        await aoife.send()
        await expect(aoife.form).to_contain_text(NOT_SAVED)
        await expect(aoife.form.get_by_label("For me")).to_have_value("Fifty on the list now.")
        await expect(aoife.page.locator("#clock")).to_contain_text("Can't tell what comes next")
    await aoife.send()
    await expect(aoife.form).to_be_hidden()
    await expect(aoife.last).to_contain_text("Saved for")


async def test_everybody_elses_page_opens_and_a_press_is_answered(aoife: Leader, redis: Redis) -> None:
    with still(redis):
        margaret = await Leader.at_desk(aoife.page.context, "Margaret Whitcombe")
        await margaret.go("Between")
        await margaret.press("Answer")
        await expect(margaret.words).to_contain_text(STORE_DOWN)
        await margaret.page.get_by_role("button", name="+1 hour").click()
        await expect(margaret.page.locator("#toast")).to_contain_text("The clock can't go on just now")


async def test_a_record_of_a_newer_between_is_met_with_a_sentence(aoife: Leader, redis: Redis) -> None:
    kept = {key: redis.hgetall(key) for key in redis.keys("b:{g:*}:group")}
    for key, fields in kept.items():
        redis.hset(key, mapping=dict.fromkeys(fields, b'{"v":99,"w":"","d":{}}'))
    jo = await Leader.at_desk(aoife.page.context, "Jo Lindqvist")
    await jo.go("Between")
    await expect(jo.page.locator("#clock")).to_contain_text("a record of Between's can't be read")
    await jo.press("Answer")
    await expect(jo.words).to_contain_text("Something went wrong on my side. Nothing you saved is lost.")
    for key, fields in kept.items():
        redis.hset(key, mapping=fields)
    await jo.page.reload()
    await expect(jo.page.locator("#clock")).to_contain_text("Next:")
