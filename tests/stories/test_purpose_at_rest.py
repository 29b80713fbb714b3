"""A draft of the purpose in a group that is paused, or has ended, says what becomes of it."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories import purposes
from tests.stories.holding import behind_more
from tests.stories.resting import closed, end, pause

pytestmark = pytest.mark.slow

ENOUGH = "It stands as soon as enough of us can live with it"
WAITS = "The group is paused until Monday 21 December. Nothing comes to stand before."
GOES = "The group is paused, and ends on Thursday 3 December without going on: these words are laid aside then."


async def drafted(stage: Stage) -> None:
    """By Jo, on Thursday 26 November."""
    await stage.gather("Jo", "Amir", "Margaret", "Wei", "Aoife")
    await stage.at("2026-11-26 12:00")
    await purposes.draft(stage, "Jo")


async def test_as_the_group_ends_jos_draft_is_laid_aside_and_its_post_says_so(stage: Stage) -> None:
    await drafted(stage)
    await purposes.live_with(stage, "Amir", "Margaret", "Wei")
    draft = purposes.put(stage)
    await end(stage)
    await stage.at("2026-12-03 12:00")
    said = stage.shown(purposes.put(stage))
    assert "Laid aside on Thursday 3 December 2026, as the group had ended." in said
    assert purposes.RULE not in said
    assert f"[{purposes.CAN}]" not in said
    assert not purposes.told(stage)
    sheet = await closed(stage, "Aoife", *purposes.SHEET)
    assert ENOUGH not in sheet
    assert "as the group had ended" in sheet
    assert draft.ts == purposes.put(stage).ts
    await behind_more(stage, "Sam", "Look after the group…", "Go on now")
    await stage.settle()
    await stage.at("2026-12-08 12:00")
    assert "as the group had ended" in stage.shown(purposes.put(stage))


async def test_a_press_that_comes_after_the_end_is_told_of_it(stage: Stage) -> None:
    await drafted(stage)
    await end(stage)
    stage.clock.move_to(stage.clock.now().replace(month=12, day=3))  # nobody has looked at the group yet
    await stage.person("Aoife").press(purposes.put(stage), purposes.CAN)
    assert "Young carers has ended" in stage.notes("Aoife")[-1]


async def test_in_a_pause_the_sheet_and_the_post_say_that_it_waits(stage: Stage) -> None:
    await drafted(stage)
    await stage.at("2026-11-27 12:00")
    await purposes.live_with(stage, "Amir", "Margaret", "Wei")
    await pause(stage, "2026-12-21")
    await stage.at("2026-12-08 12:00")
    for said in (await closed(stage, "Sam", *purposes.SHEET), stage.shown(purposes.put(stage))):
        assert WAITS in said
        assert ENOUGH not in said
    assert f"[{purposes.CAN}]" in stage.shown(purposes.put(stage)), "it counts once they go on"
    await stage.at("2026-12-21 12:00")
    assert purposes.told(stage)


async def test_where_the_group_ends_in_its_pause_the_draft_is_said_to_go_then(stage: Stage) -> None:
    await drafted(stage)
    await pause(stage, "2026-12-21")
    await end(stage)
    await stage.at("2026-11-27 12:00")
    assert GOES in stage.shown(purposes.put(stage))
    assert GOES in await closed(stage, "Sam", *purposes.SHEET)
    await stage.at("2026-12-03 12:00")
    assert "as the group had ended" in stage.shown(purposes.put(stage))


async def test_once_the_group_goes_on_the_post_says_the_rule_again(stage: Stage) -> None:
    await drafted(stage)
    await pause(stage, "2026-11-30")
    assert purposes.RULE not in stage.shown(purposes.put(stage))
    await stage.at("2026-11-30 12:00")
    assert purposes.RULE in stage.shown(purposes.put(stage))
    assert "The group is paused" not in stage.shown(purposes.put(stage))
