"""Jo is stuck and wants help: likely helpers are asked, and she hears who can."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import card, commit, for_you, say_more
from tests.stories.introducing import not_with

CUT = "Cut repeat call-outs"


@pytest.fixture
async def stuck(stage: Stage) -> Stage:
    """Amir shared what may help; Jo calls hers stuck in her check-in."""
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo", CUT)
    await stage.at("2026-11-25 09:30")
    await stage.answer("Amir", organisation="Cutting repeat call-outs with a weekly list. It took a year.")
    await stage.press("Jo", "Stuck, want help")
    return stage


async def test_a_likely_helper_hears_by_letter_and_jo_at_once_when_they_can(stuck: Stage) -> None:
    assert "Nothing waits" in await for_you(stuck, "Amir")
    await stuck.at("2026-11-26 09:30")
    letter = stuck.newest("Amir", "wants help")
    assert f"Jo (Riverside Hospitals Trust) is stuck with “{CUT}” and wants help." in stuck.shown(letter)
    assert "You shared “Cutting repeat call-outs with a weekly list." in stuck.shown(letter)
    assert "wants help" not in "\n".join(stuck.sent("Margaret"))
    await stuck.person("Amir").press(letter, "I can help")
    await stuck.at("2026-11-26 09:40")
    assert "[I can help]" not in stuck.shown(letter)
    assert f"Thank you. I tell Jo next, and your name stands beside “{CUT}”." in stuck.shown(letter)
    assert f"Amir (Riverside Fire & Rescue) can help with “{CUT}”." in stuck.dm("Jo")
    await stuck.press_more("Amir", "See commitments")
    assert CUT in stuck.modal("Amir")
    assert "[I can help]" not in stuck.modal("Amir")


async def test_who_offers_help_under_open_now_reads_there_that_they_did(stuck: Stage) -> None:
    await stuck.press_more("Margaret", "Open now")
    await stuck.person("Margaret").press_in_modal("I can help")
    await stuck.settle()
    shown = stuck.modal("Margaret")
    assert "== Open now ==" in shown
    assert f"is stuck and wants help: {CUT}\nYou said you can help." in shown
    assert "[I can help]" not in shown


@pytest.mark.slow
async def test_help_with_what_jo_let_go_before_she_heard_is_told_as_that(stuck: Stage) -> None:
    await stuck.at("2026-11-26 09:30")
    letter = stuck.newest("Amir", "wants help")
    await stuck.at("2026-11-26 19:30")
    await stuck.person("Amir").press(letter, "I can help")
    assert await say_more(stuck, "Jo", **{"It is": "Let go"}) is None
    assert "Nothing new" not in stuck.shown(stuck.newest("Jo", "Thanks, Jo."))
    await stuck.at("2026-11-27 09:40")
    told = f"Amir (Riverside Fire & Rescue) can help with “{CUT}”, which is let go by now."
    assert told in stuck.shown(stuck.newest("Jo", "can help with"))


@pytest.mark.slow
async def test_at_most_three_are_asked_and_nobody_who_tends_it(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret", "Wei", "Desmond", "Kasia")
    await commit(stage, "Jo", CUT)
    await card(stage, "Amir")
    await stage.person("Amir").press_in_modal("Join in")
    await stage.settle()
    await stage.person("Amir").close(everything=True)
    await stage.at("2026-11-25 15:30")  # nine o'clock has come in New York too
    for name in ("Amir", "Margaret", "Wei", "Desmond", "Kasia"):
        await stage.answer(name, organisation="Cutting repeat call-outs with a weekly list.")
    await stage.press("Jo", "Stuck, want help")
    await stage.at("2026-11-25 16:00")
    asked = [
        name for name in ("Sam", "Amir", "Margaret", "Wei", "Desmond", "Kasia") if CUT in await for_you(stage, name)
    ]
    assert len(asked) == 3
    assert not {"Sam", "Amir"} & {*asked}


@pytest.mark.slow
async def test_undone_within_ten_minutes_it_reaches_nobody(stuck: Stage) -> None:
    await stuck.press("Jo", "Undo")
    await stuck.at("2026-11-27 18:00")
    assert "wants help" not in "\n".join(stuck.sent("Amir"))


async def test_once_jo_has_left_nobody_is_asked_to_help_her(stuck: Stage) -> None:
    await stuck.at("2026-11-25 10:00")
    await stuck.person("Jo").press(stuck.dms("Jo")[0], "Leave")
    await stuck.settle()
    assert "wants help" not in await for_you(stuck, "Amir")
    await stuck.at("2026-11-26 18:00")
    assert "wants help" not in "\n".join(stuck.sent("Amir"))


async def test_not_stuck_any_more_nobody_is_asked_any_more(stuck: Stage) -> None:
    await stuck.at("2026-11-25 10:00")
    assert "wants help" in await for_you(stuck, "Amir")
    assert await say_more(stuck, "Jo", **{"It is": "Moving"}) is None
    assert "Nothing waits" in await for_you(stuck, "Amir")
    await stuck.at("2026-11-26 18:00")
    assert "wants help" not in "\n".join(stuck.sent("Amir"))


@pytest.mark.slow
@pytest.mark.parametrize("by", ["Jo", "Amir"])
async def test_who_is_not_to_be_put_together_with_jo_is_not_called(stuck: Stage, by: str) -> None:
    other = {"Jo": "Amir (Riverside Fire & Rescue)", "Amir": "Jo (Riverside Hospitals Trust)"}[by]
    await not_with(stuck, by, other)
    await stuck.at("2026-11-27 18:00")
    assert "wants help" not in "\n".join(stuck.sent("Amir"))
    assert "Nothing waits" in await for_you(stuck, "Amir")


@pytest.mark.slow
async def test_who_offered_help_and_left_is_not_said_to_help(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo")
    assert await say_more(stage, "Jo", **{"It is": "Stuck, want help"}) is None
    await card(stage, "Amir")
    await stage.person("Amir").press_in_modal("I can help")
    await stage.settle()
    assert "Amir (Riverside Fire & Rescue) can help." in await card(stage, "Jo")
    await stage.person("Amir").close(everything=True)
    await stage.person("Amir").press(stage.dms("Amir")[0], "Leave")
    await stage.settle()
    assert "can help" not in await card(stage, "Jo")
    await stage.at("2026-11-27 10:00")
    assert "can help" not in stage.shown(stage.digest()).replace("[I can help]", "")
    await stage.person("Sam").open_home()
    await stage.settle()
    assert "Stuck, want help, since Monday 23 November. Jo." in stage.home("Sam")
