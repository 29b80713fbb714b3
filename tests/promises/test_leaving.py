"""Leaving stops everything, at once, from wherever Leave was pressed."""

from __future__ import annotations

import pytest

from tests.stage import Stage


async def from_the_first_dm(stage: Stage) -> None:
    await stage.person("Jo").press(stage.dms("Jo")[0], "Leave")


async def from_more(stage: Stage) -> None:
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("Leave")
    assert "You've left" in stage.modal("Jo")


async def from_the_settings(stage: Stage) -> None:
    await stage.press("Jo", "Change my settings")
    await stage.person("Jo").press_in_modal("Leave")


@pytest.mark.slow
@pytest.mark.parametrize("leave", [from_the_first_dm, from_more, from_the_settings])
@pytest.mark.parametrize("when", ["2026-11-24 12:00", "2026-12-09 09:30"])
async def test_after_leave_nothing_comes_any_more(stage: Stage, leave: object, when: str) -> None:
    """Also where a nudge was to come, or had been asked for."""
    await stage.gather("Jo")
    await stage.at(when)
    if "12-09" in when:
        await stage.press_more("Jo", "Later today")
    await leave(stage)  # type: ignore[operator]
    await stage.settle()
    before = len(stage.dms("Jo"))
    await stage.at("2026-12-18 12:00")
    assert len(stage.dms("Jo")) == before
    everyone = stage.shown(stage.dms("Sam")[0])
    await stage.press("Sam", "Answer")
    assert "Jo" not in stage.modal("Sam")
    assert "Jo" not in everyone
