"""Who made it, joined in, offered help, stepped back, left and took it up: all of it stands in its history."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import WALK, behind_more, card, commit, history, say_more


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Sam, Jo, Amir, Margaret. Jo will walk the ward."""
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo")
    return stage


async def press(stage: Stage, name: str, button: str) -> None:
    await behind_more(stage, name, "See commitments", button)
    await stage.settle()


async def test_joining_in_an_offer_of_help_and_stepping_back_stand_in_it_with_who_and_when(carers: Stage) -> None:
    await press(carers, "Amir", "Join in")
    await press(carers, "Margaret", "I can help")
    await carers.at("2026-11-24 10:00")
    await press(carers, "Amir", "Step back")
    told = await history(carers, "Sam")
    assert "Today: Amir (Riverside Fire & Rescue) stepped back." in told
    assert "Monday 23 November: Amir (Riverside Fire & Rescue) joined in." in told
    assert "Monday 23 November: Margaret (Riverside Police) offered to help." in told
    assert "Monday 23 November: Jo (Riverside Hospitals Trust) made it." in told
    assert told.count("offered to help.") == told.count("joined in.") == 1
    assert "today:" not in told


async def test_that_its_maker_left_stands_in_it_and_who_took_it_up(carers: Stage) -> None:
    await carers.at("2026-11-24 10:00")
    await carers.person("Jo").press(carers.dms("Jo")[0], "Leave")
    await carers.settle()
    left = "Today: Jo (Riverside Hospitals Trust) left the group."
    assert left in await history(carers, "Sam")
    await press(carers, "Sam", "Take it up")
    told = await history(carers, "Amir")
    taken = "Today: Sam (Riverside Council) took it up from Jo (Riverside Hospitals Trust)."
    assert left in told
    assert taken in told


async def test_whom_it_was_passed_on_to_and_who_said_not_now_stand_nowhere_in_it(carers: Stage) -> None:
    assert await say_more(carers, "Jo", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    await behind_more(carers, "Amir", "For you")
    await carers.person("Amir").press_in_modal("Not now")
    await carers.settle()
    assert "Amir" not in await history(carers, "Jo")


# -- what has ended ----------------------------------------------------------------------

DONE = "This one is done, so nothing was changed."
LET_GO = "This one has been let go, so nothing was changed."


@pytest.mark.parametrize("state", ["Done", "Let go"])
async def test_what_has_ended_offers_no_joining_in_and_no_help(carers: Stage, state: str) -> None:
    await press(carers, "Margaret", "Join in")
    offered = await card(carers, "Amir")
    assert "[Join in] [I can help] [History]" in offered
    assert await say_more(carers, "Jo", **{"It is": state}) is None
    drawn = await card(carers, "Sam")
    assert WALK in drawn
    assert not [dead for dead in ("[Join in]", "[I can help]") if dead in drawn]
    drawn = await card(carers, "Margaret")
    assert "[Say how it's going] [History]" in drawn
    assert not [dead for dead in ("[Suggest other words]", "[Step back]") if dead in drawn]
    assert "[Change its words]" in await card(carers, "Jo")
    assert "Nothing is open just now." in await behind_more(carers, "Sam", "Open now")


@pytest.mark.parametrize("button", ["Join in", "I can help", "Suggest other words"])
@pytest.mark.parametrize(("state", "said"), [("Done", DONE), ("Let go", LET_GO)])
async def test_a_late_press_says_that_it_has_ended_and_changes_nothing(
    carers: Stage, button: str, state: str, said: str
) -> None:
    if button == "Suggest other words":
        await press(carers, "Amir", "Join in")
    await card(carers, "Amir")
    assert await say_more(carers, "Jo", **{"It is": state}) is None
    before = await card(carers, "Sam")
    await carers.person("Amir").press_in_modal(button)
    await carers.settle()
    assert said in carers.modal("Amir")
    assert await card(carers, "Sam") == before


async def test_whom_it_was_put_to_and_who_presses_late_reads_that_it_is_done(carers: Stage) -> None:
    assert await say_more(carers, "Jo", **{"Pass it on": ["Whoever can take it"]}) is None
    await behind_more(carers, "Amir", "For you")
    assert await say_more(carers, "Jo", **{"It is": "Done"}) is None
    await carers.person("Amir").press_in_modal("Take it up")
    assert DONE in carers.modal("Amir")


async def test_who_can_not_let_it_go_is_not_asked_what_was_learnt_if_they_did(carers: Stage) -> None:
    await press(carers, "Amir", "Join in")
    await behind_more(carers, "Amir", "See commitments", "Say how it's going")
    assert "If it's stuck: what would help? If it changed: what did we learn? What we learn is kept" in (
        carers.modal("Amir")
    ), "what he says then is kept with what we learnt, and is said here"
    assert "let it go" not in carers.modal("Amir")
    await behind_more(carers, "Jo", "See commitments", "Say how it's going")
    assert "If it changed, or you let it go: what did we learn?" in carers.modal("Jo")
