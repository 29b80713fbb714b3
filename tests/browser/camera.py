"""Takes the pictures of `docs/screens`: of a demo in this process, whose clock stands still unless it is moved."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from playwright.async_api import BrowserContext, FloatRect, Locator, expect
from redis import Redis

from bot.ports import StoreDown
from playground import script
from playground.__main__ import Demo
from playground.server import Playground
from tests.browser.gallery import FOLDER, PICTURES
from tests.browser.leader import Leader

WIDEST = 800
TALLEST = 1650
WHOLE = "dialog { max-height: none !important } dialog::backdrop { background: white !important }"
"""A form without its scroll bar, so that all of it is in the picture, and nothing of what is behind it."""
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Settled once the browser has drawn what was asked of it."""
LONGEST_PACE_S = 30
LOOKS = 500
"""How often a page is looked at that does not show yet what happened; ten seconds in all."""


@dataclass
class Sitter(Leader):
    """A leader who does nothing more before all that they did is done and seen."""

    pg: Playground

    async def press_each(self, *buttons: str) -> None:
        """One after the other: the way to a form behind others."""
        for button in buttons:
            await self.press(button)

    async def press(self, button: str) -> None:
        await super().press(button)
        await self.rest()

    async def sure(self, button: str) -> None:
        await super().sure(button)
        await self.rest()

    async def say(self, words: str) -> None:
        await super().say(words)
        await self.rest()

    async def send(self) -> None:
        await super().send()
        await self.rest()

    async def close(self) -> None:
        await super().close()
        await self.rest()

    async def back(self) -> None:
        """To the form below the one on top."""
        await self.form.locator(".dialog-foot button").first.click()
        await self.rest()

    async def rest(self) -> None:
        await expect(self.page.locator(".htmx-request:not(#live)")).to_have_count(0)
        await self.pg.settled()
        for _ in range(LOOKS):
            if f"since={self.pg.version}&" in (await self.page.locator("#live").get_attribute("hx-get") or ""):
                return
            await asyncio.sleep(0.02)
        raise TimeoutError("The page does not show what happened.")


@dataclass
class Camera:
    """One window, at which one leader after the other sits down."""

    desk: BrowserContext
    phone: BrowserContext
    pg: Playground
    demo: Demo
    data: Path
    taken: set[str] = field(default_factory=set)

    @property
    def channels(self) -> set[str]:
        return {channel.name for channel in self.pg.world.channels.values()}

    @asynccontextmanager
    async def at(self, name: str, place: str = "Between", *, phone: bool = False) -> AsyncIterator[Sitter]:
        await self.caught_up()
        page = await (self.phone if phone else self.desk).new_page()
        where = self.pg.world.channel(place).id if place in self.channels else self.pg.world.user(place).id
        await page.goto(f"/as/{self.pg.world.user(name).id}/{where}")
        yield Sitter(page, self.pg)
        await page.close()

    async def take(self, who: Sitter, name: str, part: Locator | None = None, tallest: int = TALLEST) -> None:
        """The part, at most `WIDEST` wide and `tallest` pixels high; without a part the whole window."""
        assert name in PICTURES, f"{name} has no place in the gallery."
        await self.caught_up()
        await who.rest()
        await expect(who.page.locator("#toast")).to_be_empty()
        await who.page.mouse.move(0, 0)  # nothing is lit up by the pointer
        if part:
            await who.page.add_style_tag(content=WHOLE)
        await who.page.evaluate(DRAWN)
        clip = await _box(part, tallest) if part else None
        path = FOLDER / PICTURES[name].file
        await who.page.screenshot(path=path, clip=clip, animations="disabled", caret="hide")
        self.taken.add(name)

    async def form(self, who: Sitter, name: str) -> None:
        """The open form, which has arrived."""
        await expect(who.form).to_be_visible()
        await self.take(who, name, who.form)

    async def home(self, who: Sitter, name: str) -> None:
        """Down to its last block."""
        await who.home()
        await who.rest()
        top, end = await who.words.bounding_box(), await who.words.locator("> *").last.bounding_box()
        assert top
        assert end
        await self.take(who, name, who.words, int(end["y"] + end["height"] - top["y"]) + 16)

    async def caught_up(self) -> None:
        """What is to be posted has been, where it can be; nobody else sees to that here."""
        assert self.demo.bot
        with suppress(StoreDown):
            await self.demo.bot.tick()

    async def last(self, who: Sitter, name: str, words: str = "", tallest: int = TALLEST) -> None:
        """The newest message, or the newest with those words in it."""
        found = who.words.locator("article:not(.thread article)")
        found = found.filter(has_text=words) if words else found
        await self.take(who, name, found.last, tallest)

    async def clock(self, to_local: str) -> None:
        """To that time in London, with all that happens on the way."""
        await self.demo.move_to(script.moment({"zone": "Europe/London"}, to_local))
        self.pg.world.touch()

    async def paced(self) -> None:
        """On by seconds, until nothing waits for our own pace, which goes by the server's clock: of many messages
        that change at once the last ones do."""
        assert self.demo.bot
        for _ in range(LONGEST_PACE_S):
            due = await self.demo.bot.next_due()
            if due is None or due > self.demo.bot.deps.now() + timedelta(seconds=LONGEST_PACE_S):
                break
            await asyncio.sleep(1)
            await self.demo.move_to(due)
        self.pg.world.touch()

    @contextmanager
    def trouble(self) -> Iterator[None]:
        with Redis(unix_socket_path=str(self.data / "redis.sock")) as client, still(client):
            yield


@contextmanager
def still(redis: Redis) -> Iterator[None]:
    """The demo's own Redis, which it started, stands still while this lasts."""
    server = redis.info()["process_id"]
    os.kill(server, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server, signal.SIGCONT)


async def _box(part: Locator, tallest: int) -> FloatRect:
    await part.scroll_into_view_if_needed()
    box = await part.bounding_box()
    assert box
    return FloatRect(x=box["x"], y=box["y"], width=min(box["width"], WIDEST), height=min(box["height"], tallest))
