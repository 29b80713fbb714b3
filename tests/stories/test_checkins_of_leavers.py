"""The check-in of somebody who left: the group by another button, or its channel, and comes back."""

from __future__ import annotations

import pytest

from tests.stage import Stage


async def leaves_the_channel(stage: Stage, hour: str) -> None:
    """Amir does, on the hour; and what follows a minute later."""
    await stage.person("Amir").leave("young-carers")
    await stage.settle()
    await stage.at(f"{hour}:01")


async def is_back(stage: Stage, hour: str) -> None:
    await stage.person("Sam").invite("young-carers", "Amir")
    await stage.settle()
    await stage.at(f"{hour}:02")


async def test_a_check_in_asks_nothing_of_somebody_who_left_by_another_button(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.press_more("Jo", "Leave")
    assert not [one for one in stage.dms("Jo") if "[Nothing new]" in stage.shown(one)]
    assert "You've left Young carers." in stage.dm("Jo")


async def test_whoever_joins_again_is_asked_by_their_check_in_as_before(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    asks = stage.dms("Jo")[-1]
    await stage.press_more("Jo", "Leave")
    await stage.at("2026-11-25 09:02")
    assert "You've left Young carers." in stage.shown(asks)
    await stage.person("Jo").close(everything=True)
    await stage.join("Jo", "Riverside Hospitals Trust")
    await stage.at("2026-11-25 09:05")
    assert "You've left" not in stage.shown(asks)
    assert "[Answer] [Nothing new] [Skip this one]" in stage.shown(asks)


async def test_amirs_open_check_in_has_no_dead_buttons_once_he_left_the_channel(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    asks = stage.dms("Amir")[-1]
    assert "[Answer]" in stage.shown(asks)
    await leaves_the_channel(stage, "2026-11-25 09")
    assert "[" not in stage.shown(asks)
    assert "You're not in its channel, Amir" in stage.shown(asks)
    await is_back(stage, "2026-11-25 09")
    assert "[Answer] [Nothing new] [Skip this one]" in stage.shown(asks)


@pytest.mark.slow
async def test_what_amir_answered_has_no_dead_buttons_either_and_is_back_with_him(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Amir", organisation="Two of us can come.")
    answered = stage.dms("Amir")[-1]
    await stage.at("2026-11-27 11:00")  # answers have closed, and the digest has gone
    await leaves_the_channel(stage, "2026-11-27 11")
    assert "[" not in stage.shown(answered)
    assert "You're not in its channel, Amir" in stage.shown(answered)
    await is_back(stage, "2026-11-27 11")
    assert "> Two of us can come." in stage.shown(answered)
    assert "[Change] [Pull it back]" in stage.shown(answered)
