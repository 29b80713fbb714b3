"""What a group asks itself together, and its rhythm, for the pictures of `docs/screens`.

A demo of its own, from five past nine on Friday 27 November to the Thursday after next.
"""

from __future__ import annotations

from tests.browser.camera import Camera, Sitter
from tests.browser.encounters import CHANNEL
from tests.browser.looking_back import (
    sam_looks_back,
    sam_reads_what_is_kept_of_him,
    the_group_moves_and_somebody_leaves,
    what_the_review_showed,
)

UNSEEN = "No child in Riverside looks after somebody unseen."
ASKS, RINGS = "Every school asks, every term", "One number that any child can ring"
QUESTION = "Whose experience got better, or worse, since we began?"
"""Put while another is under way, so it waits for its turn."""


async def play_together(camera: Camera) -> None:
    """In this order: each finds what those before left."""
    for scene in SCENES:
        await scene(camera)


async def jo_drafts_a_purpose(camera: Camera) -> None:
    async with camera.at("Jo Lindqvist") as jo:
        await jo.press_each("More", "What for")
        await camera.form(jo, "what-for")
        await jo.press("Draft a purpose")
        await jo.fill("What are we here for?", UNSEEN)
        await jo.fill("Aim 1", ASKS)
        await jo.fill("Aim 2", RINGS)
        await camera.form(jo, "draft")
        await jo.send()
        await camera.form(jo, "drafted")
        await jo.close()
    await camera.clock("2026-11-30 10:05")  # the channel gets one post of ours a day
    async with camera.at("Priya Raman", CHANNEL) as priya:
        await camera.last(priya, "purpose-put", "drafts what we are here for")
        await priya.press("I would change this…")
        await priya.fill("What would you change?", "“Unseen” by whom? Say that we ask.")
        await camera.form(priya, "would-change")
        await priya.send()
        await camera.form(priya, "would-change-said")
        await priya.press("What we are here for")
        await camera.form(priya, "purpose-under-way")
        await priya.press("Withdraw it")
        await priya.close()
    for name in ("Sam Okafor", "Amir Haddad", "Wei Zhang", "Margaret Whitcombe"):
        async with camera.at(name, CHANNEL) as one:
            await one.press("I can live with it")
    async with camera.at("Aoife Brennan", CHANNEL, phone=True) as aoife:
        await camera.take(aoife, "phone-purpose")


async def amir_asks_everyone_and_five_answer(camera: Camera) -> None:
    async with camera.at("Amir Haddad") as amir:
        await amir.press_each("More", "What for", "Put a question to all")
        await amir.fill("Your question", QUESTION)
        await camera.form(amir, "question-form")
        await amir.send()
        await camera.form(amir, "question-put")
        await amir.close()
    await camera.clock("2026-12-01 10:05")
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        await camera.last(sam, "question", "asks everyone")
        await _answers(sam, "Fewer meetings about young carers and more mornings with them.")
        await camera.form(sam, "answer-kept")
        await sam.close()
    for name, words in (
        ("Jo Lindqvist", "That a ward sister asks before she thinks of it."),
        ("Wei Zhang", "A child who can bring a friend home."),
        ("Margaret Whitcombe", "That the door is opened by a grown-up."),
        ("Kasia Nowak", "Somebody on each stair who knows the name."),
    ):
        async with camera.at(name, CHANNEL) as one:
            await _answers(one, words)
            await one.close()
    async with camera.at("Aoife Brennan", CHANNEL) as aoife:
        await aoife.press("Answer")
        await aoife.fill("Your answer", "That a child who looks after somebody is known to one adult.")
        await camera.form(aoife, "answer-question")
        await aoife.close()


async def _answers(who: Sitter, words: str) -> None:
    """Without a name, as at least five must be able to."""
    await who.press("Answer")
    await who.form.get_by_label("Your answer").fill(words)
    await who.form.get_by_label("Without my name", exact=True).check()
    await who.send()


async def six_say_whether_it_works(camera: Camera) -> None:
    async with camera.at("Aoife Brennan", phone=True) as aoife:
        await aoife.press("Choose")
        await camera.take(aoife, "phone-pulse")
        await aoife.press("In parts")
        await aoife.close()
    for name, choice in (
        ("Sam Okafor", "Yes, and I can tell how"),
        ("Amir Haddad", "In parts"),
        ("Wei Zhang", "In parts"),
        ("Margaret Whitcombe", "Too early"),
        ("Kasia Nowak", "In parts"),
    ):
        async with camera.at(name) as one:
            await one.press_each("More", "What for", "Choose")
            await one.press(choice)
            if name.startswith("Sam"):
                await camera.form(one, "pulse")
            await one.close()


