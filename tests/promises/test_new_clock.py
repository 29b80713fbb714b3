"""*Later today* is kept by the leader's clock as it is when it comes, not as it was when it was promised."""

from __future__ import annotations

from tests.stage import Stage


async def jo_asks_for_later(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 12:00")
    await stage.press_more("Jo", "Later today")
    assert "I'll ask again at 15:00 GMT." in stage.dm("Jo")


async def moves_to(stage: Stage, **fields: str) -> None:
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("Change my settings")
    assert await stage.send("Jo", fields) is None
    if stage.person("Jo").modal:
        await stage.person("Jo").close(everything=True)


async def test_later_today_comes_by_the_new_clock_and_the_message_says_when(stage: Stage) -> None:
    """Three in London is half past eight at night in Kolkata: it comes at eight the next morning there."""
    await jo_asks_for_later(stage)
    await moves_to(stage, zone="Kolkata")
    stage.person("Jo").user.tz = "Asia/Kolkata"  # whose hours the promises are looked over by
    assert "15:00 GMT" not in stage.dm("Jo")
    assert "08:00" in stage.dm("Jo")
    asked = len(stage.dms("Jo"))
    await stage.at("2026-11-26 02:29")
    assert len(stage.dms("Jo")) == asked
    await stage.at("2026-11-26 02:30")
    assert len(stage.dms("Jo")) == asked + 1


async def test_later_today_that_would_come_too_late_is_promised_no_more(stage: Stage) -> None:
    """With the holidays of the United States, Thursday is none of their days, and answers close on it."""
    await jo_asks_for_later(stage)
    await moves_to(stage, zone="Kolkata", nation="United States")
    assert "I'll ask again" not in stage.dm("Jo")
    asked = len(stage.dms("Jo"))
    await stage.at("2026-11-27 09:00")
    assert len(stage.dms("Jo")) == asked


async def test_who_pressed_later_today_and_goes_away_from_elsewhere_is_promised_nothing_any_more(
    stage: Stage,
) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:30")
    await stage.press_more("Jo", "Later today")
    assert "I'll ask again at 12:30 GMT." in stage.dm("Jo")
    await stage.person("Jo").command("/between", "away", "general")
    assert await stage.send("Jo", {"Back on": "2026-11-26"}) is None
    assert "ask again" not in stage.dm("Jo")
    before = len(stage.dms("Jo"))
    await stage.at("2026-11-25 18:00")
    assert len(stage.dms("Jo")) == before
