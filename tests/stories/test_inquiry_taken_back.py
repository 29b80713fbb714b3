"""A question is taken back by whoever asked it; once it stands in the channel, that is said there."""

from __future__ import annotations

from copy import deepcopy

import pytest

from playground.messages import Message
from tests.stage import Stage
from tests.stories.inquiring import AFTER, EIGHT, QUESTION, ask, post, stored_texts, write


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Jo has asked, and Amir has answered alone."""
    await stage.gather(*EIGHT)
    await stage.at("2026-11-24 09:00")
    await ask(stage)
    await write(stage, "Amir", "Fewer forms.")
    return stage


async def take_back(stage: Stage) -> Message:
    """By Jo; gives the post as it reads then."""
    put = post(stage)
    await stage.press_more("Jo", "What for", "Questions to all")
    await stage.person("Jo").press_in_modal("Take it back")
    await stage.settle()
    return next(one for one in stage.posts() if one.ts == put.ts)


@pytest.mark.slow
async def test_her_post_says_so_and_nobody_ever_sees_an_answer(carers: Stage) -> None:
    put = await take_back(carers)
    said = carers.shown(put)
    assert "Jo (Riverside Hospitals Trust) took this question back. Nobody saw an answer to it, and all are" in said
    assert QUESTION not in said
    assert "[Answer]" not in said
    assert "Nobody has put a question to all yet." in carers.modal("Jo")
    assert await stored_texts(carers) == set()
    await carers.at(AFTER)
    assert not carers.replies(put)
    assert carers.shown(next(one for one in carers.posts() if one.ts == put.ts)) == said


@pytest.mark.slow
async def test_it_asks_nobody_any_more_and_a_late_press_is_told(carers: Stage) -> None:
    await carers.at("2026-11-24 10:00")
    await carers.person("Wei").press(post(carers), "Answer")
    await carers.person("Wei").fill("Your answer", "Somebody to ring.")
    await take_back(carers)
    await carers.person("Wei").submit()
    await carers.settle()
    assert "took that question back" in carers.modal("Wei")
    assert await stored_texts(carers) == set()
    await carers.person("Wei").close(everything=True)
    await carers.at("2026-11-25 12:00")
    assert not [one for one in carers.dms("Priya") if QUESTION in carers.shown(one)]


@pytest.mark.slow
async def test_who_was_asked_below_their_check_in_is_told_when_they_press(carers: Stage) -> None:
    await carers.at("2026-11-25 12:00")
    asked = carers.newest("Priya", "nobody sees who has")
    before = deepcopy(asked.blocks)
    await take_back(carers)
    asked.blocks = before  # as where Slack had not shown it anew yet
    await carers.person("Priya").press(asked, "Answer the question")
    await carers.settle()
    assert "took that question back" in "".join(carers.notes("Priya"))
    assert "nobody sees who has" not in carers.shown(asked), "and it can't be pressed there once more"
    assert "[Nothing new]" in carers.shown(asked)


@pytest.mark.slow
async def test_the_next_in_the_queue_moves_up(carers: Stage) -> None:
    await ask(carers, "Amir", "Who is missing here?")
    await take_back(carers)  # two posts on one day would be too many
    assert not [one for one in carers.posts() if "Who is missing here?" in carers.shown(one)], (
        "two posts in one day"
    )
    await carers.at("2026-11-25 10:00")
    assert "[Answer]" in carers.shown(post(carers, "Who is missing here?"))


async def test_nobody_else_can(carers: Stage) -> None:
    await carers.press_more("Amir", "What for", "Questions to all")
    assert "[Answer]" in carers.modal("Amir")
    assert "[Take it back]" not in carers.modal("Amir")


@pytest.mark.slow
async def test_a_sheet_from_before_it_opened_shows_what_taking_it_back_would_do(carers: Stage) -> None:
    await ask(carers, "Wei", "Who is missing here?")
    await carers.press_more("Wei", "What for", "Questions to all")
    await take_back(carers)
    await carers.at("2026-11-25 10:00")
    await carers.person("Wei").press_in_modal("Take it back")
    await carers.settle()
    assert "Open until" in carers.modal("Wei")
    assert "[Answer]" in carers.shown(post(carers, "Who is missing here?"))
