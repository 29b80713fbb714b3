"""What a review showed, in its thread: as the commitments read now, and not as they did on its day."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import card
from tests.stories.reviewing import AFTER, FORMS, all_place, gather, start, thread

OTHER_WORDS = "One form, and a person to ring"


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Its day has come: some would weed the forms, which are Amir's."""
    await gather(stage)
    await start(stage)
    await all_place(stage)
    await stage.at(AFTER)
    assert f"*{FORMS}*" in thread(stage)
    assert "[Suggest stopping one]" in thread(stage)
    return stage


async def reword(stage: Stage, words: str) -> None:
    await card(stage, "Amir")
    await stage.person("Amir").press_in_modal("Change its words")
    assert await stage.send("Amir", {"What": words}) is None


@pytest.mark.slow
async def test_its_makers_other_words_take_the_place_of_the_first(carers: Stage) -> None:
    await reword(carers, OTHER_WORDS)
    said = thread(carers)
    assert f"*{OTHER_WORDS}*\nAbout half: grow. About half: weed." in said
    assert FORMS not in said
    await reword(carers, FORMS)
    assert f"*{FORMS}*" in thread(carers)
    await reword(carers, OTHER_WORDS)
    assert f"*{OTHER_WORDS}*" in thread(carers), "changed to and fro, it is as it was said last"


@pytest.mark.slow
async def test_let_go_of_it_says_so_and_is_not_to_be_stopped_any_more(carers: Stage) -> None:
    await card(carers, "Amir")
    await carers.person("Amir").press_in_modal("Say how it's going")
    await carers.person("Amir").choose_in_modal("It is", "Let go")
    await carers.person("Amir").fill("A line on it", "One form fits nobody.")
    assert await carers.person("Amir").submit() is None
    await carers.settle()
    assert f"*{FORMS}*\nAbout half: grow. About half: weed. Let go since." in thread(carers)
    assert "[Suggest stopping one]" not in thread(carers)
