"""Nine leaders in nine windows of one browser, all in sight: none of them waits for another.

How many of them may hold a request for news: tests/playground/test_page_live.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.demo import Demo
from tests.browser.leader import Leader, faultless

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

EVERYONE = (
    "Sam Okafor",
    "Priya Raman",
    "Amir Haddad",
    "Jo Lindqvist",
    "Margaret Whitcombe",
    "Aoife Brennan",
    "Desmond Clarke",
    "Wei Zhang",
    "Kasia Nowak",
)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def leaders(browser: Browser, demo: Demo) -> AsyncIterator[list[Leader]]:
    """All stay at their desks from test to test."""
    async with faultless(browser, demo.url) as opened:
        yield [await Leader.at_desk(opened, name) for name in EVERYONE]


async def test_each_of_nine_says_something_and_everybody_reads_it(leaders: list[Leader]) -> None:
    for one in leaders:
        await one.go("general")
    assert [await one.page.evaluate("document.hidden") for one in leaders] == [False] * 9
    for number, one in enumerate(leaders):
        await one.say(f"Leader {number} is here.")
    for one in leaders:
        await expect(one.words).to_contain_text("Leader 0 is here.")
        await expect(one.words).to_contain_text("Leader 8 is here.")


async def test_a_tenth_page_opens_too(leaders: list[Leader]) -> None:
    tenth = await Leader.at_desk(leaders[0].page.context, "Sam Okafor")
    await tenth.home()
    await tenth.page.close()


async def test_a_window_that_nobody_sees_asks_for_no_news_until_it_is_seen(leaders: list[Leader]) -> None:
    sam, amir = leaders[0], leaders[2]
    await sam.go("general")
    await amir.go("general")
    await sam.page.evaluate(HIDE)
    await amir.say("This ends what Sam's window may have asked while it was seen.")
    await expect(sam.page.locator("#live.htmx-request")).to_have_count(0)
    asked: list[str] = []
    sam.page.on("request", lambda request: asked.append(request.url))
    await amir.say("Anybody there?")
    await expect(amir.words).to_contain_text("Anybody there?")
    await expect(sam.words).not_to_contain_text("Anybody there?")
    assert asked == []
    await sam.page.evaluate(SHOW)
    await expect(sam.words).to_contain_text("Anybody there?")


HIDE = "Object.defineProperty(document, 'hidden', {value: true, configurable: true})" + (
    "; document.dispatchEvent(new Event('visibilitychange'))"
)
SHOW = "delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))"
