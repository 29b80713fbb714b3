"""What somebody types quickly: no key goes astray while a form comes or is drawn anew."""

from __future__ import annotations

import pytest
from playwright.async_api import BrowserContext

from tests.browser.leader import Leader

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

# An observer is asked right after the script that changed the page, before any key or click.
WATCH = """
window.opened = [];
const body = document.getElementById("modal-body"), dialog = document.getElementById("modal");
new MutationObserver(() => window.opened.push(
  dialog.open && dialog.dataset.view === body.dataset.open && dialog.contains(document.activeElement)
)).observe(body, {attributes: true, attributeFilter: ["data-open"]});
"""


async def test_a_form_that_comes_has_the_keys_at_once(window: BrowserContext) -> None:
    sam = await Leader.at_desk(window, "Sam Okafor")
    await sam.go("young-carers")
    await sam.page.evaluate(WATCH)
    await sam.open("More", "Between")
    await sam.open("I'm away until…", "I'm away until…")
    await sam.page.wait_for_function("window.opened.length > 1")
    assert set(await sam.page.evaluate("window.opened")) == {True}
