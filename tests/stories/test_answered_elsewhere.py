"""A matter that a message put, answered in another place: it can't be pressed in that message any more."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from playground.messages import Message
from tests.stage import Stage
from tests.stories.asking import jo_asks
from tests.stories.holding import behind_more, commit, for_you, say_more
from tests.stories.test_asks import carers

__all__ = ["carers"]

RING, WAS_FRIDAY = "ring the housing lead", {"On which day": "2026-11-27"}
A_LINE = {"A line to them, in your name": "Ask the ambulance trust."}
OVER = "Young carers. That is answered, or over by now.\n[More]"


async def asked_how_it_went(stage: Stage) -> Message:
    """On Monday, by a letter."""
    await commit(stage, "Margaret", **{"First step": RING} | WAS_FRIDAY)
    await stage.at("2026-11-30 09:10")
    return stage.newest("Margaret", "[It happened]")


@pytest.mark.slow
@pytest.mark.parametrize("where", ["For you", "Home"])
async def test_under_for_you_and_on_home_it_is_answered_in_the_letter_too(carers: Stage, where: str) -> None:
    letter = await asked_how_it_went(carers)
    if where == "Home":
        await carers.person("Margaret").open_home()
        await carers.settle()
        await carers.person("Margaret").press_home("It happened")
    else:
        await for_you(carers, "Margaret")
        await carers.person("Margaret").press_in_modal("It happened")
    await carers.settle()
    assert carers.shown(letter).endswith("Young carers. Noted, and in its history.\n[More]")


@pytest.mark.slow
async def test_what_rode_on_a_check_in_leaves_that_asking_what_it_asked(carers: Stage) -> None:
    await carers.at("2026-12-08 10:00")
    await jo_asks(carers)
    await carers.at("2026-12-09 09:30")
    asked = carers.newest("Amir", "Might that be you?")
    assert "[Nothing new]" in carers.shown(asked)
    await carers.person("Amir").open_home()
    await carers.settle()
    await carers.person("Amir").press_home("I know someone")
    assert await carers.send("Amir", A_LINE) is None
    assert "[Nothing new]" in carers.shown(asked)
    assert "Might that be you?" not in carers.shown(asked)


@pytest.mark.slow
async def test_a_late_press_says_why_not_and_leaves_nothing_to_press(carers: Stage) -> None:
    letter = await asked_how_it_went(carers)
    assert await say_more(carers, "Margaret", **{"It is": "Done"}) is None
    await carers.press("Margaret", "It happened")
    assert "Nothing was changed." in carers.notes("Margaret")[-1]
    assert carers.shown(letter).endswith(OVER)


async def test_a_late_line_to_an_ask_that_is_over_leaves_nothing_to_press(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    letter = carers.newest("Amir", "[I know someone]")
    await behind_more(carers, "Jo", "Open now", "Take it back")
    await carers.press("Amir", "I know someone")
    assert carers.person("Amir").modal is None
    assert carers.shown(letter).endswith(OVER)


@pytest.mark.slow
async def test_taken_up_among_the_commitments_the_check_in_offers_it_no_more(carers: Stage) -> None:
    await commit(carers, "Jo")
    assert await say_more(carers, "Jo", **{"Pass it on": ["Sam (Riverside Council)"]}) is None
    await carers.at("2026-12-09 09:30")
    asked = carers.newest("Sam", "[Take it up]")
    await behind_more(carers, "Sam", "See commitments", "Take it up")
    await carers.settle()
    assert "[Take it up]" not in carers.shown(asked)
    assert "[Nothing new]" in carers.shown(asked)


@pytest.mark.slow
async def test_a_check_in_that_is_over_stays_as_it_is(carers: Stage) -> None:
    await commit(carers, "Jo")
    await carers.at("2026-12-08 09:00")
    assert await say_more(carers, "Jo", **{"Pass it on": ["Sam (Riverside Council)"]}) is None
    await carers.at("2026-12-09 09:30")
    asked = carers.newest("Sam", "[Take it up]")
    await carers.at("2027-01-08 09:30")
    over = carers.shown(asked)
    assert "This check-in is over" in over
    await for_you(carers, "Sam")
    await carers.person("Sam").press_in_modal("Not now")
    await carers.settle()
    assert carers.shown(asked) == over


@pytest.mark.slow
async def test_what_rode_on_a_check_in_of_weeks_ago_is_looked_up_once_when_it_is_over(carers: Stage) -> None:
    """Sam never answered what Jo passed on, and by January nobody needs to."""
    await commit(carers, "Jo")
    assert await say_more(carers, "Jo", **{"Pass it on": ["Sam (Riverside Council)"]}) is None
    await carers.at("2027-01-07 12:00")
    assert await say_more(carers, "Jo", **{"It is": "Done"}) is None
    with capture_logs() as logged:
        await carers.at("2027-01-26 12:00")
    again = [line for line in logged if str(line.get("entry", "")).startswith("letter_redrawn")]
    assert len(again) <= 1, again
