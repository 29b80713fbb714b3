"""Somebody at the demo's page: they look, press, type and send, by the words that they see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

DESK = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)


@dataclass
class Leader:
    """A person and the window they sit at."""

    page: Page

    @classmethod
    async def at_desk(cls, window: BrowserContext, name: str) -> Leader:
        """Picks who to be on the first page, as everybody starts."""
        page = await window.new_page()
        await page.goto("/")
        await page.get_by_role("link", name=name).click()
        await expect(page.locator("#head")).to_be_visible()
        return cls(page)

    @property
    def words(self) -> Locator:
        """What stands in the middle of the page: messages, or Home."""
        return self.page.locator("#messages")

    @property
    def form(self) -> Locator:
        return self.page.locator("dialog#modal[open]")

    @property
    def last(self) -> Locator:
        """The newest message, with what was replied to it."""
        return self.page.locator("#messages article:not(.thread article)").last

    async def go(self, place: str) -> None:
        """To a channel or an app's messages, by the list at the side."""
        menu = self.page.get_by_role("button", name="Channels and apps")
        if await menu.is_visible():
            await menu.click()
        await self.page.locator("#sidebar").get_by_role("link", name=place).click()
        await expect(self.page.locator("#head h1")).to_contain_text(place)

    async def add_channel(self, name: str) -> None:
        adding = self.page.locator("#add-channel")
        if not await adding.get_by_role("textbox").is_visible():
            await adding.locator("summary").click()
        await adding.get_by_role("textbox").fill(name)
        await adding.get_by_role("button", name="Create").click()

    async def home(self) -> None:
        await self.go("Between")
        await self.page.get_by_role("link", name="Home", exact=True).click()
        await expect(self.page.locator("#messages.home")).to_be_visible()

    async def press(self, button: str) -> None:
        """In the form if one is open, else in the newest message that has the button."""
        inside = self.form if await self.form.count() else self.words
        await inside.get_by_role("button", name=button, exact=True).last.click()

    async def open(self, button: str, title: str) -> None:
        """Press what opens a form, and wait for it."""
        await self.press(button)
        await expect(self.form.get_by_role("heading", name=title, exact=True)).to_be_visible()

    async def sure(self, button: str) -> None:
        """Yes, to the question whether they are."""
        await self.page.locator("dialog#confirm[open]").get_by_role("button", name=button, exact=True).click()

    async def fill(self, label: str, words: str) -> None:
        await self.form.get_by_label(label).fill(words)

    async def select(self, label: str, option: str) -> None:
        """From a menu of the form that is open."""
        await self.form.get_by_label(label).select_option(label=option)

    async def send(self) -> None:
        await self.form.locator("button.submit").click()

    async def close(self) -> None:
        await self.form.locator(".dialog-x").click()
        await expect(self.form).to_be_hidden()

    async def type(self, command: str) -> None:
        """In the composer, sent with Enter."""
        composer = self.page.locator("#composer")
        await composer.click()
        await composer.press_sequentially(command)
        await expect(composer).to_have_value(command)
        await composer.press("Enter")

    async def say(self, words: str) -> None:
        """As `type`, at one go."""
        await self.page.locator("#composer").fill(words)
        await self.page.locator("#composer").press("Enter")

    async def skip(self) -> str:
        """Skip to the next thing. Returns what the page says comes after it."""
        clock = self.page.locator("#clock")
        async with self.page.expect_response("**/clock"):
            await clock.get_by_role("button", name="Skip to the next thing").click()
        await expect(self.page.locator(".htmx-request:not(#live)")).to_have_count(0)
        await expect(clock).to_contain_text("Next:")
        return await clock.locator(".next").inner_text()


async def window(browser: Browser, url: str, size: ViewportSize = DESK, *, dark: bool = False) -> BrowserContext:
    return await browser.new_context(
        base_url=url, viewport=size, locale="en-GB", color_scheme="dark" if dark else "light"
    )


@asynccontextmanager
async def faultless(browser: Browser, url: str) -> AsyncIterator[BrowserContext]:
    """A window whose console must be without errors at the end."""
    opened = await window(browser, url)
    faults: list[str] = []
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("weberror", lambda error: faults.append(str(error.error)))
    yield opened
    await opened.close()
    assert faults == []
