"""The group's own questions: a list it keeps, asked in turn or the same each round, each change announced."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.test_convening import look_after

OWN = "Which child did we miss?\n\nWho should hear of this?"


async def ask(stage: Stage, fields: dict[str, str]) -> None:
    await look_after(stage, "Sam", "Our questions…")
    assert await stage.send("Sam", fields) is None


async def asked_on(stage: Stage, day: str) -> str:
    await stage.at(f"{day} 12:00")
    await stage.press("Jo", "Answer")
    shown = stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    return shown


@pytest.mark.slow
async def test_the_groups_own_questions_are_asked_in_turn_from_the_next_round_on(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "Our questions…")
    assert "What are we not talking about?" in stage.modal("Sam")
    await stage.send("Sam", {"One a line": OWN})
    announced = stage.announced()
    assert "I ask in turn: “Which child did we miss?” and “Who should hear of this?”" in announced
    assert "Which child did we miss?" in await asked_on(stage, "2026-11-25")
    assert "Who should hear of this?" in await asked_on(stage, "2026-12-09")
    assert "Which child did we miss?" in await asked_on(stage, "2026-12-23")


@pytest.mark.slow
async def test_a_question_may_be_the_same_every_round(stage: Stage) -> None:
    await stage.gather("Jo")
    await ask(stage, {"One a line": "Which child did we miss?", "Ask": "The first of them, every round"})
    assert "I ask each round: “Which child did we miss?”" in stage.announced()
    for day in ("2026-11-25", "2026-12-09"):
        assert "Which child did we miss?" in await asked_on(stage, day)


async def test_an_empty_list_is_mine_again_and_an_objection_brings_the_old_one_back(stage: Stage) -> None:
    await stage.gather("Jo")
    await ask(stage, {"One a line": OWN})
    await ask(stage, {"One a line": ""})
    assert "I ask my own questions again, in turn." in stage.announced()
    await stage.press("Jo", "Object")
    assert "Which child did we miss?" in await asked_on(stage, "2026-11-25")


async def test_what_is_saved_as_it_stands_is_news_to_nobody(stage: Stage) -> None:
    await stage.gather("Jo")
    before = len(stage.posts())
    await ask(stage, {})
    assert len(stage.posts()) == before


async def test_too_many_or_too_long_is_said_at_the_field(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "Our questions…")
    refused = await stage.send("Sam", {"One a line": "\n".join(f"Number {n}?" for n in range(13))})
    assert list((refused or {}).values()) == ["That's 13 questions; 12 is the most I can keep."]
    refused = await stage.send("Sam", {"One a line": "x" * 151})
    assert list((refused or {}).values()) == ["That's 151 characters; 150 is the most I can keep here."]
