"""A wording that others take the place of: they begin afresh, and what asked for the old one says so."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.stage import Stage
from tests.stories.purposes import (
    BETTER,
    CAN,
    CHANGE,
    close,
    draft,
    gathered,
    live_with,
    put,
    standing,
    stored,
    thread,
    would_change,
)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    return await gathered(stage)


async def test_other_words_begin_afresh_and_the_old_buttons_say_so_kindly(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam", "Amir")
    old = put(carers)
    buttons = carers.shown(old)
    await carers.at("2026-11-25 15:00")
    await carers.person("Sam").press(old, CHANGE)
    await draft(carers, "Jo", BETTER)
    assert "Other words took their place on Wednesday 25 November 2026." in carers.shown(old)
    assert f"[{CAN}]" in buttons
    assert f"[{CAN}]" not in carers.shown(old)
    await carers.person("Sam").fill("What would you change?", "Too late, perhaps.")
    await carers.person("Sam").submit()
    await carers.settle()
    assert "Those words are not under way any more" in carers.modal("Sam")
    assert "Too late, perhaps." in carers.modal("Sam")
    await close(carers, "Sam")
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 1


async def test_what_was_asked_of_words_that_are_settled_sends_nobody_to_who_drafted_them(carers: Stage) -> None:
    await draft(carers)
    await would_change(carers, "Priya", "Tired is the wrong word.")
    assert "Jo (Riverside Hospitals Trust) can put other words to all." in thread(carers)
    await draft(carers, "Jo", BETTER)
    await carers.settle()
    assert "can put other words to all" not in thread(carers)
    assert "Tired is the wrong word." in thread(carers)


@pytest.mark.slow
@pytest.mark.parametrize("button", [CAN, CHANGE])
async def test_after_other_words_no_check_in_asks_for_the_old_ones(carers: Stage, button: str) -> None:
    await draft(carers)
    await carers.at("2026-11-25 12:00")
    asked = carers.newest("Amir", f"[{CAN}]")
    before = deepcopy(asked.blocks)
    await draft(carers, "Jo", BETTER)
    assert f"[{CAN}]" not in carers.shown(asked)
    asked.blocks = before  # as where Slack had not shown it anew yet
    await carers.person("Amir").press(asked, button)
    await carers.settle()
    assert "Those words are not under way any more" in carers.notes("Amir")[-1]
    assert f"[{CAN}]" not in carers.shown(asked)
    assert "[Nothing new]" in carers.shown(asked)


@pytest.mark.slow
async def test_other_words_than_those_that_stand_are_put_to_each_as_such(carers: Stage) -> None:
    await standing(carers)
    await draft(carers, sentence=BETTER)
    await carers.at("2026-12-09 12:00")
    asked = carers.newest("Amir", "[Not now]")
    assert f"suggests other words for what we are here for: “{BETTER}”" in carers.shown(asked)
