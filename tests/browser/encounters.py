"""What two leaders come to do together, and the brief, for the pictures of `docs/screens`."""

from __future__ import annotations

from tests.browser.camera import Camera

CHANNEL = "young-carers"


async def sam_can_help_margaret(camera: Camera) -> None:
    async with camera.at("Sam Okafor") as sam:
        await camera.last(sam, "letter", "wants help")
        await sam.press("I can help")
        await camera.last(sam, "letter-answered", "Thank you.")


async def jo_looks_at_what_is_hers(camera: Camera) -> None:
    async with camera.at("Jo Lindqvist") as jo:
        await camera.last(jo, "first-step")
        await jo.press("Another day")
        await camera.form(jo, "another-day")
        await jo.close()
        await jo.press_each("More", "Why this?")
        await camera.form(jo, "why-this")
        await jo.back()
        await jo.press("Ask for something")
        await jo.fill("I'm after", "A plain letter that a ward can hand to a child, in Polish and Punjabi")
        await jo.form.get_by_label("Put it to everyone").check()
        await camera.form(jo, "ask")
        await jo.send()
        await camera.form(jo, "asked")
        await jo.close()


async def aoife_would_pass_hers_on(camera: Camera) -> None:
    async with camera.at("Aoife Brennan") as aoife:
        await aoife.press("Say more…")
        await aoife.form.locator("details.multi summary").click()
        await aoife.form.get_by_label("Whoever can take it").check()
        await camera.form(aoife, "pass-it-on")
        await aoife.send()
    async with camera.at("Wei Zhang") as wei:
        await wei.press_each("More", "For you")
        await camera.form(wei, "for-you")
        await wei.close()
        await wei.press_each("More", "Open now")
        await camera.form(wei, "open-now")
        await wei.close()


async def margaret_and_amir_are_introduced(camera: Camera) -> None:
    async with camera.at("Margaret Whitcombe") as margaret:
        await camera.last(margaret, "check-in-with-an-ask")
        await margaret.press("Yes, introduce us")
    async with camera.at("Amir Haddad") as amir:
        await camera.last(amir, "about-your-ask", "about your ask")
        await amir.press("Introduce us")
        await camera.form(amir, "two-yeses")
        await amir.close()
        await amir.go("Between, Margaret")
        await camera.last(amir, "introduction")
        await amir.press("Find us twenty minutes")
        await amir.form.get_by_label("Thursday 3 December").first.check()
        await camera.form(amir, "twenty-minutes")
        await amir.send()
        await camera.form(amir, "ticked")
        await amir.close()
    async with camera.at("Margaret Whitcombe") as margaret:
        await margaret.go("Between, Amir")
        await margaret.press("Find us twenty minutes")
        await margaret.form.get_by_label("Thursday 3 December").first.check()
        await margaret.send()
        await margaret.close()
        await camera.last(margaret, "a-half-day-for-both", "you both have")
        await margaret.press("For my calendar")
        await camera.form(margaret, "for-my-calendar")
        await margaret.close()


async def amir_could_lend_somebody(camera: Camera) -> None:
    async with camera.at("Amir Haddad") as amir:
        await amir.press_each("More", "What people can lend", "Offer something")
        await amir.fill("Anything you could lend", "Half a day of an officer who knows every street")
        await camera.form(amir, "offer")
        await amir.send()
        await camera.form(amir, "offered")
        await amir.press("What people can lend")
        await camera.form(amir, "lend")
        await amir.close()


async def the_brief_comes_together(camera: Camera) -> None:
    await camera.clock("2026-12-02 10:05")
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        replies = sam.words.locator(".thread article")
        await camera.take(sam, "digest-reply", replies.filter(has_text="Two volunteers start on Monday").last)
        await sam.press_each("More", "The brief so far", "Add a line")
        await sam.fill("What should the meeting hear?", "The budget closes on the 9th: which two posts, and why?")
        await camera.form(sam, "brief-line")
        await sam.send()
        await camera.form(sam, "brief-so-far")
        await sam.close()
        await camera.clock("2026-12-02 16:05")
        await camera.last(sam, "brief", "the brief, for")
        await sam.press("Strike a line")
        await camera.form(sam, "strike")
        await sam.close()
    async with camera.at("Jo Lindqvist") as jo:
        await jo.press_each("More", "Open now", "Got it")
        await camera.form(jo, "got-it")
        await jo.close()
