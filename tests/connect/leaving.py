"""Somebody leaves, reads what is kept of them, and has it erased: by the buttons, as anybody could."""

from __future__ import annotations

from tests.stage import Stage


async def leave_and_erase(stage: Stage, name: str, private: str) -> None:
    """`private`: words just for them, which stand in what they read."""
    who = stage.person(name)
    await stage.press_more(name, "Leave")
    assert "You've left Young carers." in stage.modal(name)
    await who.close(everything=True)
    await stage.settle()
    await stage.press(name, "My data")
    await who.press_in_modal("Read it here")
    assert private in stage.modal(name)
    await who.close(everything=True)
    await stage.settle()
    await stage.press(name, "Erase me")
    assert await who.submit() is None
    await who.close(everything=True)
    await stage.settle()
