"""What leaders do for the pictures of `docs/screens`, from five past nine on Friday 27 November on."""

from __future__ import annotations

from tests.browser.camera import Camera
from tests.browser.encounters import (
    CHANNEL,
    amir_could_lend_somebody,
    aoife_would_pass_hers_on,
    jo_looks_at_what_is_hers,
    margaret_and_amir_are_introduced,
    sam_can_help_margaret,
    the_brief_comes_together,
)
from tests.browser.silence import priya_has_been_silent_for_two_rounds

TOP_OF_THE_DIGEST = 584
"""Pixels, down to its buttons: a reply of its thread has a picture of its own."""


async def play(camera: Camera) -> None:
    """In this order: each finds what those before left."""
    for scene in SCENES:
        await scene(camera)


async def aoife_answers_though_saving_fails_at_first(camera: Camera) -> None:
    async with camera.at("Aoife Brennan") as aoife:
        await camera.last(aoife, "check-in")
        await camera.last(aoife, "welcome", "Hello Aoife")
        await aoife.open("Answer", "What's on your plate?")
        await aoife.fill(
            "For Young Carers Together", "Fifty on the waiting list now. Two volunteers start on Monday."
        )
        await aoife.fill("For me", "I'd like somebody beside me at the next assembly.")
        await camera.form(aoife, "form")
        with camera.trouble():
            await aoife.send()
            await camera.form(aoife, "not-saved")
        await aoife.send()
        await camera.last(aoife, "check-in-answered")
        with camera.trouble():
            await aoife.press("Change")
            await camera.last(aoife, "press-failed")
        await camera.home(aoife, "home")
        with camera.trouble():
            await aoife.press("Answer")
            await camera.form(aoife, "home-failed")
        await aoife.close()


async def margaret_answers_by_a_tap(camera: Camera) -> None:
    async with camera.at("Margaret Whitcombe") as margaret:
        await margaret.press("Stuck, want help")
        await camera.last(margaret, "check-in-tapped")
        await margaret.press("Say more…")
        await camera.form(margaret, "progress")
        await margaret.close()


async def wei_is_away_and_back(camera: Camera) -> None:
    async with camera.at("Wei Zhang") as wei:
        await wei.open("More", "Between")
        await wei.open("I'm away until…", "I'm away until…")
        await wei.fill("Back on", "2026-12-07")
        await camera.form(wei, "away")
        await wei.send()
        await camera.form(wei, "gone-away")
        await wei.press("I'm back")
        await camera.form(wei, "welcome-back")
        await wei.close()


async def jo_looks_at_her_phone_and_skips(camera: Camera) -> None:
    async with camera.at("Jo Lindqvist", phone=True) as jo:
        await camera.take(jo, "phone-check-in")
        await jo.open("Answer", "What's on your plate?")
        await camera.take(jo, "phone-form")
        await jo.close()
    async with camera.at("Jo Lindqvist") as jo:
        await jo.press("Skip this one")
        await camera.last(jo, "check-in-skipped")


async def amir_will_answer_later(camera: Camera) -> None:
    async with camera.at("Amir Haddad") as amir:
        asked = amir.words.locator("article").filter(has_text="Young carers meets Thursday").last
        await asked.get_by_role("button", name="More", exact=True).click()
        await amir.rest()
        await amir.press("Later today")
        await amir.close()
        await camera.last(amir, "check-in-later", "I'll ask again")


async def desmond_is_asleep_in_new_york_and_shares_all_the_same(camera: Camera) -> None:
    async with camera.at("Desmond Clarke", CHANNEL) as desmond:
        await desmond.say("/plate The school survey is back: one child in nine cares for somebody.")
        await desmond.send()
        await camera.last(desmond, "saved", "Saved for")
        with camera.trouble():
            await desmond.say("/plate The school survey is back: one child in nine cares for somebody.")
            await camera.last(desmond, "typed-back")
        await desmond.say("/commit " + "Ask the survey's authors whether schools may see their own numbers. " * 8)
        await desmond.close()
        await camera.last(desmond, "too-long")


async def sam_reads(camera: Camera) -> None:
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        await camera.last(sam, "panel", "Set up by")
        await camera.last(sam, "organisations", "speaks for")
        await camera.last(sam, "digest", "Read it all", TOP_OF_THE_DIGEST)
        await sam.press("Read it all")
        await camera.form(sam, "digest-whole")
        await sam.close()
        await sam.press("More")
        await camera.form(sam, "more")
        for button, name in (
            ("Read digests", "digests"),
            ("See commitments", "commitments"),
            ("People", "people"),
            ("Change my settings", "settings"),
        ):
            await sam.press(button)
            await camera.form(sam, name)
            if name != "settings":
                await sam.back()
        await sam.send()
        await camera.form(sam, "settings-saved")
        await sam.close()
        await sam.press("Add a commitment")
        await sam.fill("What will you do?", "Keep the two school posts in next year's budget")
        await sam.fill("First step", "Ask Aoife for three sentences from the assemblies")
        await camera.form(sam, "commit")
        await sam.send()
        await camera.form(sam, "added")
        await sam.close()


async def sam_moves_a_meeting_and_jo_objects(camera: Camera) -> None:
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        for name in ("rhythm", "move", "unchanged"):
            await sam.press("More")
            await sam.press("Change the rhythm" if name == "rhythm" else "Move a meeting")
            if name == "unchanged":
                await sam.send()
            await camera.form(sam, name)
            await sam.close()
        await sam.press_each("More", "Move a meeting")
        await sam.fill("New day", "2026-12-04")
        await sam.send()
        await sam.close()
        await camera.last(sam, "announcement", "changed Young carers")
    async with camera.at("Jo Lindqvist", CHANNEL) as jo:
        await jo.press("Object")
        await jo.sure("Object")
        await camera.last(jo, "objected", "objected")


