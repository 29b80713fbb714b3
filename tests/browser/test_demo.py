"""A newcomer at the demo, in a real browser: what the README says they will see, they see."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext, expect

from tests.browser.leader import Leader

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_aoife_answers_by_form_and_chooses_who_sees_each_answer(window: BrowserContext) -> None:
    aoife = await Leader.at_desk(window, "Aoife Brennan")
    await aoife.go("Between")
    await expect(aoife.last).to_contain_text("Last time")
    await expect(aoife.last).to_contain_text("Forty on the waiting list")
    await aoife.open("Answer", "What's on your plate?")
    await aoife.fill("For Young Carers Together", "Fifty on the list now.")
    await aoife.fill("For me", "I'd like company at the assemblies.")
    await aoife.form.get_by_label("me", exact=True).uncheck()
    await aoife.send()
    await expect(aoife.form).to_be_hidden()
    await expect(aoife.last).to_contain_text("Saved for")


async def test_margaret_says_how_it_goes_with_one_tap(window: BrowserContext) -> None:
    margaret = await Leader.at_desk(window, "Margaret Whitcombe")
    await margaret.go("Between")
    await margaret.press("Stuck, want help")
    await expect(margaret.last).to_contain_text("Now: stuck, want help.")
    await margaret.home()
    await expect(margaret.words).to_contain_text("Stuck, want help")


async def test_wei_is_away_and_a_day_that_is_missing_is_said_at_its_field(window: BrowserContext) -> None:
    wei = await Leader.at_desk(window, "Wei Zhang")
    await wei.go("Between")
    await wei.open("More", "Between")
    await wei.open("I'm away until…", "I'm away until…")
    await wei.send()
    await expect(wei.form).to_contain_text("Please complete this required field.")
    await wei.fill("Back on", "2026-12-07")
    await wei.send()
    await expect(wei.form).to_contain_text("You're away until Monday 7 December.")
    await wei.close()


async def test_amir_types_each_command(window: BrowserContext) -> None:
    amir = await Leader.at_desk(window, "Amir Haddad")
    await amir.go("young-carers")
    await amir.type("/plate We can ask one question more on each visit")
    await expect(amir.form.get_by_label("For Riverside Fire & Rescue")).to_have_value(
        "We can ask one question more on each visit"
    )
    await amir.send()
    await expect(amir.form).to_be_hidden()
    await amir.type("/commit Ask who else lives here")
    await amir.send()
    await expect(amir.form).to_contain_text("Ask who else lives here")
    await amir.close()
    await amir.type("/between")
    await expect(amir.form.get_by_role("button", name="Change my settings")).to_be_visible()
    await amir.close()


async def test_home_shows_what_amir_shared_and_tends(window: BrowserContext) -> None:
    amir = await Leader.at_desk(window, "Amir Haddad")
    await amir.home()
    await expect(amir.words).to_contain_text("We can ask one question more on each visit")
    await expect(amir.words).to_contain_text("Ask who else lives here")


@pytest.mark.timeout(150)
async def test_time_goes_on_to_a_nudge_the_digest_and_the_next_check_in(window: BrowserContext) -> None:
    jo = await Leader.at_desk(window, "Jo Lindqvist")
    await jo.go("Between")
    await jo.open("Answer", "What's on your plate?")
    await jo.fill("For Riverside Hospitals Trust", "Both wards ask now.")
    await jo.fill("For me", "I am tired.")
    await jo.send()
    await expect(jo.last).to_contain_text("Saved for")
    await skip_until(jo, "digest")
    kasia = await Leader.at_desk(window, "Kasia Nowak")
    await kasia.go("Between")
    # her check-in, and below it the reminder, say so since answers closed
    over = kasia.words.locator("article", has_text="A late answer is as welcome.")
    await expect(over).to_have_count(2)
    await jo.skip()
    await jo.go("young-carers")
    await expect(jo.last).to_contain_text("Both wards ask now.")
    await expect(jo.last).not_to_contain_text("I am tired.")
    await skip_until(jo, "check-in for Desmond")
    await jo.go("Between")
    await expect(jo.last).to_contain_text("Last time")
    await expect(jo.last).to_contain_text("Both wards ask now.")


async def skip_until(who: Leader, coming: str) -> None:
    """Stops just before what is wanted comes."""
    for _ in range(20):
        if coming in await who.skip():
            return
    raise AssertionError(f"No {coming!r} came in twenty steps.")


async def test_kasia_leaves_and_can_come_back(window: BrowserContext) -> None:
    kasia = await Leader.at_desk(window, "Kasia Nowak")
    await kasia.go("Between")
    await kasia.open("More", "Between")
    await kasia.press("Leave")
    sure = kasia.page.locator("dialog#confirm[open]")
    await expect(sure).to_contain_text("You can join again at any time.")
    await sure.get_by_role("button", name="Leave").click()
    await expect(kasia.form).to_contain_text("You've left")
    await kasia.close()
    await kasia.go("young-carers")
    await kasia.open("Join", "Join the group")
    await kasia.close()


async def test_desmond_makes_a_channel_and_sets_a_second_group_up_in_it(window: BrowserContext) -> None:
    desmond = await Leader.at_desk(window, "Desmond Clarke")
    await desmond.add_channel("general")
    await expect(desmond.page.locator("#toast")).to_contain_text("There is a channel called #general already.")
    await desmond.add_channel("Warm homes, warm hearts")
    await expect(desmond.page.locator("#head h1")).to_have_text("#warm-homes-warm-hearts")
    await expect(desmond.page.locator(".members")).to_have_text("1 member")
    await desmond.type("/invite @between")
    await desmond.open("Set up a group", "Set up a group")
    await desmond.close()
