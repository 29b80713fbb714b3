"""The page on a phone, and by Enter alone: nothing covers what is read, and nothing is done unasked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from playground.clock import Clock
from playground.messages import Message
from playground.page import mount
from playground.server import Playground
from playground.world import World
from tests.browser.chromium import ABSENT, PROGRAM, chromium
from tests.browser.leader import DESK, PHONE, window
from tests.playground.test_page_kettle import PEOPLE, START, tea_room

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(PROGRAM is None, reason=ABSENT),
]
COVERED = """() => [...document.querySelectorAll(".day span")].flatMap((pill) => {
  const p = pill.getBoundingClientRect();
  return [...document.querySelectorAll("#messages article :is(.row-head, .text)")].filter((words) => {
    const w = words.getBoundingClientRect();
    return w.height > 2 && p.top < w.bottom && w.top < p.bottom && p.left < w.right && w.left < p.right;
  }).map((words) => words.textContent);
})"""
"""The words that a day's name lies on."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def pg() -> AsyncIterator[Playground]:
    async with tea_room() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module", params=["phone", "desk"])
async def ann(request: pytest.FixtureRequest, browser: Browser, pg: Playground) -> AsyncIterator[Page]:
    opened = await window(browser, pg.url, PHONE if request.param == "phone" else DESK)
    page = await opened.new_page()
    await page.goto("/as/U1/C1")
    yield page
    await opened.close()


async def test_a_days_name_covers_no_words_wherever_the_pane_stands(ann: Page, pg: Playground) -> None:
    for number in range(30):
        await pg.person("Bo").say("C1", f"A line that is long enough for two on a narrow screen, number {number}.")
        pg.world.clock.move_to(pg.world.clock.now() + timedelta(hours=5))
    await ann.goto("/as/U1/C1")
    await expect(ann.locator("article")).to_have_count(30)
    for place in range(0, 1200, 37):
        await ann.locator("#messages").evaluate("(pane, top) => { pane.scrollTop = top }", place)
        assert await ann.evaluate(COVERED) == []


async def test_the_panel_of_faults_orders_nothing_before_a_fault_is_chosen(ann: Page, pg: Playground) -> None:
    await ann.goto("/panel/faults?back=/as/U1/C1")
    panel = ann.get_by_role("complementary", name="Faults")
    await panel.get_by_role("button", name="Order it").click()
    await expect(panel.get_by_label("What shall go wrong")).to_be_focused()
    assert pg.world.faults.orders == []
    await ann.request.post("/do/U1/C1/faults/order", form={"kind": "", "times": "1"}, headers={"Origin": pg.url})
    assert pg.world.faults.orders == []


async def test_on_a_phone_a_panel_leaves_room_and_is_gone_on_the_next_page(
    browser: Browser, pg: Playground
) -> None:
    opened = await window(browser, pg.url, PHONE)
    page = await opened.new_page()
    await page.goto("/panel/faults?back=/as/U1/C1")
    panel = page.get_by_role("complementary", name="Faults")
    await expect(panel).to_be_visible()
    box = await panel.bounding_box()
    assert box
    assert box["y"] > PHONE["height"] / 5, "The conversation can still be seen."
    await page.goto("/as/U1/C2")
    await expect(panel).to_be_hidden()
    await page.get_by_role("button", name="Channels and apps").click()
    await expect(page.get_by_role("link", name="Order a fault")).to_be_visible()
    await opened.close()


async def test_on_a_desk_a_panel_stays_from_page_to_page(browser: Browser, pg: Playground) -> None:
    opened = await window(browser, pg.url, DESK)
    page = await opened.new_page()
    await page.goto("/panel/faults?back=/as/U1/C1")
    await page.get_by_role("link", name="cakes").click()
    await expect(page).to_have_url("/as/U1/C2")
    await expect(page.get_by_role("complementary", name="Faults")).to_be_visible()
    await opened.close()


@pytest.mark.parametrize("opened_by", ["away", "gone"])
async def test_enter_on_a_form_without_fields_presses_nothing(ann: Page, pg: Playground, opened_by: str) -> None:
    """Whether it opens by itself, or takes the place of one that Enter has sent."""
    await pg.person("Ann").command("/tea", opened_by, "C1")
    if opened_by == "away":
        await expect(ann.get_by_label("Back on")).to_be_focused()
        await ann.keyboard.type("Friday")
        await ann.keyboard.press("Enter")
    form = ann.get_by_role("dialog", name="You're away")
    await expect(form).to_be_visible()
    await ann.keyboard.press("Enter")
    await ann.keyboard.press("Enter")
    await pg.settled()
    assert {one.payload.get("type") for one in pg.world.traffic.deliveries} <= {None, "view_submission"}
    await expect(form).to_be_visible()
    await ann.keyboard.press("Tab")
    await expect(form.get_by_role("button", name="I'm back")).to_be_focused()


# -- the clock ---------------------------------------------------------------------------


