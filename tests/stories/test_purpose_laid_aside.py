"""A draft that nobody much cares for is laid aside after six weeks, and says so wherever it stands."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.purposes import BETTER, CAN, CHANGE, close, draft, gathered, live_with, put, sheet, stored
from tests.stories.test_convening import look_after

EVE, DAY = "2027-01-05 08:55", "2027-01-05 09:05"
"""Around the moment six weeks after it was put to all."""
LAID_ASIDE = "Laid aside on Tuesday 5 January 2027: it had not come to stand in six weeks. Anybody can draft again."


@pytest.fixture
async def drafted(stage: Stage) -> Stage:
    """Jo drafts on a Tuesday at nine; one other can live with it."""
    await gathered(stage)
    await draft(stage)
    await live_with(stage, "Sam")
    return stage


async def then(stage: Stage, name: str = "Amir") -> str:
    """What the sheet says under *Then*."""
    shown = await sheet(stage, name)
    await close(stage, name)
    return shown.partition("*Then*")[2]


@pytest.mark.slow
async def test_its_post_and_the_sheet_say_so_and_no_button_is_left(drafted: Stage) -> None:
    await drafted.at(EVE)
    assert f"[{CAN}] [{CHANGE}]" in drafted.shown(put(drafted))
    posts = len(drafted.posts())
    await drafted.at(DAY)
    assert LAID_ASIDE in drafted.shown(put(drafted))
    assert f"[{CAN}]" not in drafted.shown(put(drafted))
    assert LAID_ASIDE in await then(drafted)
    assert len(drafted.posts()) == posts, "it is no news of its own"
    assert (await stored(drafted)).wordings[0].can_live == {}


@pytest.mark.slow
async def test_who_has_the_form_open_as_it_is_laid_aside_gets_their_words_back(drafted: Stage) -> None:
    await drafted.at(EVE)
    await drafted.person("Amir").press(put(drafted), CHANGE)
    await drafted.at(DAY)
    await drafted.person("Amir").fill("What would you change?", "Say rest.")
    await drafted.person("Amir").submit()
    assert "Those words are not under way any more" in drafted.modal("Amir")
    assert "Say rest." in drafted.modal("Amir")


@pytest.mark.slow
async def test_anybody_can_draft_again_and_it_is_a_draft_as_before(drafted: Stage) -> None:
    await drafted.at(DAY)
    await draft(drafted, "Amir", BETTER)
    await drafted.at("2027-01-06 12:00")
    assert "Amir (Riverside Fire & Rescue) drafts what we are here for:" in drafted.shown(put(drafted, BETTER))
    assert LAID_ASIDE in drafted.shown(put(drafted))


@pytest.mark.slow
async def test_in_a_pause_it_is_laid_aside_as_the_group_goes_on(drafted: Stage) -> None:
    await look_after(drafted, "Sam", "Pause the group until…")
    assert await drafted.send("Sam", {"Start again on": "2027-01-18"}) is None
    await drafted.at("2027-01-15 12:00")
    assert f"[{CAN}]" in drafted.shown(put(drafted))
    await drafted.at("2027-01-18 09:00")
    on_monday = LAID_ASIDE.replace("Tuesday 5 January", "Monday 18 January")
    assert on_monday in drafted.shown(put(drafted))
    assert on_monday in await then(drafted)
