"""Who sees an answer is said in the same words before it is sent and after, and when somebody joins."""

from __future__ import annotations

from tests.stage import Stage

CHANNEL = "Everyone: 2 leaders of 2 organisations, and whoever reads #young-carers"


async def test_the_welcome_the_form_and_the_thanks_all_say_that_the_channel_can_read_it(stage: Stage) -> None:
    await stage.gather("Jo")
    assert CHANNEL in stage.dm("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Answer")
    assert CHANNEL in stage.modal("Jo")
    assert await stage.send("Jo", {"For Riverside Hospitals Trust": "Beds are full again."}) is None
    assert "Saved for *Young carers*." in stage.dm("Jo")
    assert CHANNEL in stage.dm("Jo")
