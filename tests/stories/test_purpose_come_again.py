"""Who leaves while a wording is under way, and comes again, says of it what they think as anybody does."""

from __future__ import annotations

import pytest

from tests.cast import ORGANISATIONS
from tests.stage import Stage
from tests.stories.purposes import CAN, close, draft, gathered, live_with, put, sheet, told, would_change


@pytest.fixture
async def came_again(stage: Stage) -> Stage:
    """Jo's words can be lived with by Priya and Amir; but Amir leaves, and joins again two days later."""
    await gathered(stage)
    await draft(stage)
    await live_with(stage, "Priya", "Amir")
    await stage.press("Amir", "Leave")
    await stage.at("2026-11-26 09:00")
    await stage.join("Amir", ORGANISATIONS["Amir"])
    return stage


@pytest.mark.slow
async def test_what_he_pressed_before_does_not_count_and_he_can_press_again(came_again: Stage) -> None:
    shown = await sheet(came_again, "Amir")
    assert f"[{CAN}]" in shown
    assert "You can live with it" not in shown
    await close(came_again, "Amir")
    await came_again.at("2026-12-01 09:30")
    assert told(came_again) == []
    await live_with(came_again, "Amir")
    await came_again.at("2026-12-01 10:05")
    assert told(came_again)


async def test_once_he_pressed_again_he_is_told_so_alone(came_again: Stage) -> None:
    await live_with(came_again, "Amir")
    shown = await sheet(came_again, "Amir")
    assert "You can live with it. Only you are shown that." in shown
    assert f"[{CAN}]" not in shown


@pytest.mark.slow
async def test_what_he_would_change_keeps_it_from_standing_again(came_again: Stage) -> None:
    await live_with(came_again, "Sam")
    await would_change(came_again, "Amir", "By whom?")
    await came_again.press("Amir", "Leave")
    await came_again.at("2026-11-27 09:00")
    await came_again.join("Amir", ORGANISATIONS["Amir"])
    await would_change(came_again, "Amir", "Seen by whom?")
    assert "Seen by whom?" in "".join(map(came_again.shown, came_again.replies(put(came_again))))
    await came_again.at("2026-12-01 10:05")
    assert told(came_again) == []
    await came_again.at("2026-12-11 08:55")
    assert told(came_again) == []
    await came_again.at("2026-12-11 18:00")  # on that day, at whatever hour the channel has its post
    assert told(came_again)


async def test_who_would_change_words_whose_author_has_left_is_not_sent_to_her(stage: Stage) -> None:
    await gathered(stage)
    await draft(stage)
    await stage.press("Jo", "Leave")
    await would_change(stage, "Amir", "By whom?")
    said = stage.shown(stage.replies(put(stage))[-1])
    assert "Anybody can put other words to all." in said
    assert "Jo" not in said
