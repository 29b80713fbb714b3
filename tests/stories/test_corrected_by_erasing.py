"""What the channel still shows of a digest, a brief and a purpose once somebody is erased, and on which day it says
that this was changed."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.erasing import erase
from tests.stories.purposes import SENTENCE, draft, gathered, put

HERS, HIS, THEIRS = "Beds are full again.", "The night shift is thin.", "The school closes early."


async def shared(stage: Stage) -> None:
    """Jo's and Wei's words are in Friday's digest with Amir's; of Margaret nothing is."""
    await stage.gather("Jo", "Amir", "Margaret", "Wei")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation=HERS)
    await stage.answer("Amir", organisation=HIS)
    await stage.answer("Wei", organisation=THEIRS)
    await stage.at("2026-12-01 12:00")


@pytest.mark.slow
async def test_a_digest_says_on_which_day_it_was_corrected_and_only_where_she_stood_in_it(stage: Stage) -> None:
    await shared(stage)
    await erase(stage, "Margaret")
    await stage.at("2026-12-01 12:30")
    assert "Corrected" not in stage.shown(stage.digest())
    await stage.at("2026-12-02 12:00")
    await erase(stage)
    await stage.at("2026-12-02 12:30")
    assert HERS not in stage.shown(stage.digest())
    assert "Corrected Wednesday." in stage.shown(stage.digest())


@pytest.mark.slow
async def test_one_that_was_corrected_before_says_the_later_day(stage: Stage) -> None:
    await shared(stage)
    await erase(stage)
    await stage.at("2026-12-02 12:00")
    assert "Corrected Tuesday." in stage.shown(stage.digest())
    await erase(stage, "Wei")
    await stage.at("2026-12-02 12:30")
    shown = stage.shown(stage.digest())
    assert THEIRS not in shown
    assert HIS in shown
    assert "Corrected Wednesday." in shown


@pytest.mark.slow
async def test_a_brief_says_the_day_of_the_erasing_not_that_on_which_it_was_drawn(stage: Stage) -> None:
    """It is drawn on Friday for Monday; Jo goes on Sunday."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-27 12:00")
    for name, line in (("Jo", HERS), ("Amir", HIS)):
        await stage.press_more(name, "The brief so far", "Add a line")
        await stage.person(name).fill("What should the meeting hear?", line)
        assert await stage.person(name).submit() is None
        await stage.person(name).close(everything=True)
    await stage.at("2026-11-29 12:00")
    brief = next(post for post in stage.posts() if HERS in stage.shown(post))
    await erase(stage)
    await stage.at("2026-11-29 12:30")
    assert HERS not in stage.shown(brief)
    assert HIS in stage.shown(brief)
    assert "Corrected Sunday 29 November." in stage.shown(brief)


@pytest.mark.slow
async def test_words_for_the_purpose_are_taken_back_on_the_day_of_the_erasing(stage: Stage) -> None:
    """Jo put them to all on Tuesday, and goes on Thursday."""
    await gathered(stage)
    await draft(stage)
    post = put(stage)
    await stage.at("2026-11-26 12:00")
    await erase(stage)
    await stage.at("2026-11-26 12:30")
    assert SENTENCE not in stage.shown(post)
    assert "took these words back on Thursday 26 November 2026." in stage.shown(post)
