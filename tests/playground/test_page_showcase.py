"""One of everything: drawn in words that all can read, used by mouse, keyboard and screen reader, sent as typed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from playground import written
from playground.page import posted, render
from playground.page.surface import Surface
from playground.page.viewer import Viewer
from playground.server import Playground
from tests.browser.chromium import ABSENT, PROGRAM, chromium
from tests.browser.leader import DESK, PHONE, window
from tests.browser.test_access import faults as found_by_axe
from tests.playground.showcase import BIN, CARD, FEEDBACK, MENUS, NOTES, PICTURES, form, rich, said
from tests.playground.test_page_kettle import tea_room

Json = dict[str, Any]
VIEWER = Viewer("U1", people={"U1": "Ann Archer"})
UI = Surface(VIEWER, "modal", "V1", "/act")
IN_A_BROWSER = pytest.mark.skipif(PROGRAM is None, reason=ABSENT)


def drawn(block: Json) -> str:
    return re.sub(r"\s+", " ", str(render.blocks([block], UI)))


# -- drawn -------------------------------------------------------------------------------


@pytest.mark.parametrize("block", PICTURES, ids=lambda one: one["type"])
def test_nothing_that_slack_draws_is_only_named(block: Json) -> None:
    assert "Slack would draw" not in drawn(block)


def test_a_chart_is_a_table_with_its_numbers_in_words() -> None:
    bars, pie = drawn(PICTURES[0]), drawn(PICTURES[1])
    for words in ('<th scope="col">Council</th>', '<th scope="row">Week 3</th>', "1,200", "Families waiting"):
        assert words in bars
    assert "45 (49%)" in pie


def test_a_week_without_a_number_has_a_dash() -> None:
    series = [{"name": "Council", "data": [{"label": "May", "value": 0}]}]
    chart = {"type": "line", "axis_config": {"categories": ["May", "June"]}, "series": series}
    assert ">–</span>" in drawn({"type": "data_visualization", "title": "Waiting", "chart": chart})


def test_a_card_has_its_words_and_its_button() -> None:
    html = drawn(CARD | {"subtext": {"type": "plain_text", "text": "Since May"}})
    for words in ("<b>Young carers</b>", "Six organisations", "Join in</button>", "Since May"):
        assert words in html


def test_a_button_for_some_is_drawn_for_them_only() -> None:
    html = drawn({"type": "context_actions", "elements": [FEEDBACK, BIN | {"visible_to_user_ids": ["U2"]}]})
    assert "Helpful" in html
    assert "Delete" not in html


def test_a_colour_that_is_none_is_only_words() -> None:
    assert "style" not in drawn(rich({"type": "color", "value": "red;position:fixed"}))


# -- typed -------------------------------------------------------------------------------

NOTE = {"type": "rich_text_input", "action_id": "a", "initial_value": NOTES}
BLOCK = {"type": "input", "block_id": "notes", "element": NOTE}


def read(typed: str) -> Any:
    return posted.read([BLOCK], {"notes/a": [typed]}, UI)["notes"]["a"]


def test_rich_text_that_nobody_touched_is_sent_as_it_was() -> None:
    shown = written.words(NOTES, {"U1": "Ann Archer"})
    assert shown == "Bring everything\n• the leaflet\n• @Ann Archer"
    assert read(shown.replace("\n", "\r\n")) == {"type": "rich_text_input", "rich_text_value": NOTES}


def test_rich_text_that_was_typed_is_one_section_of_it() -> None:
    assert read("Bring *nothing*")["rich_text_value"] == rich(said("Bring *nothing*"))
    assert read("")["rich_text_value"] is None


@pytest.mark.parametrize("strange", [None, 5, {}, {"elements": 5}, {"elements": ["x", {"elements": [None, {}]}]}])
def test_rich_text_of_no_shape_has_no_words(strange: Any) -> None:
    assert written.words(strange).strip() == ""


# -- in a browser ------------------------------------------------------------------------


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def pg() -> AsyncIterator[Playground]:
    async with tea_room() as running:
        yield running


async def at(opened: BrowserContext, address: str) -> Page:
    page = await opened.new_page()
    await page.goto(address)
    return page


async def show_all(pg: Playground) -> None:
    client = AsyncWebClient("xoxb-kettle", base_url=pg.api_url)
    for block in (*MENUS, *PICTURES):
        await client.chat_postMessage(channel="C1", text="One of everything", blocks=[block])


async def open_form(pg: Playground) -> None:
    """Ann has asked Kettle for the form."""
    await pg.person("Ann").command("/tea", "form", "C1")
    await pg.until(lambda: pg.person("Ann").modal)
    client = AsyncWebClient("xoxb-kettle", base_url=pg.api_url)
    view = pg.person("Ann").modal
    assert view
    await client.views_update(view_id=view.id, view=form())


@IN_A_BROWSER
@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_in_one_of_everything(
    browser: Browser, pg: Playground, dark: bool, size: dict[str, int]
) -> None:
    opened = await window(browser, pg.url, size, dark=dark)  # type: ignore[arg-type]
    await show_all(pg)
    page = await at(opened, "/as/U1/C1")
    await page.get_by_text("Select items").first.click()
    assert await found_by_axe(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.goto("/panel/traffic?back=/as/U1/C1")
    await page.locator("#inspector summary").first.click()
    await expect(page.locator("#inspector pre").first).to_contain_text("arguments")
    assert await found_by_axe(page) == []
    await open_form(pg)
    await page.goto("/panel/none?back=/as/U1/C1")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Please complete this required field.").first).to_be_visible()
    assert await found_by_axe(page) == []
    await opened.close()


@IN_A_BROWSER
@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="module")
async def test_ann_fills_in_what_is_required_and_leaves_her_notes_as_they_are(
    browser: Browser, pg: Playground
) -> None:
    opened = await window(browser, pg.url)
    await open_form(pg)
    page = await at(opened, "/as/U1/C1")
    await page.get_by_role("dialog").get_by_text("Select items").click()
    await page.get_by_label("Council").check()
    await page.get_by_label("More").fill("Two\nlines")
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await pg.until(lambda: _sent(pg))
    values = _sent(pg)[0]["view"]["state"]["values"]
    assert values["notes"]["a"]["rich_text_value"] == NOTES
    assert values["more"]["a"]["rich_text_value"] == rich(said("Two\nlines"))
    assert [one["value"] for one in values["who"]["a"]["selected_options"]] == ["council"]
    await opened.close()


def _sent(pg: Playground) -> list[Json]:
    return [one.payload for one in pg.world.traffic.deliveries if one.payload.get("type") == "view_submission"]


@IN_A_BROWSER
@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="module")
async def test_buttons_in_cards_and_below_messages_tell_the_app(browser: Browser, pg: Playground) -> None:
    opened = await window(browser, pg.url)
    await show_all(pg)
    page = await at(opened, "/as/U1/C1")
    for name in ("Join in", "I will be there", "Not helpful", "Delete"):
        await page.get_by_role("button", name=name, exact=True).first.click()
    await pg.until(lambda: len(_actions(pg)) == 4)
    told = {(one["type"], one["action_id"], one.get("value")) for one in _actions(pg)}
    assert told == {
        ("button", "join_in", None),
        ("button", "there", None),
        ("feedback_buttons", "thumb", "bad"),
        ("icon_button", "bin", "m1"),
    }
    await opened.close()


def _actions(pg: Playground) -> list[Json]:
    return [one.payload["actions"][0] for one in pg.world.traffic.deliveries if "actions" in one.payload]
