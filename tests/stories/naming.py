"""Sam, Jo and Margaret are called something, and speak for somebody."""

from __future__ import annotations

from tests.stage import Stage


async def everybody_told(stage: Stage) -> Stage:
    """The channel was told who speaks for whom."""
    await stage.gather("Jo", "Margaret")
    await stage.at("2026-11-23 09:30")
    return stage


async def settings(stage: Stage, name: str) -> None:
    await stage.press(name, "More")
    await stage.person(name).press_in_modal("Change my settings")


async def speaks_for(stage: Stage, name: str, organisation: str) -> None:
    await settings(stage, name)
    await stage.speak_for(name, organisation)
    assert await stage.send(name, {}) is None
