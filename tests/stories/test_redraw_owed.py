"""Slack would not have a DM redrawn after a press: that is owed, and done at the next look at the group."""

from __future__ import annotations

import pytest

from playground.faults import Fault
from tests.stage import Stage
from tests.stories.asking import gathered, jo_asks
from tests.stories.holding import commit

BUDGET = "The budget closes on the 9th."
FAULTS = ("error_before", "fatal_before", "closed")


def fail(stage: Stage, fault: str = "error_before", times: int = 1) -> None:
    stage.pg.world.faults.order(Fault(fault), times=times, method="chat.update")


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    await stage.gather("Jo")
    await commit(stage, "Jo")
    await stage.at("2026-11-25 09:00")
    return stage


@pytest.mark.parametrize("fault", FAULTS)
async def test_after_save_the_dm_says_what_was_saved_without_another_press(asked: Stage, fault: str) -> None:
    fail(asked, fault)
    await asked.answer("Jo", organisation=BUDGET)
    await asked.at("2026-11-25 09:02")
    shown = asked.shown(asked.newest("Jo", BUDGET))
    assert "Saved for *Young carers*." in shown
    assert "[Change] [Pull it back]" in shown
    assert "[Nothing new]" not in shown


@pytest.mark.parametrize("button", ["Nothing new", "Skip this one", "Stuck, want help"])
async def test_after_a_tap_it_says_where_it_stands(asked: Stage, button: str) -> None:
    fail(asked)
    await asked.press("Jo", button)
    await asked.at("2026-11-25 09:02")
    assert f"[{button}]" not in asked.shown(asked.dms("Jo")[-1])
    updates = [call for call in asked.pg.world.traffic.log if getattr(call, "method", "") == "chat.update"]
    await asked.at("2026-11-25 11:00")
    again = [call for call in asked.pg.world.traffic.log if getattr(call, "method", "") == "chat.update"]
    assert len(again) == len(updates), "once it stands there, nothing is owed"


async def test_it_waits_for_an_answer_again_where_that_was_undone(asked: Stage) -> None:
    await asked.press("Jo", "Nothing new")
    fail(asked)
    await asked.press("Jo", "Undo")
    await asked.at("2026-11-25 09:02")
    assert "[Nothing new]" in asked.dm("Jo")


@pytest.mark.slow
async def test_after_yes_introduce_us_in_a_letter_it_can_be_pressed_no_more(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage)
    await stage.at("2026-11-30 09:30")
    letter = stage.newest("Amir", "[Yes, introduce us]")
    fail(stage)
    await stage.person("Amir").press(letter, "Yes, introduce us")
    await stage.settle()
    await stage.at("2026-11-30 09:32")
    assert "[Yes, introduce us]" not in stage.shown(letter)


@pytest.mark.slow
async def test_after_yes_introduce_us_below_a_check_in_too(stage: Stage) -> None:
    await gathered(stage)
    await stage.at("2026-12-07 17:00")
    await jo_asks(stage)
    await stage.at("2026-12-09 09:30")
    asked = stage.newest("Amir", "[Yes, introduce us]")
    assert "Two minutes?" in stage.shown(asked)
    fail(stage)
    await stage.person("Amir").press(asked, "Yes, introduce us")
    await stage.settle()
    await stage.at("2026-12-09 09:32")
    assert "[Yes, introduce us]" not in stage.shown(asked)
    assert "[Nothing new]" in stage.shown(asked)
