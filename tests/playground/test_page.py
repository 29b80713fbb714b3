"""The playground's page in a real browser, driving Kettle: a person looks, talks, clicks, fills forms in."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from playground.server import Playground
from tests.playground.test_page_kettle import tea_room

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        BROWSER is None, reason="The page's tests need Chromium or Chrome, and neither is installed."
    ),
]
expect.set_options(timeout=50_000)  # before pytest itself gives up; how long it takes is nobody's promise


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=BROWSER, args=ARGS)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="module")
async def pg() -> AsyncIterator[Playground]:
    async with tea_room() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def ann(browser: Browser, pg: Playground) -> AsyncIterator[Page]:
    """Ann's window on #tea. Any error in the browser's console fails the test."""
    page = await browser.new_page(base_url=pg.url, locale="en-GB")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    await page.goto("/as/U1/C1")
    yield page
    await page.close()
    assert faults == []


async def send(page: Page, text: str) -> None:
    await page.locator("#composer").fill(text)
    await page.locator("#composer").press("Enter")


async def open_form(page: Page) -> None:
    await send(page, "/tea form")
    await expect(page.get_by_role("dialog", name="A cup of tea")).to_be_visible()


async def test_somebody_chooses_who_to_be_and_switches(ann: Page) -> None:
    await ann.goto("/")
    await ann.get_by_role("link", name="Ann Archer").click()
    await expect(ann.get_by_role("heading", name="tea")).to_be_visible()
    await ann.locator(".switcher summary").click()
    await ann.get_by_role("link", name="Bo Brand").click()
    await expect(ann).to_have_url("/as/U2/C1")
    await expect(ann.locator("#clock")).to_contain_text("Wed 25 Nov 14:30 IST")


async def test_what_is_said_is_drawn_as_words_never_as_markup(ann: Page) -> None:
    await send(ann, "Hello *all* <img src=x onerror=alert(1)> <!channel>")
    row = ann.locator("article").last
    await expect(row).to_contain_text("Hello all <img src=x onerror=alert(1)> <!channel>")
    await expect(row.locator(".text b")).to_have_text("all")
    assert await row.locator("img, .mention").count() == 0
    await expect(ann.locator("#composer")).to_have_value("")


async def test_a_command_posts_and_each_viewer_reads_their_own_time(ann: Page, pg: Playground) -> None:
    await send(ann, "/tea")
    await expect(ann.locator("#messages")).to_contain_text("@Ann Archer asked on Friday 27 November at 09:00.")
    await ann.goto("/as/U2/C1")
    await expect(ann.locator("#messages")).to_contain_text("@Ann Archer asked on Friday 27 November at 14:30.")


async def test_commands_are_hinted_at_while_typing(ann: Page) -> None:
    await ann.locator("#composer").press_sequentially("/tea")
    await expect(ann.locator(".hint-line:visible")).to_have_count(2)
    await ann.locator("#composer").press_sequentially("p")
    await ann.keyboard.press("Tab")
    await expect(ann.locator("#composer")).to_have_value("/teapot ")


async def test_a_button_answers_only_the_one_who_pressed_it(ann: Page, browser: Browser) -> None:
    await send(ann, "/tea")
    await ann.get_by_role("button", name="Yes please").click()
    await expect(ann.locator("article").last).to_contain_text("Only visible to you")
    await expect(ann.locator("article").last).to_contain_text("@Ann Archer is in.")
    await ann.goto("/as/U2/C1")
    await expect(ann.locator("#messages")).not_to_contain_text("is in.")


async def test_selects_and_menus_tell_the_app_what_was_chosen(ann: Page) -> None:
    await send(ann, "/tea")
    await ann.get_by_role("combobox").select_option("Strong")
    await expect(ann.locator("article").last).to_contain_text("Noted: strong")
    await expect(ann.get_by_role("combobox")).to_have_value("strong")
    await ann.locator("summary[aria-label='More actions']").click()
    await ann.get_by_role("button", name="Mute").click()
    await expect(ann.locator("article").last).to_contain_text("Noted: mute")


async def test_a_confirmation_is_asked_before_the_app_hears(ann: Page, pg: Playground) -> None:
    await send(ann, "/tea")
    await ann.get_by_role("button", name="Cancel").click()
    asked = ann.get_by_role("dialog", name="Cancel the round?")
    await asked.get_by_role("button", name="Keep it").click()
    await expect(asked).to_be_hidden()
    assert [one.kind for one in pg.world.traffic.deliveries] == ["slash_commands"]
    await ann.get_by_role("button", name="Cancel").click()
    await asked.get_by_role("button", name="Cancel it").click()
    await expect(ann.locator("article").last).to_contain_text("Noted: cancel")


async def test_a_form_keeps_every_word_when_it_is_refused(ann: Page) -> None:
    await open_form(ann)
    form = ann.get_by_role("dialog")
    await expect(form.get_by_label("For whom")).to_be_focused()
    await form.get_by_label("Why").fill("Because\nit rains")
    await form.get_by_role("button", name="Pour", exact=True).click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    await expect(form.get_by_label("For whom")).to_be_focused()
    await form.get_by_label("For whom").fill("nobody")
    await form.get_by_label("Lemon").check()
    await form.get_by_role("button", name="Pour", exact=True).click()
    await expect(form.get_by_text("Somebody must drink it.")).to_be_visible()
    await expect(form.get_by_label("Why")).to_have_value("Because\nit rains")
    await form.get_by_label("For whom").fill("Bo")
    await form.get_by_role("button", name="Pour", exact=True).click()
    await expect(form).to_be_hidden()
    await expect(ann.get_by_role("link", name="Kettle 1 unread")).to_be_visible()
    await ann.get_by_role("link", name="Kettle").click()
    await expect(ann.locator("#messages")).to_contain_text("Poured for Bo with milk, lemon on 2026-11-27: Because")


async def test_an_updated_form_keeps_what_was_typed(ann: Page) -> None:
    await open_form(ann)
    form = ann.get_by_role("dialog")
    await form.get_by_label("For whom").fill("Bo")
    await form.get_by_label("Large").check()
    await form.get_by_role("button", name="Top up").click()
    await expect(form.get_by_role("heading", name="Topped up")).to_be_visible()
    await expect(form.get_by_label("For whom")).to_have_value("Bo")
    await expect(form.get_by_label("Large")).to_be_checked()


async def test_an_external_menu_asks_the_app(ann: Page) -> None:
    await open_form(ann)
    await ann.get_by_label("Leaf").press_sequentially("fan")
    await expect(ann.get_by_label("Fannings")).to_be_visible()
    await expect(ann.get_by_label("Broken orange")).to_be_hidden()


async def test_escape_closes_the_form_and_focus_stays_inside_until_then(ann: Page) -> None:
    await open_form(ann)
    for _ in range(20):
        await ann.keyboard.press("Tab")
        assert await ann.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#modal')"
        )
    await ann.keyboard.press("Escape")
    await expect(ann.get_by_role("dialog")).to_be_hidden()


async def test_news_arrives_without_losing_what_is_being_typed(ann: Page, pg: Playground) -> None:
    await ann.locator("#composer").press_sequentially("half a sent")
    await pg.person("Bo").say("C1", "Anyone for cake?")
    await expect(ann.locator("#messages")).to_contain_text("Anyone for cake?")
    await ann.keyboard.type("ence")
    await expect(ann.locator("#composer")).to_have_value("half a sentence")
    await open_form_for(pg)
    await expect(ann.get_by_label("For whom")).to_be_focused()
    await ann.keyboard.type("Mar")
    await pg.person("Bo").say("C1", "Still here")
    await expect(ann.locator("#messages")).to_contain_text("Still here")
    await ann.keyboard.type("gery")
    await expect(ann.get_by_label("For whom")).to_have_value("Margery")


async def open_form_for(pg: Playground) -> None:
    await pg.person("Ann").command("/tea", "form", "C1")
    await pg.until(lambda: pg.person("Ann").modal)


async def test_an_app_that_does_not_answer_is_told_of_by_slack(ann: Page, pg: Playground) -> None:
    pg.world.ack_timeout_s = 0.3
    await send(ann, "/teapot")
    await expect(ann.locator("article.notice")).to_contain_text("/teapot failed")
    await ann.get_by_role("link", name="Show the traffic").click()
    await expect(ann.locator("#inspector .bad")).to_contain_text("not acknowledged")


async def test_a_refused_call_is_shown_in_words(ann: Page) -> None:
    await ann.goto("/panel/traffic?back=/as/U1/C2")
    await send(ann, "/tea")
    line = ann.locator("#inspector details.bad")
    await expect(line).to_contain_text("Refused: not_in_channel: The app is not in that channel.")
    await line.locator("summary").click()
    await expect(line.locator("pre")).to_contain_text('"error": "not_in_channel"')


async def test_the_clock_moves_to_the_next_thing(ann: Page) -> None:
    await expect(ann.locator("#clock")).to_contain_text("Next: Fri 27 Nov 09:00 GMT — tea is served")
    await ann.get_by_role("button", name="+1 hour").click()
    await expect(ann.locator("#clock")).to_contain_text("Wed 25 Nov 10:00 GMT")
    await ann.get_by_role("button", name="Skip to the next thing").click()
    await expect(ann.locator("#clock")).to_contain_text("Fri 27 Nov 09:00 GMT")
    await expect(ann.locator("#clock")).to_contain_text("Nothing is planned.")


async def test_home_is_drawn_when_the_app_publishes_it(ann: Page) -> None:
    await ann.goto("/as/U1/A1")
    await expect(ann.get_by_role("heading", name="Your cups")).to_be_visible()
    await ann.get_by_role("button", name="Pour one").click()
    await expect(ann.get_by_role("dialog", name="A cup of tea")).to_be_visible()


async def test_a_direct_message_reaches_the_app_and_comes_back(ann: Page) -> None:
    await ann.get_by_role("link", name="Kettle").click()
    await send(ann, "are you on?")
    await expect(ann.locator("article").last).to_contain_text("You said: are you on?")


async def test_somebody_is_brought_into_a_channel(ann: Page, pg: Playground) -> None:
    await ann.get_by_role("link", name="cakes").click()
    await send(ann, "/invite @Kettle")
    await expect(ann.locator(".members")).to_have_text("2 members")
    assert "UKETTLE" in pg.world.channels["C2"].members
    await send(ann, "/invite @Nobody")
    await expect(ann.locator("#toast")).to_contain_text("Nobody here is called @Nobody")


async def test_on_a_phone_the_channels_are_behind_a_button(ann: Page) -> None:
    await ann.set_viewport_size({"width": 390, "height": 844})
    await expect(ann.get_by_role("link", name="cakes")).to_be_hidden()
    await ann.get_by_role("button", name="Channels and apps").click()
    await ann.get_by_role("link", name="cakes").click()
    await expect(ann.get_by_role("heading", name="cakes")).to_be_visible()
    assert await ann.evaluate("document.documentElement.scrollWidth <= innerWidth")
    heights = [(await ann.get_by_text(words).bounding_box() or {})["y"] for words in ("+1 hour", "+1 day")]
    assert heights[0] == heights[1]


async def test_two_people_are_seen_side_by_side(ann: Page) -> None:
    await ann.goto("/both/U1/U2")
    left, right = ann.frame_locator("iframe >> nth=0"), ann.frame_locator("iframe >> nth=1")
    await left.locator("#composer").fill("Can you see me?")
    await left.locator("#composer").press("Enter")
    await expect(right.locator("article").last).to_contain_text("Can you see me?")


async def test_shortcuts_work_from_the_composer_and_on_a_message(ann: Page) -> None:
    await send(ann, "Worth keeping")
    await ann.get_by_label("Shortcuts on this message").click()
    await ann.get_by_role("button", name="Keep this").click()
    await expect(ann.get_by_role("link", name="Kettle 1 unread")).to_be_visible()
    await ann.locator("#composer").press_sequentially("/")
    await ann.get_by_role("button", name="Pour a cup").click()
    await expect(ann.get_by_role("dialog", name="A cup of tea")).to_be_visible()


async def test_a_long_conversation_shows_its_end_and_more_on_request(ann: Page, pg: Playground) -> None:
    for number in range(50):
        await pg.person("Bo").say("C1", f"Line {number}.")
    await expect(ann.locator("article")).to_have_count(40)
    await expect(ann.locator("article").last).to_be_in_viewport()
    await ann.get_by_role("link", name="Show earlier messages").click()
    await expect(ann.locator("article")).to_have_count(50)
    await send(ann, "Enough")
    await expect(ann.locator("article")).to_have_count(51)
