"""The page of a group's year: one sheet of paper, no scripts, nothing loaded, readable without colour."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace
from playwright.async_api import Browser, Page

from bot.domain.bands import Band
from bot.domain.commitments import State
from bot.domain.pulse import Spread
from bot.domain.questions import OF_THE_BOT, WORKING, QuestionSpec
from bot.domain.year import Month, ShownPulse, Theme, Year
from bot.views.year_page import page
from tests.browser.leader import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TODAY = date(2026, 11, 28)
TAGS = ("seeing young carers", "short breaks", "schools", "one number to ring", "data we may share", "transport")


def months(most: int) -> tuple[Month, ...]:
    firsts = [date(2025 + (11 + n) // 12, (11 + n) % 12 + 1, 1) for n in range(12)]
    return tuple(
        Month(first=first, held={state: (place * 7 + n * 3) % most for n, state in enumerate(State)})
        for place, first in enumerate(firsts)
    )


def answered(spec: QuestionSpec, number: int, every: int) -> list[ShownPulse]:
    bands = (Band.HALF, Band.FEW, Band.FEW, Band.MOST)
    return [
        ShownPulse(
            question=spec.reference,
            day=TODAY - timedelta(days=every * (number - n)),
            spread=tuple(Spread(choice=choice, band=bands[(n + k) % 4]) for k, choice in enumerate(spec.choices)),
        )
        for n in range(number)
    ]


FULL = Year(
    group="Young carers of Riverside",
    today=TODAY,
    months=months(5),
    stand={State.MOVING: 6, State.TENDING: 2, State.STUCK: 1, State.CHANGED: 1, State.LET_GO: 3, State.DONE: 9},
    themes=tuple(Theme(tag=tag, open=9 - n, done=n % 4, let_go=n % 3) for n, tag in enumerate(TAGS)),
    untagged=4,
    talks=7,
    pulses=(*answered(WORKING, 9, 28), *answered(OF_THE_BOT, 4, 91)),
)
FULLEST = replace(
    FULL,
    group=("Young carers " * 20)[:80].strip(),
    months=months(60),
    themes=tuple(
        Theme(tag=f"{n} {'a tag as long as any'[:27]}"[:30], open=99 - n, done=99, let_go=99) for n in range(40)
    ),
    untagged=3000,
    talks=400,
    pulses=(*answered(WORKING, 26, 14), *answered(OF_THE_BOT, 4, 91)),
)
WIDEST = replace(FULLEST, themes=tuple(Theme(tag="W" * 29 + str(n), open=9, done=99, let_go=99) for n in range(9)))
EMPTY = replace(FULL, months=FULL.months[-1:], stand={}, themes=(), untagged=0, talks=0, pulses=())
EMPTY = replace(EMPTY, months=(Month(first=date(2026, 11, 1), held={}),))


@pytest_asyncio.fixture(loop_scope="module")
async def paper(browser: Browser) -> AsyncIterator[Page]:
    """A page that loads nothing: whatever it asks for fails the test."""
    asked: list[str] = []
    opened = await browser.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    await opened.close()
    assert [url for url in asked if not url.startswith(("data:", "about:"))] == []


@pytest.mark.parametrize("year", [FULL, FULLEST, EMPTY], ids=["a year", "the fullest", "an empty one"])
async def test_it_prints_on_one_sheet_of_a4(paper: Page, year: Year) -> None:
    await paper.set_content(page(year))
    printed = await paper.pdf(prefer_css_page_size=True, print_background=False)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert b"/MediaBox [0 0 594" in printed or b"/MediaBox [0 0 595" in printed


async def test_a_tag_that_is_one_wide_word_runs_off_no_paper(paper: Page) -> None:
    await paper.emulate_media(media="print")
    await paper.set_viewport_size({"width": 700, "height": 1000})  # A4 without its margins
    await paper.set_content(page(WIDEST))
    assert await paper.evaluate("document.documentElement.scrollWidth") <= 700


@pytest.mark.parametrize("number", [1, 5, 6, 9])
async def test_letters_are_of_one_size_in_all_pictures_however_often_a_pulse_was_shown(
    paper: Page, number: int
) -> None:
    await paper.set_content(page(replace(FULL, pulses=(*answered(WORKING, number, 28), FULL.pulses[-1]))))
    sizes = await paper.evaluate(
        "[...document.querySelectorAll('svg')].map(one => one.clientWidth / one.viewBox.baseVal.width)"
    )
    assert len(sizes) == 5
    assert max(sizes) < 1.2 * min(sizes)


async def test_it_is_sound_for_a_screen_reader_and_fits_a_phone(paper: Page) -> None:
    await paper.set_viewport_size(PHONE)
    await paper.set_content(page(FULL))
    assert await paper.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert await paper.evaluate("document.scripts.length") == 0
    for picture in await paper.locator("svg").all():
        assert await picture.get_attribute("role") == "img"
        assert await picture.get_attribute("aria-label")
    await paper.evaluate(AXE.read_text("utf-8"))
    found = await paper.evaluate("axe.run()")
    assert [one["id"] for one in found["violations"]] == []


async def test_whoever_sees_no_colour_tells_where_commitments_stood(paper: Page) -> None:
    """Each sort of box is filled otherwise, and is named beside its picture."""
    await paper.set_content(page(FULL))
    fills = await paper.evaluate(
        "[...new Set([...document.querySelector('svg').querySelectorAll('rect[stroke-width]')]"
        ".map(box => box.getAttribute('fill')))]"
    )
    assert len(fills) == len(State)
    words = await paper.locator("svg").first.text_content()
    assert words is not None
    for name in ("Moving", "Needs tending", "Stuck, want help", "Changed", "Let go", "Done"):
        assert name in words
