"""The demo's pages under axe, in light and in dark: what somebody with a screen reader or poor sight would meet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.demo import Demo
from tests.browser.leader import Leader, window

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module", params=["light", "dark"])
async def sam(request: pytest.FixtureRequest, browser: Browser, demo: Demo) -> AsyncIterator[Leader]:
    opened = await window(browser, demo.url, dark=request.param == "dark")
    yield await Leader.at_desk(opened, "Sam Okafor")
    await opened.close()


async def test_sam_can_use_the_channel_the_form_and_home(sam: Leader) -> None:
    await sam.go("young-carers")
    assert await faults(sam.page) == []
    await sam.go("Between")
    await sam.open("Answer", "What's on your plate?")
    assert await faults(sam.page) == []
    await sam.close()
    await sam.home()
    assert await faults(sam.page) == []


async def test_sam_can_choose_who_to_be(sam: Leader) -> None:
    await sam.page.goto("/")
    await expect(sam.page.get_by_role("heading")).to_be_visible()
    assert await faults(sam.page) == []


async def faults(page: Page) -> list[str]:
    """What axe finds, each as its rule and the first place. All rules run; places that pass are not listed."""
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]
