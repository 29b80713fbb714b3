"""Makes the pictures of `docs/screens` from the real demo: `make screens`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, FloatRect, Locator, expect

from tests.browser.chromium import ABSENT, PROGRAM, chromium
from tests.browser.demo import ROOT, Demo, running
from tests.browser.leader import DESK, PHONE, Leader, window

FOLDER = ROOT / "docs" / "screens"
LARGEST = 200_000
"""Bytes a picture."""
WIDEST = 800


async def main() -> None:
    if PROGRAM is None:
        sys.exit(ABSENT)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data) / "demo") as demo:
        async with chromium() as browser:
            await _by_aoife(browser, demo)
            await _by_sam(browser, demo)
            await _on_a_phone(browser, demo)
    heavy = [picture.name for picture in FOLDER.glob("*.png") if picture.stat().st_size > LARGEST]
    if heavy:
        sys.exit(f"Larger than {LARGEST:,} bytes: {', '.join(heavy)}")


async def _by_aoife(browser: Browser, demo: Demo) -> None:
    opened = await window(browser, demo.url)
    aoife = await Leader.at_desk(opened, "Aoife Brennan")
    await aoife.go("Between")
    await _take(aoife, "check-in", aoife.last)
    await aoife.open("Answer", "What's on your plate?")
    await aoife.fill("For Young Carers Together", "Fifty on the waiting list now. Two volunteers start on Monday.")
    await aoife.fill("For me", "I'd like somebody beside me at the next assembly.")
    await _take(aoife, "form", aoife.form)
    await aoife.close()
    await aoife.home()
    await _take(aoife, "home", aoife.words, 290)
    await opened.close()


async def _by_sam(browser: Browser, demo: Demo) -> None:
    opened = await window(browser, demo.url, {"width": DESK["width"], "height": 1500})
    sam = await Leader.at_desk(opened, "Sam Okafor")
    await sam.go("young-carers")
    await _take(sam, "digest", sam.words.locator("article").filter(has_text="Read it all").last)
    await sam.open("More", "Between")
    await sam.open("See commitments", "Commitments")
    await _take(sam, "commitments", sam.form)
    await opened.close()


async def _on_a_phone(browser: Browser, demo: Demo) -> None:
    opened = await window(browser, demo.url, PHONE)
    jo = await Leader.at_desk(opened, "Jo Lindqvist")
    await jo.go("Between")
    await _take(jo, "phone-check-in")
    await jo.open("Answer", "What's on your plate?")
    await _take(jo, "phone-form")
    await opened.close()


async def _take(who: Leader, name: str, part: Locator | None = None, tallest: int = 1500) -> None:
    """The part, at most `WIDEST` wide and `tallest` pixels high; without a part the whole window."""
    clip = None
    if part:
        await part.scroll_into_view_if_needed()
        box = await part.bounding_box()
        assert box
        wide, high = min(box["width"], WIDEST), min(box["height"], tallest)
        clip = FloatRect(x=box["x"], y=box["y"], width=wide, height=high)
    await expect(who.page.locator("#toast")).to_be_empty()
    await who.page.screenshot(path=FOLDER / f"{name}.png", clip=clip, animations="disabled", caret="hide")


if __name__ == "__main__":
    asyncio.run(main())
