"""What a commitment serves: the line of sight, and where there is no purpose yet."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.purposes import (
    AIM,
    BETTER,
    OTHER,
    close,
    commit,
    draft,
    gathered,
    live_with,
    standing,
)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    return await gathered(stage)


@pytest.mark.slow
async def test_home_shows_the_line_of_sight_and_an_aim_that_went_as_it_was(carers: Stage) -> None:
    await standing(carers)
    await commit(carers, "Sam", "Ask each head", serves=AIM, part="I ring three", better="Pupils in year 7")
    await carers.person("Sam").open_home()
    await carers.settle()
    assert f"I ring three → Ask each head → {AIM} → Pupils in year 7" in carers.home("Sam")
    await carers.press_more("Amir", "See commitments")
    assert f"Serves: {AIM}" in carers.modal("Amir")
    await close(carers, "Amir")
    await draft(carers, "Amir", BETTER, Aim_1="Every school asks early")
    await carers.at("2026-12-02 10:01")
    await live_with(carers, "Sam", "Jo", sentence=BETTER)
    await carers.at("2026-12-09 10:02")
    await carers.person("Sam").open_home()
    await carers.settle()
    assert "Ask each head → Every school asks early → Pupils" in carers.home("Sam"), "the aim kept its id"
    await draft(carers, "Jo", "Rest comes first.", Aim_1="")
    await carers.at("2026-12-10 10:01")
    await live_with(carers, "Sam", "Amir", sentence="Rest comes first.")
    await carers.at("2026-12-17 10:03")
    await carers.person("Sam").open_home()
    await carers.settle()
    assert "Ask each head → Every school asks early (as it was) → Pupils" in carers.home("Sam")
    await carers.press_more("Sam", "See commitments")
    await carers.person("Sam").press_in_modal("Change its words")
    assert "Every school asks early (as it was)" in carers.modal("Sam")
    await carers.person("Sam").choose_in_modal("Serves", OTHER)
    assert await carers.person("Sam").submit() is None
    await carers.settle()
    await close(carers, "Sam")
    await carers.person("Sam").open_home()
    await carers.settle()
    assert f"Ask each head → {OTHER} → Pupils" in carers.home("Sam")


async def test_without_a_purpose_no_form_asks_what_it_serves_and_a_line_invites_a_draft(carers: Stage) -> None:
    await carers.press_more("Sam", "Add a commitment")
    assert "Serves" not in carers.modal("Sam")
    await close(carers, "Sam")
    await carers.press_more("Sam", "What for")
    assert "nobody has said yet what we are here for" in carers.modal("Sam")
    assert "[Draft a purpose]" in carers.modal("Sam")


async def test_others_read_whose_part_it_is_and_she_reads_my_part(carers: Stage) -> None:
    await commit(carers, "Sam", "Ask each head", part="I ring three")
    await carers.press_more("Sam", "See commitments")
    assert "My part: I ring three" in carers.modal("Sam")
    await close(carers, "Sam")
    await carers.press_more("Amir", "See commitments")
    assert "Sam's part: I ring three" in carers.modal("Amir")
