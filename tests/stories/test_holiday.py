"""A meeting on a public holiday: whoever looks after the rhythm is asked once, and one press answers."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.test_convening import look_after


async def on_new_years_day(stage: Stage) -> None:
    """They meet on Fridays, every two weeks: 4 December, 18 December, and 1 January."""
    await stage.gather("Jo", **{"Next meeting": "2026-12-04"})
    await stage.at("2026-12-17 17:00")


@pytest.mark.slow
async def test_a_meeting_on_a_public_holiday_is_asked_about_once_and_skipped_by_one_press(stage: Stage) -> None:
    await on_new_years_day(stage)
    asked = [m for name in ("Sam", "Jo") for m in stage.dms(name) if "a public holiday here. What suits?" in m.text]
    assert [m.text for m in asked] == [
        "Young carers: we meet on Friday 1 January 2027, a public holiday here. What suits?"
    ]
    await stage.press("Sam", "Skip it")
    assert stage.dm("Sam").endswith("we won't meet on Friday 1 January 2027.\n[More]")
    assert "We won't meet on Friday 1 January 2027" in stage.announced()
    await stage.at("2027-01-05 12:00")
    assert sum("a public holiday here" in m.text for m in stage.dms("Sam")) == 0


@pytest.mark.slow
async def test_a_meeting_on_a_public_holiday_is_moved_from_the_question(stage: Stage) -> None:
    await on_new_years_day(stage)
    await stage.press("Sam", "Move it…")
    assert await stage.send("Sam", {"New day": "2027-01-05"}) is None
    assert "The meeting of Friday 1 January 2027 moves to Tuesday 5 January 2027" in stage.announced()
    said = "we meet on Tuesday 5 January 2027 at 14:00 GMT, not on Friday 1 January 2027.\n[More]"
    assert stage.dm("Sam").endswith(said)


@pytest.mark.slow
async def test_a_meeting_on_a_public_holiday_may_stay_where_it_is(stage: Stage) -> None:
    await on_new_years_day(stage)
    before = len(stage.posts())
    await stage.press("Sam", "Meet")
    assert "we meet on Friday 1 January 2027 at 14:00 GMT.\n[More]" in stage.dm("Sam")
    assert len(stage.posts()) == before


@pytest.mark.slow
@pytest.mark.parametrize("button", ["Meet", "Skip it"])
async def test_the_question_about_a_public_holiday_is_over_once_somebody_has_moved_that_meeting(
    stage: Stage, button: str
) -> None:
    await on_new_years_day(stage)
    await stage.at("2026-12-18 17:00")
    await stage.press_more("Jo", "Move a meeting")
    await stage.send("Jo", {"New day": "2027-01-05"})
    before = len(stage.posts())
    await stage.press("Sam", button)
    assert "This has been changed again since." in stage.notes("Sam")[-1]
    assert "we meet on Tuesday 5 January 2027 at 14:00 GMT, not on Friday" in stage.dm("Sam")
    assert len(stage.posts()) == before


@pytest.mark.slow
async def test_nobody_is_told_that_a_meeting_stands_which_somebody_skipped_meanwhile(stage: Stage) -> None:
    await on_new_years_day(stage)
    await stage.at("2026-12-18 17:00")
    await look_after(stage, "Jo", "We won't meet this time")
    await stage.send("Jo", {})
    await stage.press("Sam", "Meet")
    assert "There is no meeting planned for Friday 1 January 2027." in stage.notes("Sam")[-1]
    assert stage.dm("Sam").endswith("we won't meet on Friday 1 January 2027.\n[More]")


@pytest.mark.slow
@pytest.mark.parametrize("button", ["Meet", "Skip it"])
async def test_once_that_meeting_has_been_the_question_about_it_says_so(stage: Stage, button: str) -> None:
    await on_new_years_day(stage)
    await stage.at("2027-01-01 15:00")
    await stage.press("Sam", button)
    assert "That time has passed." in stage.notes("Sam")[-1]
    assert any("the meeting of Friday 1 January has been.\n[More]" in stage.shown(m) for m in stage.dms("Sam"))
