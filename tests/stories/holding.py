"""What a leader does with commitments, in the words that they see."""

from __future__ import annotations

from tests.stage import Stage

WALK = "Walk the ward at half past four"
A_LINE = "A line on it"


async def commit(stage: Stage, name: str, what: str = WALK, **fields: str | list[str]) -> None:
    await stage.person(name).command("/commit", what, "young-carers")
    assert await stage.send(name, fields) is None


async def card(stage: Stage, name: str) -> str:
    if stage.person(name).modal:
        await stage.person(name).close(everything=True)
    await stage.press(name, "More")
    await stage.person(name).press_in_modal("See commitments")
    return stage.modal(name)


async def history(stage: Stage, name: str) -> str:
    await card(stage, name)
    await stage.person(name).press_in_modal("History")
    shown = stage.modal(name)
    await stage.person(name).close(everything=True)
    return shown


async def for_you(stage: Stage, name: str) -> str:
    if stage.person(name).modal:
        await stage.person(name).close(everything=True)
    await stage.press(name, "More")
    await stage.person(name).press_in_modal("For you")
    return stage.modal(name)


async def say_more(stage: Stage, name: str, **fields: str | list[str]) -> dict[str, str] | None:
    await card(stage, name)
    await stage.person(name).press_in_modal("Say how it's going")
    return await stage.send(name, fields)
