"""Margaret leaves, and nobody holds what she made: Jo, who had joined in, is asked with her check-in, and once."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import WALK, for_you, joined_in

ASKED = f"Margaret (Northside Parents) has left, and nobody holds “{WALK}”. Would you take it up?"


@pytest.fixture
async def left(stage: Stage) -> Stage:
    """Jo joined in with what Margaret made; on Friday morning, before anybody is asked, Margaret has left."""
    await joined_in(stage)
    await stage.at("2026-11-24 11:00")
    await stage.person("Margaret").press(stage.dms("Margaret")[0], "Leave")
    await stage.settle()
    return stage


async def test_it_rides_on_the_check_in_below_it_and_the_nudge_carries_nothing(left: Stage) -> None:
    await left.at("2026-11-25 09:30")
    shown = left.shown(left.newest("Jo", "[Nothing new]"))
    assert shown.index("[Nothing new]") < shown.index(ASKED) < shown.index("[Take it up] [Not now]")
    await left.at("2026-11-26 12:00")
    nudge = left.newest("Jo", "still time")
    assert ASKED not in left.shown(nudge)
    assert ASKED not in "\n".join(left.sent("Sam"))
    await left.press("Jo", "Nothing new")
    await left.settle()
    assert [ASKED in left.shown(one) for one in left.dms("Jo")[-2:]] == [True, False]


async def test_jo_takes_it_up_in_the_check_in_and_it_can_be_pressed_no_more(left: Stage) -> None:
    await left.at("2026-11-25 09:30")
    await left.press("Jo", "Take it up")
    await left.settle()
    asked = left.newest("Jo", "[Nothing new]")
    assert ASKED not in left.shown(asked)
    assert "It's yours now." in "\n".join(left.notes("Jo"))
    assert "Nothing waits for you just now." in await for_you(left, "Jo")


@pytest.mark.slow
async def test_not_now_ends_it_for_her_and_no_later_check_in_brings_it_back(left: Stage) -> None:
    await left.at("2026-11-25 09:30")
    await left.press("Jo", "Not now")
    await left.settle()
    assert ASKED not in left.dm("Jo")
    assert "Nothing waits for you" in await for_you(left, "Jo")
    await left.at("2026-12-18 12:00")
    assert ASKED not in left.dm("Jo")


@pytest.mark.slow
async def test_silence_ends_it_too_for_messages_and_it_can_still_be_answered_under_for_you(left: Stage) -> None:
    await left.at("2026-11-25 09:30")
    assert ASKED in left.shown(left.newest("Jo", "[Nothing new]"))
    await left.at("2026-12-09 09:30")
    assert ASKED not in "\n".join(map(left.shown, left.dms("Jo")))
    assert ASKED in await for_you(left, "Jo")
    await left.person("Jo").press_in_modal("Take it up")
    await left.settle()
    assert "Nothing waits for you" in left.modal("Jo")


async def test_home_shows_it_before_any_message_does(left: Stage) -> None:
    await left.person("Jo").open_home()
    await left.settle()
    assert ASKED in left.home("Jo")
    await left.person("Jo").press_home("Not now")
    await left.settle()
    assert ASKED not in left.home("Jo")


async def test_why_this_says_what_was_sent_by_which_rule_and_what_waits(left: Stage) -> None:
    await left.press("Jo", "More")
    await left.person("Jo").press_in_modal("Why this?")
    before = left.modal("Jo")
    assert "In the last four weeks: nothing." in before
    assert ASKED in before
    await left.person("Jo").close(everything=True)
    await left.at("2026-11-27 18:00")
    await left.press("Jo", "More")
    await left.person("Jo").press_in_modal("Why this?")
    after = left.modal("Jo")
    assert "Young carers: a check-in, since the group meets soon." in after
    assert "Young carers: a reminder, once" in after
    assert "What waits\nNothing." in after.replace("*", "")


async def test_pressed_twice_it_is_hers_once(left: Stage) -> None:
    await left.at("2026-11-25 09:30")
    message = left.newest("Jo", "[Take it up]")
    await left.person("Jo").press(message, "Take it up")
    await left.again("Jo")
    await left.settle()
    assert "Nothing waits for you" in await for_you(left, "Jo")
