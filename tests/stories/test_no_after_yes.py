"""A *Not me* or a *Not now* pressed after a yes, on a screen that was not drawn anew: nothing untrue is said."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.stage import Stage
from tests.stories.asking import gathered, jo_asks
from tests.stories.holding import commit, say_more

SETTLED = "That was answered, or is over by now. This changes nothing."
NOBODY = "Nobody is told"


async def test_not_me_after_a_yes_does_not_say_that_nobody_is_told(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage)
    await stage.at("2026-11-26 09:30")
    letter = stage.newest("Amir", "[Not me]")
    before = deepcopy(letter.blocks)
    await stage.press("Amir", "Yes, introduce us")
    for _ in range(2):
        letter.blocks = deepcopy(before)
        await stage.press("Amir", "Not me")
        assert SETTLED in stage.shown(letter)
    await stage.at("2026-11-26 09:40")
    assert "may have it" in stage.dm("Jo")


async def test_not_now_after_it_was_taken_up_says_so_too(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo")
    assert await say_more(stage, "Jo", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    await stage.at("2026-11-25 09:30")
    check_in = stage.newest("Amir", "[Take it up]")
    before = deepcopy(check_in.blocks)
    await stage.press("Amir", "Take it up")
    check_in.blocks = before
    await stage.press("Amir", "Not now")
    assert SETTLED in stage.notes("Amir")[-1]


@pytest.mark.parametrize("times", [1, 2])
async def test_a_no_that_is_pressed_twice_is_answered_as_the_first(stage: Stage, times: int) -> None:
    await gathered(stage)
    await jo_asks(stage)
    await stage.at("2026-11-26 09:30")
    letter = stage.newest("Amir", "[Not me]")
    before = deepcopy(letter.blocks)
    for _ in range(times):
        letter.blocks = deepcopy(before)
        await stage.press("Amir", "Not me")
    assert NOBODY in stage.shown(letter)