async def test_it_says_what_is_skipped_and_skips_to_what_most_wait_for(browser: Browser) -> None:
    planned: list[Any] = [(START + timedelta(days=day), "a nudge") for day in (1, 2)]
    planned += [(START + timedelta(days=3), "digest of jam")]
    planned += [(START + timedelta(days=4), "answers close"), (START + timedelta(days=5), "digest of tea")]

    async def move_to(when: datetime) -> None:
        """Of jam nobody has said anything."""
        world.clock.move_to(when)
        if when == planned[-1][0]:
            await pg.person("Ann").say(pg.world.channels["C1"], "Tea.")

    async def next_thing() -> tuple[datetime, str] | None:
        return next((one for one in planned if one[0] > world.clock.now()), None)

    world = World.from_config(PEOPLE, Clock(START))
    mounted = [lambda app, pg: mount(app, pg, next_thing=next_thing, move_to=move_to, landmark="digest")]
    async with Playground(world, extra=mounted) as pg:
        opened = await window(browser, pg.url, PHONE)
        page = await opened.new_page()
        await page.goto("/as/U1/C1")
        await page.get_by_role("button", name="Skip to the next thing").click()
        await expect(page.locator("#toast")).to_have_text("Skipped to a nudge.")
        await page.get_by_role("button", name="Skip to the digest").click()
        told = "Skipped to digest of tea, past a nudge, digest of jam (nothing to say), answers close."
        await expect(page.locator("#toast")).to_have_text(told)
        await expect(page.locator("#clock")).to_contain_text("Nothing is planned.")
        assert world.clock.now() >= START + timedelta(days=5)
        await expect(page.get_by_role("button", name="Skip to the digest")).to_be_hidden()
        await opened.close()


# -- emoji and replies -------------------------------------------------------------------


async def test_ann_puts_an_emoji_under_a_message_and_takes_it_away(ann: Page, pg: Playground) -> None:
    message = await pg.person("Bo").say("C1", "Cake at four")
    row = ann.locator("article").last
    await expect(row).to_contain_text("Cake at four")
    await row.hover()
    await row.get_by_label("React to this message").click()
    await row.get_by_role("button", name="tada", exact=True).click()
    mine = row.get_by_role("button", name="tada by Ann Archer")
    await expect(mine).to_be_visible()
    assert message.reactions == {"tada": ["U1"]}
    pg.person("Bo").react(message, "tada")
    await expect(row.get_by_role("button", name="tada by Ann Archer, Bo Brand, 2")).to_be_visible()
    await row.locator(".reaction").click()
    await expect(row.get_by_role("button", name="tada by Bo Brand, 1")).to_be_visible()


async def hovered(page: Page, message: Message) -> Locator:
    """Its row, with the tools that show while the pointer is on it."""
    row = page.locator(f"#m-{message.ts.replace('.', '-')}")
    await row.hover()
    return row


async def test_ann_puts_other_words_into_what_she_said_and_takes_it_away(ann: Page, pg: Playground) -> None:
    message = await pg.person("Ann").say("C1", "Tea at @Bo Brand's")
    row = await hovered(ann, message)
    await row.get_by_label("Edit or delete this message").click()
    field = row.get_by_label("Edit this message")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("Tea at @Bo Brand's")
    await field.fill("Tea & cake at @Bo Brand's")
    await row.get_by_role("button", name="Save").click()
    await expect(row.locator(".edited")).to_be_visible()
    await expect(row.get_by_role("button", name="Save")).to_be_hidden()
    assert message.text == "Tea &amp; cake at <@U2>'s"
    await row.hover()
    await row.get_by_label("Edit or delete this message").click()
    await row.get_by_role("button", name="Delete", exact=True).click()
    await expect(row).to_have_count(0)


async def test_ann_finds_no_pen_on_what_bo_said(ann: Page, pg: Playground) -> None:
    message = await pg.person("Bo").say("C1", "Cake at four")
    row = await hovered(ann, message)
    await expect(row.get_by_label("Reply in a thread")).to_be_visible()
    await expect(row.get_by_label("Edit or delete this message")).to_have_count(0)


async def test_ann_replies_in_a_thread_and_to_the_channel_too(ann: Page, pg: Playground) -> None:
    message = await pg.person("Bo").say("C1", "Cake at four")
    row = await hovered(ann, message)
    await row.get_by_label("Reply in a thread").click()
    field = row.get_by_label("Reply to this message")
    await expect(field).to_be_focused()
    await ann.keyboard.type("Yes please")
    await ann.keyboard.press("Enter")
    await expect(row.locator(".thread")).to_contain_text("Yes please")
    await expect(field).to_have_value("")
    await field.fill("With *cream*")
    await row.get_by_label("Also send to #tea").check()
    await row.get_by_role("button", name="Send the reply").click()
    await expect(ann.locator("#messages > section > article").last).to_contain_text("With cream")
    said = list(pg.world.channels["C1"].messages.values())[1:]
    assert [(one.text, one.thread_ts, one.subtype) for one in said] == [
        ("Yes please", message.ts, None),
        ("With *cream*", message.ts, "thread_broadcast"),
    ]
    await field.fill("/tea")
    await field.press("Enter")
    await expect(ann.locator("#toast")).to_have_text("/tea is not supported in threads.")