async def kasia_leaves_and_begins_something_else(camera: Camera) -> None:
    async with camera.at("Kasia Nowak") as kasia:
        await kasia.press("Leave")
        await kasia.sure("Leave")
        await camera.last(kasia, "left", "You've left")
        await camera.home(kasia, "home-newcomer")
        await kasia.go("general")
        await kasia.say("/between")
        await camera.last(kasia, "no-group")
        await kasia.say("/invite @between")
        await camera.last(kasia, "hello", "What is this?")
        await kasia.press("What is this?")
        await camera.form(kasia, "about")
        await kasia.close()
        await kasia.press("Set up a group")
        await kasia.fill("Your organisation", "Millrace Housing")
        await kasia.fill("What you work on together", "Warm homes")
        await camera.form(kasia, "set-up")
        await kasia.send()
        await camera.form(kasia, "set-up-done")
        await kasia.close()
        await camera.last(kasia, "setting-up", "Only visible to you")


async def kasia_joins_again(camera: Camera) -> None:
    """A minute later, so that her groups have an order."""
    await camera.clock("2026-11-27 09:06")
    async with camera.at("Kasia Nowak", CHANNEL) as kasia:
        await kasia.say("/plate Sixty flats that nobody can heat.")
        await kasia.close()
        await camera.last(kasia, "join-first")
        await kasia.press("More")
        await camera.form(kasia, "more-not-joined")
        await kasia.press("Join")
        await kasia.select("Your organisation", "Another organisation…")
        await kasia.rest()
        await camera.form(kasia, "join-another")
        await kasia.select("Your organisation", "Millrace Housing")
        await kasia.rest()
        await camera.form(kasia, "join")
        await kasia.send()
        await camera.form(kasia, "joined")
        await kasia.press_each("More", "Leave")
        await kasia.sure("Leave")
        await camera.form(kasia, "left-in-form")
        await kasia.press("Join")
        await kasia.select("Your organisation", "Millrace Housing")
        await kasia.rest()
        await kasia.send()
        await kasia.close()
        await kasia.add_channel("tea")
        await kasia.page.wait_for_url("**/as/U0KASIA/*")
        await kasia.go("tea")
        await kasia.say("/between")
        await camera.last(kasia, "which-group")
        await kasia.say("/commit Ring the housing lead on Friday about the two flats.")
        await camera.form(kasia, "which-group-words")
        await kasia.close()


async def kasia_shares_with_her_new_group(camera: Camera) -> None:
    """What says so stays open: from there she pulls it back when it has been posted."""
    async with camera.at("Kasia Nowak", "general") as kasia:
        await kasia.press("Answer")
        await kasia.fill("For Millrace Housing", "Sixty flats that nobody can heat.")
        await kasia.send()


async def the_days_go_by(camera: Camera) -> None:
    await camera.clock("2026-11-27 12:10")
    async with camera.at("Amir Haddad") as amir:
        await camera.last(amir, "asked-again")
    await camera.clock("2026-11-30 12:00")
    async with camera.at("Priya Raman") as priya:
        await camera.last(priya, "nudge")
    await the_brief_comes_together(camera)
    await camera.clock("2026-12-03 10:05")
    async with camera.at("Kasia Nowak", "general") as kasia:
        await kasia.press("Pull it back")
        await camera.last(kasia, "pulled-back", "Pulled back, Kasia")
        await camera.last(kasia, "digest-taken-back")
    await camera.clock("2026-12-04 10:05")
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        await camera.last(sam, "capture")


async def aoife_takes_back_what_slack_will_not_have_changed(camera: Camera) -> None:
    """Her workspace lets messages be changed for a minute only."""
    workspace = camera.pg.world.workspaces[camera.pg.world.user("Aoife Brennan").team_id]
    workspace.edit_minutes = 1
    async with camera.at("Aoife Brennan") as aoife:
        await aoife.press("Pull it back")
        await camera.last(aoife, "not-corrected", "Slack would not let me")
    workspace.edit_minutes = None


async def sam_takes_the_bot_out_of_the_channel(camera: Camera) -> None:
    async with camera.at("Sam Okafor", CHANNEL) as sam:
        await sam.say("/remove @Between")
    await camera.clock("2026-12-21 09:00")
    async with camera.at("Sam Okafor") as sam:
        await camera.last(sam, "channel-trouble", "I'm not in the channel")


SCENES = (
    aoife_answers_though_saving_fails_at_first,
    amir_will_answer_later,
    sam_can_help_margaret,
    jo_looks_at_what_is_hers,
    margaret_and_amir_are_introduced,
    aoife_would_pass_hers_on,
    margaret_answers_by_a_tap,
    wei_is_away_and_back,
    jo_looks_at_her_phone_and_skips,
    amir_could_lend_somebody,
    desmond_is_asleep_in_new_york_and_shares_all_the_same,
    sam_reads,
    sam_moves_a_meeting_and_jo_objects,
    kasia_leaves_and_begins_something_else,
    kasia_joins_again,
    kasia_shares_with_her_new_group,
    the_days_go_by,
    aoife_takes_back_what_slack_will_not_have_changed,
    priya_has_been_silent_for_two_rounds,
    sam_takes_the_bot_out_of_the_channel,
)
