"""Makes all of `docs/screens`, pictures and page, from a demo in this process: `make screens`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import ViewportSize

from playground.__main__ import CONNECTED, playing
from tests.browser.camera import Camera
from tests.browser.chromium import ABSENT, PROGRAM, chromium
from tests.browser.gallery import FOLDER, LARGEST, PICTURES, catalogue, screens
from tests.browser.leader import PHONE, window
from tests.browser.scenes import play
from tests.browser.second_scene import BROAD, side_by_side
from tests.browser.together import play_together
from tests.free_port import free_port

TALL = ViewportSize(width=1100, height=1700)
"""So that a long message or form is seen whole."""


async def main() -> None:
    if PROGRAM is None:
        sys.exit(ABSENT)
    FOLDER.mkdir(exist_ok=True)
    taken = [await pictures(play), await pictures(play_together), {await _beside_another()}]
    (FOLDER / "README.md").write_text(catalogue(), "utf-8")
    _complain(set().union(*taken))


async def pictures(scenes: Callable[[Camera], Awaitable[None]]) -> set[str]:
    """The names of those that these took, of a demo of their own."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "demo"
        async with playing(free_port(), data, beating=False) as (pg, demo), chromium() as browser:
            desk, phone = await window(browser, pg.url, TALL), await window(browser, pg.url, PHONE)
            camera = Camera(desk, phone, pg, demo, data)
            await scenes(camera)
    return camera.taken


async def _beside_another() -> str:
    """Of the second scene, whose leaders are in workspaces of their own."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "demo"
        async with playing(free_port(), data, CONNECTED, beating=False) as (pg, demo), chromium() as browser:
            return await side_by_side(pg, demo, await window(browser, pg.url, BROAD))


def _complain(taken: set[str]) -> None:
    """About what is missing, too many or too heavy."""
    files = {PICTURES[name].file for name in taken}
    for stray in FOLDER.glob("*.png"):
        if stray.name not in files:
            stray.unlink()
    missing = [name for name in PICTURES if name not in taken]
    without = sorted({*screens()} - {one.shows for one in PICTURES.values()})
    sys.stdout.write(f"Without a picture yet: {', '.join(without) or 'none'}.\n")
    heavy = [one for one in files if (FOLDER / one).stat().st_size > LARGEST]
    if missing or heavy:
        sys.exit(f"Not taken: {', '.join(missing) or 'none'}. Larger than {LARGEST:,} bytes: {heavy or 'none'}.")


if __name__ == "__main__":
    asyncio.run(main())
