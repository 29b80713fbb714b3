"""`between demo --connect` in a real browser: two people of two workspaces side by side, up to the digest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, FrameLocator, expect

from tests.browser.demo import Demo, running
from tests.browser.leader import PHONE, faultless, window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(180),
]


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(tmp_path_factory.mktemp("connected") / "demo", connect=True) as demo:
        yield demo


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser, connected: Demo) -> AsyncIterator[BrowserContext]:
    async with faultless(browser, connected.url) as opened:
        yield opened


async def test_priya_and_tomasz_join_side_by_side_and_read_each_other_in_the_digest(
    desk: BrowserContext, connected: Demo
) -> None:
    page = await desk.new_page()
    await page.goto(connected.url)
    priya, tomasz = (page.frame_locator("iframe").nth(which) for which in (0, 1))
    await joins(priya, "Riverside Hospitals Trust")
    await joins(tomasz, "Young Carers Together", zone="Warsaw", holidays="Poland")
    for pane, theirs in ((priya, "Two wards ask now."), (tomasz, "Two volunteers start on Monday.")):
        await to(pane, "Between")
        await press(pane, "Answer")
        await pane.get_by_label("For ", exact=False).first.fill(theirs)
        await pane.locator("#modal button.submit").click()
        await expect(pane.locator("#modal")).to_contain_text(theirs)
        await pane.locator("#modal .dialog-x").click()
        await to(pane, "young-carers")
    await priya.get_by_role("button", name="Skip to the digest").click()
    for pane in (priya, tomasz):
        digest = pane.locator("#messages article").filter(has_text="the digest, Wednesday 2 December")
        await expect(digest.first).to_contain_text("Two wards ask now.")
        await expect(digest.first).to_contain_text("Two volunteers start on Monday.")


async def test_on_a_phone_each_half_says_whose_it_is(browser: Browser, connected: Demo) -> None:
    phone = await window(browser, connected.url, PHONE)
    page = await phone.new_page()
    await page.goto(connected.url)
    for which, name in enumerate(("Priya", "Tomasz")):
        pane = page.frame_locator("iframe").nth(which)
        await expect(pane.locator(".switcher-name")).to_contain_text(name)
        await expect(pane.locator("#composer")).to_be_in_viewport()
    await phone.close()


async def joins(pane: FrameLocator, organisation: str, **asked: str) -> None:
    """As Sam wrote in the channel: More, then Join. `asked` is what Slack does not tell of other workspaces."""
    await press(pane, "More")
    form = pane.locator("dialog#modal[open]")
    await form.get_by_role("button", name="Join", exact=True).click()
    await form.get_by_label("Your organisation").select_option(label=organisation)
    for field, label in (("zone", "Your time zone"), ("holidays", "Public holidays of")):
        if field in asked:
            await form.get_by_label(label).fill(asked[field])
    await form.locator("button.submit").click()
    await expect(form).to_contain_text("You're in")
    await form.locator(".dialog-x").click()


async def press(pane: FrameLocator, button: str) -> None:
    await pane.locator("#messages").get_by_role("button", name=button, exact=True).last.click()


async def to(pane: FrameLocator, place: str) -> None:
    await pane.get_by_role("button", name="Channels and apps").click()
    await pane.locator("#sidebar").get_by_role("link", name=place).click()
    await expect(pane.locator("#head h1")).to_contain_text(place)
