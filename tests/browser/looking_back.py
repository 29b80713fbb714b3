"""What a group and a leader look back on: a review, the year, their data; for the pictures of `docs/screens`."""

from __future__ import annotations

from tests.browser.camera import Camera, Sitter
from tests.browser.encounters import CHANNEL


async def the_group_moves_and_somebody_leaves(camera: Camera) -> None:
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        await sam.press_each("More", "Move a meeting")
        await sam.fill("New day", "2026-12-18")
        await sam.send()
        await sam.close()
    async with camera.at("Desmond Clarke", CHANNEL) as desmond:
        await desmond.press_each("More", "Leave")
        await desmond.sure("Leave")
        await desmond.close()
    await camera.clock("2026-12-09 11:05")
    async with camera.at("Jo Lindqvist", CHANNEL) as jo:
        await camera.last(jo, "announcements", "has left the group")


async def what_the_review_showed(camera: Camera) -> None:
    await camera.clock("2026-12-17 16:05")  # answers close too, and a question: many messages change
    await camera.paced()
    async with camera.at("Jo Lindqvist", CHANNEL) as jo:
        shown = jo.words.locator("article").filter(has_text="What the review showed")
        await camera.take(jo, "review-bands", shown.last)
        await jo.press("Read what it showed")
        await camera.form(jo, "review-shown")
        await jo.press("Suggest stopping one")
        await camera.form(jo, "review-suggest")
        await jo.close()


async def sam_looks_back(camera: Camera) -> None:
    async with camera.at("Sam Okafor") as sam:
        await sam.press_each("More", "What for", "See our year")
        await camera.form(sam, "our-year")
        await sam.back()
        await sam.press("See where things stand")
        await camera.form(sam, "new-here")
        await sam.close()


async def sam_reads_what_is_kept_of_him(camera: Camera) -> None:
    async with camera.at("Sam Okafor") as sam:
        await _opens_my_data(sam)
        await camera.form(sam, "my-data")
        await sam.press("My organisation's words…")
        await camera.form(sam, "organisation-words")
        await sam.close()
        await _opens_my_data(sam)
        await sam.send()
        await camera.form(sam, "my-data-asked")
        await sam.close()
        await camera.clock("2026-12-17 16:06")
        await camera.last(sam, "my-data-files")
        await _opens_my_data(sam)
        await sam.press("Read it here")
        await camera.form(sam, "my-data-pages")  # taller than the window: he leaves it open
    async with camera.at("Kasia Nowak") as kasia:
        await kasia.press_each("More", "Change my settings", "Erase me")
        await camera.form(kasia, "erase-me")
        await kasia.close()


async def _opens_my_data(who: Sitter) -> None:
    await who.press_each("More", "Change my settings", "My data")
