"""A digest that holds open asks, or thanks, and nothing else: it stays what it is, whatever else is corrected."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import WISH, gathered, jo_asks
from tests.stories.holding import behind_more

PULLED_BACK = "everything in this digest was pulled back by its authors"


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-26 09:30")
    await jo_asks(stage, "Put it to everyone")
    await stage.person("Jo").close(everything=True)
    return stage


async def moves_the_meeting(stage: Stage) -> None:
    await stage.press_more("Sam", "Move a meeting")
    assert await stage.send("Sam", {"New day": "2026-12-01"}) is None
    await stage.at("2026-11-27 10:30")


async def got_it(stage: Stage, **fields: str) -> None:
    await behind_more(stage, "Jo", "Open now", "Got it")
    await stage.send("Jo", fields)


@pytest.mark.parametrize("how", ["got it", "thirty days", "the meeting moves"])
async def test_nobody_is_said_to_have_pulled_anything_back(asked: Stage, how: str) -> None:
    await asked.at("2026-11-27 10:05")
    digest = asked.digest()
    assert WISH in asked.shown(digest)
    if how == "the meeting moves":
        await moves_the_meeting(asked)
    elif how == "got it":
        await got_it(asked)
    await asked.at("2026-12-26 10:30" if how == "thirty days" else "2026-11-27 10:40")
    assert PULLED_BACK not in asked.shown(digest)
    assert WISH in asked.shown(digest)


async def test_another_ask_in_it_is_open_still(asked: Stage) -> None:
    await asked.person("Amir").command("/between", "ask a van on Fridays", "young-carers")
    await asked.person("Amir").choose_in_modal("How", "Put it to everyone")
    assert await asked.person("Amir").submit() is None
    await asked.at("2026-11-27 10:05")
    await got_it(asked)
    await asked.at("2026-11-27 10:30")
    assert "a van on Fridays" in asked.shown(asked.digest())


async def test_amir_pulls_his_words_back_and_jos_ask_stays(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage, "Put it to everyone")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-27 10:05")
    await stage.press("Amir", "Pull it back")
    await stage.at("2026-11-27 10:30")
    assert f"• {WISH} — Jo" in stage.shown(stage.digest())


async def test_thanks_stay(asked: Stage) -> None:
    await got_it(asked, **{"Thank somebody by name": "Amir (Riverside Fire & Rescue)"})
    await asked.at("2026-11-27 10:05")
    assert "Jo thanks Amir" in asked.shown(asked.digest())
    await moves_the_meeting(asked)
    assert "Jo thanks Amir" in asked.shown(asked.digest())
