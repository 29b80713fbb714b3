"""The picture of the second scene: two people of two workspaces, side by side, on the morning of a check-in."""

from __future__ import annotations

from playwright.async_api import BrowserContext, ViewportSize, expect

from playground import script
from playground.__main__ import Demo
from playground.server import Playground
from tests.browser.gallery import FOLDER, PICTURES

BROAD = ViewportSize(width=1360, height=620)
NAME = "side-by-side"


async def side_by_side(pg: Playground, demo: Demo, desk: BrowserContext) -> str:
    """Jo and Aoife, each in their conversation with Between. Returns the picture's name."""
    await demo.move_to(script.moment({"zone": "Europe/London"}, "2026-11-27 09:05"))
    page = await desk.new_page()
    await page.goto(f"/both/{pg.world.user('Jo').id}/{pg.world.user('Aoife').id}")
    panes = [page.frame_locator("iframe").nth(which) for which in (0, 1)]
    for pane, name in zip(panes, ("Jo", "Aoife"), strict=True):
        await pane.get_by_role("button", name="Channels and apps").click()
        await pane.locator("#sidebar").get_by_role("link", name="Between").click()
        await expect(pane.locator("#messages")).to_contain_text(f"Morning {name}. Young carers meets Thursday.")
    for pane in panes:
        await expect(pane.locator("#clock")).to_contain_text("Next:")
    await pg.settled()
    await page.mouse.move(680, 2)
    await page.screenshot(path=FOLDER / PICTURES[NAME].file, animations="disabled", caret="hide")
    return NAME