async def aoife_has_done_it_and_margaret_lets_go(camera: Camera) -> None:
    async with camera.at("Aoife Brennan") as aoife:
        await aoife.press("Say more…")
        await aoife.form.get_by_label("Done", exact=True).check()
        await aoife.fill("What did people notice?", "A Year 7 girl told her tutor the same day: “somebody asked”.")
        await aoife.form.get_by_label("Open the digest").check()
        await aoife.form.get_by_label("Stand under").check()
        await camera.form(aoife, "progress-done")
        await aoife.send()
        await aoife.press("Answer")
        await aoife.fill("For me", "I'd like somebody beside me at the next assembly.")
        await aoife.send()
        await aoife.press("Read it")
        await camera.form(aoife, "just-for-me")
        await aoife.close()
        await aoife.press("Who is that?")
        await camera.form(aoife, "who-is-everyone")
        await aoife.close()
    async with camera.at("Margaret Whitcombe") as margaret:
        await margaret.press("Say more…")
        await margaret.form.get_by_label("Let go", exact=True).check()
        await margaret.fill("What would help?", "Two lawyers never agree by letter. Put them in a room.")
        await margaret.send()
        await margaret.press_each("More", "What for", "What we learnt")
        await camera.form(margaret, "learnt")
        await margaret.back()
        await margaret.press("Who is already ahead")
        await camera.form(margaret, "ahead")
        await margaret.close()


async def the_convenor_looks_after_the_group(camera: Camera) -> None:
    async with camera.at("Sam Okafor") as sam:
        await sam.press_each("More", "Look after the group…")
        await camera.form(sam, "look-after")
        for button, name in (
            ("Invite people…", "invite"),
            ("Our questions…", "our-questions"),
            ("When I write…", "when-i-write"),
            ("Hand the role on…", "hand-on"),
            ("We won't meet this time", "skip-a-meeting"),
            ("Pause the group until…", "pause-the-group"),
            ("End the group…", "end-the-group"),
        ):
            await sam.press(button)
            await camera.form(sam, name)
            await sam.back()
        await sam.close()
        await sam.press_each("More", "Somebody has gone…")
        await camera.form(sam, "somebody-has-gone")
        await sam.close()


async def the_day_of_the_answers(camera: Camera) -> None:
    await camera.clock("2026-12-02 16:05")
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        await camera.take(
            sam, "answers-thread", sam.words.locator("article").filter(has_text="Without a name").last
        )
        await sam.press("Read the answers")
        await camera.form(sam, "answers")
        await sam.press("Put answers together")
        await sam.fill("Heading", "We can't tell yet")
        await camera.form(sam, "heading")
        await sam.close()
        await camera.last(sam, "digest-with-a-pulse", "Is what we're doing now really working?", 700)


async def the_purpose_stands(camera: Camera) -> None:
    await camera.clock("2026-12-07 10:40")
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        await camera.last(sam, "purpose-stands", "This is what we are here for, since")
        await sam.press("What we are here for")
        await camera.form(sam, "purpose")
        await sam.close()
        await sam.press_each("More", "Add a commitment")
        await sam.fill("What will you do?", "Keep the two school posts in next year's budget")
        await sam.fill("My part", "I hold the budget")
        await sam.select("Serves", ASKS)
        await sam.fill("Whose life gets better", "Pupils nobody has asked")
        await sam.send()
        await sam.close()
        await sam.press_each("More", "What for", "Line of sight")
        await camera.form(sam, "line-of-sight")
        await sam.close()


async def wei_starts_a_review(camera: Camera) -> None:
    await camera.clock("2026-12-07 11:00")
    async with camera.at("Wei Zhang") as wei:
        await wei.press_each("More", "What for", "Start a review")
        await camera.form(wei, "review-start")
        await wei.send()
        await camera.form(wei, "review-started")
        await wei.close()
    await camera.clock("2026-12-08 10:05")  # the purpose had the channel's post of the 7th
    async with camera.at("Jo Lindqvist", CHANNEL) as jo:
        await camera.last(jo, "review", "has started a review")
    for name, way in (
        ("Jo Lindqvist", "Grow"),
        ("Amir Haddad", "Grow"),
        ("Kasia Nowak", "Nurture"),
        ("Wei Zhang", "Weed"),
        ("Margaret Whitcombe", "Weed"),
    ):
        async with camera.at(name, CHANNEL) as one:
            await one.press("Place them")
            await one.select("Commitment 1", "Keep the two school posts in next year's budget")
            await one.select("Place 1", way)
            if name.startswith("Amir"):
                await camera.form(one, "review-place")
            await one.send()
            if name.startswith("Amir"):
                await camera.form(one, "review-placed")
            await one.close()


SCENES = (
    jo_drafts_a_purpose,
    amir_asks_everyone_and_five_answer,
    six_say_whether_it_works,
    aoife_has_done_it_and_margaret_lets_go,
    the_convenor_looks_after_the_group,
    the_day_of_the_answers,
    the_purpose_stands,
    wei_starts_a_review,
    the_group_moves_and_somebody_leaves,
    what_the_review_showed,
    sam_looks_back,
    sam_reads_what_is_kept_of_him,
)
