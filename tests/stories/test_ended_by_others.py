"""What somebody was asked for is ended by somebody else: its buttons go from where it stands, pressed or not."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import WISH, gathered, jo_asks
from tests.stories.holding import WALK, behind_more, commit, say_more

CUT = "Cut repeat call-outs"
OVER = "That is answered, or over by now."


async def shared_and_stuck(stage: Stage, *names: str) -> None:
    """These shared what may help; Jo calls hers stuck in her check-in, and each has a letter of it."""
    await stage.gather("Jo", *names)
    await commit(stage, "Jo", CUT)
    await stage.at("2026-11-25 09:30")
    for name in names:
        await stage.answer(name, organisation="Cutting repeat call-outs with a weekly list. It took a year.")
    await stage.press("Jo", "Stuck, want help")
    await stage.at("2026-11-26 09:30")


def updates(stage: Stage) -> int:
    return sum(getattr(call, "method", "") == "chat.update" for call in stage.pg.world.traffic.log)


@pytest.mark.parametrize("state", ["Moving", "Done", "Let go"])
async def test_a_letter_about_what_is_stuck_no_more_loses_its_buttons(stage: Stage, state: str) -> None:
    await shared_and_stuck(stage, "Amir")
    letter = stage.newest("Amir", "[I can help]")
    sent = len(stage.sent("Amir"))
    assert await say_more(stage, "Jo", **{"It is": state}) is None
    await stage.at("2026-11-26 09:32")
    assert OVER in stage.shown(letter)
    assert "[I can help]" not in stage.shown(letter)
    assert len(stage.sent("Amir")) == sent, "changing a message tells nobody"
    before = updates(stage)
    await stage.at("2026-11-26 17:00")
    assert updates(stage) == before, "and it is done once"


async def test_who_said_that_they_can_help_keeps_what_they_read_then(stage: Stage) -> None:
    await shared_and_stuck(stage, "Amir", "Margaret")
    amirs, margarets = stage.newest("Amir", "[I can help]"), stage.newest("Margaret", "[I can help]")
    await stage.person("Amir").press(amirs, "I can help")
    await stage.settle()
    thanked = stage.shown(amirs)
    assert "[I can help]" in stage.shown(margarets), "two may help"
    assert await say_more(stage, "Jo", **{"It is": "Done"}) is None
    await stage.at("2026-11-26 09:40")
    assert stage.shown(amirs) == thanked
    assert OVER in stage.shown(margarets)


@pytest.mark.slow
async def test_a_quiet_ask_that_is_over_loses_its_buttons(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage)
    await stage.at("2026-11-30 09:30")
    letter = stage.newest("Amir", "[Yes, introduce us]")
    await behind_more(stage, "Jo", "Open now")
    await stage.person("Jo").press_in_modal("Got it")
    assert await stage.person("Jo").submit() is None
    await stage.settle()
    assert OVER in stage.shown(letter)
    assert WISH not in stage.shown(letter)


async def test_what_is_passed_on_goes_from_the_others_check_ins_once_somebody_has_it(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo")
    chosen = ["Amir (Riverside Fire & Rescue)", "Margaret (Riverside Police)"]
    assert await say_more(stage, "Jo", **{"Pass it on": chosen}) is None
    await stage.at("2026-11-25 09:05")
    await stage.press("Amir", "Take it up")
    margarets = stage.dms("Margaret")[-1]
    assert WALK not in stage.shown(margarets)
    assert "[Answer] [Nothing new] [Skip this one] [More]" in stage.shown(margarets)
    before = updates(stage)
    await stage.at("2026-11-25 17:00")
    assert updates(stage) == before


@pytest.mark.slow
async def test_whether_two_talked_is_asked_of_nobody_once_one_of_them_has_said_so(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage)
    await stage.at("2026-11-30 09:30")
    await stage.press("Amir", "Yes, introduce us")
    await stage.at("2026-11-30 10:30")
    await stage.press("Jo", "Introduce us")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-12-23 09:05")
    jos, amirs = stage.newest("Jo", "[We did]"), stage.newest("Amir", "[We did]")
    await stage.person("Jo").press(jos, "We did")
    await stage.settle()
    assert "[We did]" not in stage.shown(amirs)
    assert "[Nothing new]" in stage.shown(amirs)
