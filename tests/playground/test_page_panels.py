"""The page's panels in a real browser, and every page of the playground under axe, in light and in dark."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from playground.config import CONNECT, load
from playground.faults import Fault
from playground.page import mount
from playground.server import Playground
from tests.browser.chromium import ABSENT, PROGRAM, chromium
from tests.browser.leader import DESK, PHONE, window
from tests.browser.test_access import faults as found_by_axe
from tests.playground.test_page_kettle import tea_room

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(PROGRAM is None, reason=ABSENT),
]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def pg() -> AsyncIterator[Playground]:
    async with tea_room() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def ann(browser: Browser, pg: Playground) -> AsyncIterator[Page]:
    """Ann's window on #tea. Any error in the browser's console fails the test."""
    opened = await window(browser, pg.url)
    yield await at(opened, "/as/U1/C1")
    await opened.close()


async def at(opened: BrowserContext, address: str) -> Page:
    page = await opened.new_page()
    await page.goto(address)
    return page


# -- the panel of faults -----------------------------------------------------------------


async def test_ann_orders_a_fault_in_words_and_sees_it_wait_and_strike(ann: Page, pg: Playground) -> None:
    panel = await open_faults(ann)
    await panel.get_by_label("What shall go wrong").select_option("HTTP 500, and nothing is done.")
    await panel.get_by_label("How often").fill("2")
    await panel.get_by_label("Only for this method or event").fill("auth.test")
    await panel.get_by_role("button", name="Order it").click()
    await expect(panel.locator("#faults-waiting")).to_contain_text("2 more times, auth.test")
    await expect(ann.get_by_role("link", name="Hide the faults 1 waiting")).to_be_visible()
    with pytest.raises(Exception, match="500"):
        await AsyncWebClient("xoxb-kettle", base_url=pg.api_url).auth_test()
    await expect(panel.locator("#faults-waiting")).to_contain_text("1 more time, auth.test")
    await expect(panel.locator("#faults-counts")).to_have_text("1× HTTP 500, and nothing is done.")
    await panel.get_by_text("When and where").click()
    await expect(panel.locator("#faults-struck")).to_contain_text("auth.test")
    await panel.get_by_role("button", name="Withdraw").click()
    await expect(panel.locator("#faults-waiting")).to_have_text("Nothing is ordered. All goes well.")


async def test_an_order_by_keyboard_alone(ann: Page, pg: Playground) -> None:
    panel = await open_faults(ann)
    await panel.get_by_label("What shall go wrong").focus()
    await ann.keyboard.type("An event is delivered twice")
    for _ in range(5):
        await ann.keyboard.press("Tab")
    await expect(panel.get_by_role("button", name="Order it")).to_be_focused()
    await ann.keyboard.press("Enter")
    await expect(panel.locator("#faults-waiting")).to_contain_text("An event is delivered twice")
    assert [one.fault.kind for one in pg.world.faults.orders] == ["event_twice"]


async def test_what_is_being_filled_in_stays_while_others_talk(ann: Page, pg: Playground) -> None:
    panel = await open_faults(ann)
    await panel.get_by_label("What shall go wrong").select_option("outage")
    await panel.get_by_label("How many seconds").fill("90")
    await pg.person("Bo").say("C1", "Still here")
    await expect(ann.locator("#messages")).to_contain_text("Still here")
    await expect(panel.get_by_label("What shall go wrong")).to_have_value("outage")
    await expect(panel.get_by_label("How many seconds")).to_have_value("90")


async def open_faults(page: Page) -> Locator:
    await page.get_by_role("link", name="Order a fault").click()
    return page.get_by_role("complementary", name="Faults")


# -- the panel of traffic ----------------------------------------------------------------


async def test_tokens_and_secrets_are_not_shown_in_the_traffic(ann: Page, pg: Playground) -> None:
    client = AsyncWebClient("xoxb-kettle", base_url=pg.api_url)
    await client.api_call(
        "auth.test", params={"token": "xoxb-kettle", "client_secret": "brew", "note": "xapp-1-kettle"}
    )
    await ann.get_by_role("link", name="Show the traffic").click()
    line = ann.locator("#inspector details").filter(has_text="auth.test").first
    await line.locator("summary").click()
    await expect(line.locator("pre")).to_contain_text('"note": "(hidden)"')
    said = await line.locator("pre").inner_text()
    assert [secret for secret in ("xoxb-", "xapp-", "brew") if secret in said] == []


async def test_refusals_are_counted_until_somebody_looks(ann: Page) -> None:
    await ann.goto("/as/U1/C2")
    await ann.locator("#composer").fill("/tea")
    await ann.keyboard.press("Enter")
    await expect(ann.get_by_role("link", name="Show the traffic 1 refused")).to_be_visible()
    await ann.get_by_role("link", name="Show the traffic").click()
    await expect(ann.get_by_role("link", name="Hide the traffic", exact=True).first).to_be_visible()
    await ann.goto("/panel/none?back=/as/U1/C2")
    await expect(ann.get_by_role("link", name="Show the traffic", exact=True)).to_be_visible()


# -- several workspaces ------------------------------------------------------------------


async def test_people_of_other_workspaces_are_told_apart(browser: Browser) -> None:
    async with Playground(load(CONNECT), extra=[mount]) as running:
        opened = await window(browser, running.url)
        sam = await at(opened, "/")
        await expect(sam.get_by_role("link", name="Aoife Brennan")).to_contain_text("in Young Carers Together")
        await running.person("Aoife").say("young-carers", "Hello from over here")
        await sam.goto("/as/U0SAM/C0CARERS")
        await expect(sam.locator("#head")).to_contain_text("Shared with Riverside Hospitals Trust, Young Carers")
        await expect(sam.locator("article").last).to_contain_text("Young Carers Together")
        running.world.channels["C0CARERS"].members.append("U0BETWEENT")
        trust = AsyncWebClient("xoxb-playground-trust", base_url=running.api_url)
        await trust.chat_postMessage(channel="C0CARERS", text="From the hospitals")
        await expect(sam.locator("article").last).to_contain_text("APP Riverside Hospitals Trust")
        await expect(sam.locator("#sidebar .workspace-name")).to_have_text("Riverside Council")
        await sam.locator(".switcher summary").click()
        await expect(sam.get_by_role("link", name="Jo Lindqvist")).to_contain_text("in Riverside Hospitals Trust")
        assert await found_by_axe(sam) == []
        await sam.get_by_role("link", name="Aoife", exact=True).click()
        await expect(sam.locator("iframe")).to_have_count(2)
        await opened.close()


# -- for everybody -----------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing(browser: Browser, pg: Playground, dark: bool, size: dict[str, int]) -> None:
    opened = await window(browser, pg.url, size, dark=dark)  # type: ignore[arg-type]
    await with_something_in_every_panel(pg)
    page = await opened.new_page()
    found = {}
    for address in ("/", "/as/U1/C1", "/panel/traffic?back=/as/U1/C1", "/panel/faults?back=/as/U1/C1", "/as/U1/A1"):
        await page.goto(address)
        found[address] = await found_by_axe(page)
        if "/panel" in address:
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await pg.person("Ann").command("/tea", "form", "C1")
    await pg.until(lambda: pg.person("Ann").modal)
    await page.goto("/panel/none?back=/as/U1/C1")
    await expect(page.get_by_role("dialog")).to_be_visible()
    found["modal"] = await found_by_axe(page)
    await pg.person("Ann").close(everything=True)
    await page.goto("/both/U1/U2")
    found["both"] = await found_by_axe(page)
    await opened.close()
    assert {where: what for where, what in found.items() if what} == {}


async def test_ann_does_it_all_by_keyboard(ann: Page) -> None:
    await ann.goto("/")
    await ann.keyboard.press("Tab")
    await expect(ann.get_by_role("link", name="Ann Archer")).to_be_focused()
    await ann.keyboard.press("Enter")
    await expect(ann.locator("#head")).to_contain_text("tea")
    await ann.keyboard.press("Tab")
    await expect(ann.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await ann.keyboard.press("Enter")
    await tab_to(ann, ann.locator("#composer"))
    await ann.keyboard.type("/tea form")
    await ann.keyboard.press("Enter")
    form = ann.get_by_role("dialog", name="A cup of tea")
    await expect(form.get_by_label("For whom")).to_be_focused()
    await ann.keyboard.press("Escape")
    await expect(form).to_be_hidden()
    await ann.goto("/as/U1/C1")
    await tab_to(ann, ann.get_by_role("link", name="Order a fault"))
    await ann.keyboard.press("Enter")
    await expect(ann.get_by_role("complementary", name="Faults")).to_be_visible()
    await tab_to(ann, ann.get_by_role("link", name="Hide the faults", exact=True).last)
    await ann.keyboard.press("Enter")
    await expect(ann.get_by_role("complementary", name="Faults")).to_be_hidden()


MOST_TYPED = 5


async def test_the_arrows_go_through_the_commands_on_offer(ann: Page) -> None:
    await ann.locator("#composer").press_sequentially("/tea")
    await ann.keyboard.press("ArrowDown")
    await ann.keyboard.press("ArrowDown")
    await expect(ann.locator(".hint-line:focus")).to_contain_text("/teapot")
    await ann.keyboard.press("ArrowDown")
    await expect(ann.locator("#composer")).to_be_focused()
    await ann.keyboard.press("ArrowUp")
    await ann.keyboard.press("Enter")
    await expect(ann.locator("#composer")).to_have_value("/teapot ")
    await expect(ann.locator("#composer")).to_be_focused()


async def test_a_form_hears_escape_from_the_moment_it_is_shown(ann: Page) -> None:
    """However long htmx takes to settle what it swapped in. Not for ever: until then the page hears no more news,
    and on a busy machine the form may come with the second."""
    await ann.goto("/as/U1/C1")
    await ann.evaluate("htmx.config.defaultSettleDelay = 5000")
    form = ann.get_by_role("dialog", name="A cup of tea")
    await until_answered(ann, "/tea form", form)
    await expect(form.get_by_label("For whom")).to_be_focused()
    await ann.keyboard.press("Escape")
    await expect(form).to_be_hidden()


async def until_answered(ann: Page, command: str, form: Locator) -> None:
    """The kettle has Slack's three seconds to answer, which on a busy machine may pass: then Ann types it again."""
    for _ in range(MOST_TYPED):
        await ann.locator("#composer").fill(command)
        await ann.keyboard.press("Enter")
        await expect(form.or_(ann.locator("#toast:not(:empty)")).first).to_be_visible()
        if await form.is_visible():
            return
    raise AssertionError(f"{command} was not answered in {MOST_TYPED} times.")


async def tab_to(page: Page, wanted: Locator, most: int = 40) -> None:
    """Tab until it has the focus; on the way everything that has it can be seen."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.getBoundingClientRect().width > 0")
        if await wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("Tab does not lead there.")


async def with_something_in_every_panel(pg: Playground) -> None:
    """A message, a refusal, a fault that waits and one that struck."""
    client = AsyncWebClient("xoxb-kettle", base_url=pg.api_url)
    await pg.person("Ann").command("/tea", "", "C1")
    await client.api_call("auth.test")
    pg.world.faults.order(Fault("slow", 0.01), times=3, method="auth.test")
    await client.api_call("auth.test")
    with pytest.raises(Exception, match="channel_not_found"):
        await client.chat_postMessage(channel="C9", text="Anybody?")
