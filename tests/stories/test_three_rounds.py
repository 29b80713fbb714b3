"""Three rounds of one group, read like a play: `three_rounds.txt` beside this file is what everybody saw
of the kinds of message that it tells of."""

from __future__ import annotations

import pytest
from inline_snapshot import external_file

from tests.cast import ORGANISATIONS
from tests.kinds import TOLD
from tests.stage import Stage
from tests.stories.play import Play

pytestmark = pytest.mark.slow


@pytest.fixture
def opens() -> str:
    return "2026-11-09 09:55"


async def test_nine_leaders_meet_every_second_thursday(stage: Stage) -> None:
    play = Play(stage, TOLD)
    await gather(play)
    await first_round(play)
    await second_round(play)
    await third_round(play)
    assert play.text == external_file("three_rounds.txt")


async def gather(play: Play) -> None:
    """Sam sets the group up and the others join, one after the other."""
    await play.at("2026-11-09 10:00")
    await play.person("Sam").invite_bot("young-carers")
    await play.stage.settle()
    await play.stage.bot.tick()
    await play.press("Sam", "Set up a group")
    fields = {"Your organisation": ORGANISATIONS["Sam"], "What you work on together": "Young carers"}
    await play.send("Sam", fields | {"Next meeting": "2026-11-19"})
    for minute, name in enumerate(list(ORGANISATIONS)[1:], 1):
        await play.at(f"2026-11-09 10:{minute:02}")
        await play.join(name)


async def first_round(play: Play) -> None:
    await play.at("2026-11-13 18:00")
    await play.press("Sam", "Answer")
    await play.send(
        "Sam", {"For Riverside Council": "The budget closes on the 9th.", "For me": "I'd like to see a child."}
    )
    await play.press("Wei", "Skip this one")
    await play.press_more("Margaret", "I'm away until…")
    await play.send("Margaret", {"Back on": "2026-11-23"})
    await play.at("2026-11-16 18:00")
    await play.press("Kasia", "Answer")
    await play.send("Kasia", {"For Millrace Housing": "Eleven flats, and a child opens the door."})
    await play.at("2026-11-18 12:00")
    await play.at("2026-11-20 12:00")
    await play.press("Jo", "Add a commitment")
    await play.send(
        "Jo",
        {"What will you do?": "Ask who is at home before every evening discharge", "First step": "Walk the ward"},
    )


async def second_round(play: Play) -> None:
    await play.at("2026-11-27 12:00")
    await play.press_more("Amir", "Later today")
    await play.press("Jo", "Nothing new")
    await play.press("Jo", "More")
    await play.press("Jo", "See commitments")
    await play.press("Jo", "Say how it's going")
    await play.send(
        "Jo",
        {
            "A line on it": "Two wards now.",
            "What did people notice?": "One child said nobody had asked before.",
            "What they noticed may": ["may_lead"],
        },
    )
    await play.at("2026-11-27 18:00")
    await play.press("Sam", "Answer")
    await play.send("Sam", {"For Riverside Council": "The two school posts are safe."})
    await play.at("2026-11-30 11:00")
    await play.press("Sam", "More")
    await play.press("Sam", "Move a meeting")
    await play.send("Sam", {"New day": "2026-12-08"})
    await play.at("2026-12-07 12:00")
    await play.at("2026-12-09 12:00")


async def third_round(play: Play) -> None:
    await play.at("2026-12-11 18:00")
    await play.press("Desmond", next(one for one in play.buttons("Desmond") if one.startswith("Every other round")))
    await play.at("2026-12-18 12:00")
    await play.command("Wei", "/between digest last")
    await play.command("Wei", "/between digest 2026-11-18")
    await play.home("Jo")
