"""A brief whose only lines are headings, when somebody takes the answers from under them."""

from __future__ import annotations

import pytest

from playground.forms import controls
from tests.stage import Stage
from tests.stories import inquiring


async def put(stage: Stage, who: str, answer: str, heading: str) -> None:
    await inquiring.read(stage, who)
    person = stage.person(who)
    await person.press_in_modal("Put answers together")
    assert person.modal
    every = [one for _, one in controls(person.modal.blocks) if one.get("action_id") == "answers"]
    labels = [option["text"]["text"] for option in every[0]["options"]]
    await person.fill("Or under a new heading", heading)
    await person.fill("These answers", [next(one for one in labels if answer in one)])
    assert await person.submit() is None
    await stage.settle()
    await person.close(everything=True)


@pytest.mark.timeout(120)
@pytest.mark.slow
async def test_where_margaret_moves_the_answers_nobody_is_said_to_have_struck_a_line(stage: Stage) -> None:
    await stage.gather(*inquiring.EIGHT)
    await stage.at("2026-11-24 09:30")
    await inquiring.ask(stage, until="2026-11-25")
    await inquiring.write(stage, "Amir", "More time")
    await inquiring.write(stage, "Wei", "Fewer papers")
    await stage.at("2026-11-25 16:05")
    await put(stage, "Jo", "More time", "Time")
    await put(stage, "Jo", "Fewer", "Paper")
    await stage.at("2026-11-27 16:05")
    brief = stage.briefs()[-1]
    assert "Time — where we differ" in stage.shown(brief)
    await put(stage, "Margaret", "More time", "")
    await put(stage, "Margaret", "Fewer", "")
    await stage.at("2026-11-27 16:30")
    assert "nothing is left in this brief: what it held was struck, or has changed since." in stage.shown(brief)
