"""What is still open as the group ends is deleted unshown, and said to be: paused before, or Between was down."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.stage import LONDON, Stage
from tests.stories import inquiring, reviewing
from tests.stories.holding import behind_more
from tests.stories.resting import closed, end, pause

pytestmark = pytest.mark.slow

UNSHOWN = "The group ended before anything was shown. What there was is deleted unshown."
SIX = ("Jo", "Amir", "Margaret", "Wei", "Aoife")


async def asked(stage: Stage) -> None:
    await stage.gather(*SIX)
    await stage.at("2026-11-24 09:00")
    await inquiring.ask(stage, "Amir", until="2026-12-01")
    await inquiring.write(stage, "Jo", "One number to ring.")
    await inquiring.write(stage, "Wei", "More time.")
    await stage.at("2026-11-26 12:00")


async def reviewed(stage: Stage) -> None:
    await reviewing.gather(stage)
    await reviewing.start(stage, until="2026-12-01")
    await reviewing.all_place(stage)
    await stage.at("2026-11-26 12:00")


async def ended_in_a_pause(stage: Stage) -> None:
    await pause(stage, "2027-01-11")
    await stage.at("2026-11-27 12:00")
    await end(stage)
    await stage.at("2026-12-07 12:00")


async def down_over_the_end(stage: Stage) -> None:
    await end(stage)
    stage.clock.move_to(datetime(2026, 12, 4, 12, 0, tzinfo=LONDON))
    await stage.settle()
    await stage.at("2026-12-07 12:00")


async def test_what_jo_answered_goes_with_a_group_that_is_ended_in_a_pause(stage: Stage) -> None:
    await asked(stage)
    await ended_in_a_pause(stage)
    assert UNSHOWN in stage.shown(inquiring.post(stage))
    assert await inquiring.stored_texts(stage) == set()


async def test_what_jo_placed_goes_with_a_group_that_is_ended_in_a_pause(stage: Stage) -> None:
    await reviewed(stage)
    await ended_in_a_pause(stage)
    assert UNSHOWN in stage.shown(reviewing.post(stage))
    assert await reviewing.kept(stage) == 0


async def test_where_between_was_down_over_the_end_nobody_reads_that_nobody_answered(stage: Stage) -> None:
    await asked(stage)
    await down_over_the_end(stage)
    said = stage.shown(inquiring.post(stage))
    assert UNSHOWN in said
    assert "There is nothing to show" not in said
    await behind_more(stage, "Sam", "Look after the group…", "Go on now")
    await stage.settle()
    await stage.at("2026-12-09 12:00")
    assert UNSHOWN in stage.shown(inquiring.post(stage)), "also once the group goes on again"
    assert "unshown, as the group ended" in await closed(stage, "Wei", "What for", "Questions to all")


async def test_where_between_was_down_over_the_end_nobody_reads_that_too_few_placed_them(stage: Stage) -> None:
    await reviewed(stage)
    await down_over_the_end(stage)
    said = stage.shown(reviewing.post(stage))
    assert UNSHOWN in said
    assert "as many as it takes" not in said
    sheet = await closed(stage, "Wei", "What for", "Reviews")
    assert "unshown, as the group ended" in sheet
    assert "[Start a review]" not in sheet
