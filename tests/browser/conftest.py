"""One demo for all tests (time only goes on in it), a browser for each file, a window for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, expect

from tests.browser.chromium import ABSENT, PROGRAM, chromium
from tests.browser.demo import Demo, running
from tests.browser.leader import faultless

expect.set_options(timeout=50_000)  # before pytest itself gives up; how long it takes is nobody's promise


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(tmp_path_factory.mktemp("demo")) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    if PROGRAM is None:
        pytest.skip(ABSENT)
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def window(browser: Browser, demo: Demo) -> AsyncIterator[BrowserContext]:
    async with faultless(browser, demo.url) as opened:
        yield opened
