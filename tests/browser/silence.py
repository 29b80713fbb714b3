"""The one message after two silent rounds, for the pictures."""

from __future__ import annotations

import re

from playground.choices import find, is_button
from tests.browser.camera import Camera


async def priya_has_been_silent_for_two_rounds(camera: Camera) -> None:
    await camera.clock("2026-12-16 09:30")
    async with camera.at("Priya Raman") as priya:
        await camera.last(priya, "quiet")
        person = camera.pg.person("Priya")
        as_it_was = person.surface_of(person.last("Between"))
        await priya.words.get_by_role("button", name=re.compile("^Every other round")).last.click()
        await camera.last(priya, "quiet-lighter")
        # as from a screen that was not drawn anew yet
        await person.act(as_it_was, *find(as_it_was.blocks, "Pause until…", is_button), {})
        await priya.fill("Start again on", "2027-01-11")
        await camera.form(priya, "pause")
        await priya.send()
        await camera.form(priya, "paused")
        await priya.close()
