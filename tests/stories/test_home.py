"""What the group holds is on everybody's Home, with who offered to help, and when it last had a digest."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import behind_more, card, commit

WALK = "Walk the ward at half past four"


async def home(stage: Stage, name: str) -> str:
    await stage.person(name).open_home()
    await stage.settle()
    return stage.home(name)


async def test_sam_sees_on_home_what_jo_holds_and_who_can_help(stage: Stage) -> None:
    await stage.gather("Jo", "Margaret")
    await stage.person("Jo").command("/commit", WALK, "young-carers")
    assert await stage.person("Jo").submit() is None
    await stage.person("Jo").close(everything=True)
    assert f"*What the group holds*\n• {WALK}\n   Moving. Jo." in await home(stage, "Sam")
    assert f"*What you tend*\n{WALK}\nMoving." in await home(stage, "Jo")
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Stuck, want help")
    await stage.press("Margaret", "More")
    await stage.person("Margaret").press_in_modal("See commitments")
    await stage.person("Margaret").press_in_modal("I can help")
    await stage.settle()
    assert "Stuck, want help, since today. Jo. Margaret can help." in await home(stage, "Sam")
    assert "Stuck, want help, since today. Margaret can help." in await home(stage, "Jo")
    assert "Last digest" not in stage.home("Sam")
    await stage.at("2026-11-27 10:00")
    shown = await home(stage, "Sam")
    assert "Last digest: today" in shown
    assert "[Read the digest]" in shown
    assert "Margaret can help" in stage.shown(stage.digest())


@pytest.mark.slow
async def test_nothing_new_is_as_last_time_on_home_too(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full.")
    await stage.at("2026-12-09 09:00")
    assert "Nothing shared yet." in await home(stage, "Jo")
    await stage.press("Jo", "Nothing new")
    shown = await home(stage, "Jo")
    assert "As last time: you said there's nothing new." in shown
    assert "Beds are full." in shown
    assert "Nothing shared yet." not in shown


async def test_who_called_something_stuck_is_not_said_to_have_nothing_new(stage: Stage) -> None:
    await stage.gather("Jo")
    await commit(stage, "Jo")
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Stuck, want help")
    shown = await home(stage, "Jo")
    assert "nothing new" not in shown
    assert "Nothing shared yet." in shown


async def test_who_said_that_something_is_done_is_not_said_to_have_nothing_new(stage: Stage) -> None:
    await stage.gather("Jo")
    await commit(stage, "Jo")
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Say more…")
    assert await stage.send("Jo", {"It is": "Done"}) is None
    shown = await home(stage, "Jo")
    assert "nothing new" not in shown


async def test_words_of_an_earlier_round_stand_under_the_question_that_they_answered(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Answer")
    fields = {"What matters most to you in this just now?": "That we tell families the truth."}
    assert await stage.send("Jo", fields) is None
    await stage.at("2026-12-09 09:00")
    await stage.press("Jo", "Nothing new")
    shown = await home(stage, "Jo")
    asked = next(line for line in shown.splitlines() if "(everyone in the group sees this)" in line)
    assert asked.startswith("What matters most to you in this just now?")


async def test_nobody_is_said_to_help_with_what_was_let_go(stage: Stage) -> None:
    await stage.gather("Jo", "Margaret")
    await commit(stage, "Jo", WALK)
    await behind_more(stage, "Margaret", "See commitments", "I can help")
    await stage.settle()
    assert "Margaret (Riverside Police) can help." in await card(stage, "Sam")
    await behind_more(stage, "Jo", "See commitments", "Say how it's going")
    assert await stage.send("Jo", {"It is": "Let go"}) is None
    assert "Let go, since today." in await card(stage, "Sam")
    assert "can help" not in stage.modal("Sam")


@pytest.mark.slow
async def test_home_says_that_the_group_rests_or_has_ended(stage: Stage) -> None:
    await stage.gather("Jo")
    await behind_more(stage, "Jo", "Look after the group…", "Pause the group until…")
    assert await stage.send("Jo", {"Start again on": "2026-12-21"}) is None
    assert "Paused until Monday 21 December: I ask nobody before then." in await home(stage, "Sam")
    await stage.at("2026-12-21 09:00")
    assert "Paused" not in await home(stage, "Sam")
    await behind_more(stage, "Jo", "Look after the group…", "End the group…")
    assert await stage.send("Jo", {}) is None
    await stage.at("2026-12-28 10:00")
    assert "The group ended on Monday 28 December." in await home(stage, "Sam")
    assert "Next meeting" not in stage.home("Sam")
