"""A question to all, or a review, whose day comes in a pause: what is to be shown can be read, and taken out, by
whoever it is of, and nothing says that it is open."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories import inquiring, reviewing
from tests.stories.holding import behind_more
from tests.stories.resting import closed, end, pause

pytestmark = pytest.mark.slow

WAITS = (
    "Its day has been, and the group is paused. It is shown once the group goes on, on Monday 14 December. Until "
    "then nobody sees it, and each can take theirs out."
)
GOES = "Its day has been, and the group is paused. The group ends on Wednesday 9 December without going on:"
QUESTIONS, REVIEWS = ("What for", "Questions to all"), ("What for", "Reviews")
REGRETTED = "I regret this line."


async def asked(stage: Stage) -> None:
    """Amir regrets what he answered; her day was on Friday 27 November, and they are paused."""
    await stage.gather(*inquiring.EIGHT)
    await stage.at("2026-11-24 09:00")
    await inquiring.ask(stage, "Jo", until="2026-11-27")
    await inquiring.write(stage, "Amir", REGRETTED)
    await inquiring.write(stage, "Wei", "More time.")
    await pause(stage, "2026-12-14")
    await stage.at("2026-12-02 12:00")


async def reviewed(stage: Stage) -> None:
    await reviewing.gather(stage)
    await reviewing.start(stage, until="2026-11-27")
    await reviewing.all_place(stage)
    await pause(stage, "2026-12-14")
    await stage.at("2026-12-02 12:00")


async def test_amir_reads_and_takes_out_his_answer_after_its_day_while_they_are_paused(stage: Stage) -> None:
    await asked(stage)
    await behind_more(stage, "Amir", *QUESTIONS)
    await stage.person("Amir").press_in_modal("My answer")
    assert REGRETTED in stage.modal("Amir")
    assert "With my name" in stage.modal("Amir")
    assert "More time." not in stage.modal("Amir")
    await stage.person("Amir").press_in_modal("Take my answer out")
    assert "Taken out, and deleted." in stage.modal("Amir")
    assert "answer again" not in stage.modal("Amir")
    await stage.person("Amir").close(everything=True)
    await stage.at("2026-12-14 12:00")
    assert "More time." in inquiring.thread(stage)
    assert REGRETTED not in inquiring.thread(stage)
    assert "was withdrawn" not in inquiring.thread(stage)


async def test_after_its_day_in_a_pause_no_screen_says_that_a_question_is_open(stage: Stage) -> None:
    await asked(stage)
    for said in (await closed(stage, "Aoife", *QUESTIONS), stage.shown(inquiring.post(stage))):
        assert WAITS in said
        assert "until Friday 27 November" not in said
        assert "[Answer]" not in said
    await stage.person("Aoife").press(inquiring.post(stage), "My answer")
    assert "You wrote no answer." in stage.modal("Aoife")
    await stage.person("Aoife").close(everything=True)


async def test_the_post_says_another_day_where_the_pause_has_another(stage: Stage) -> None:
    await asked(stage)
    await pause(stage, "2026-12-16")
    await stage.at("2026-12-02 12:30")
    assert "once the group goes on, on Wednesday 16 December" in stage.shown(inquiring.post(stage))
    await end(stage)
    await stage.at("2026-12-02 13:00")
    assert GOES in stage.shown(inquiring.post(stage))


async def test_a_form_that_jo_opened_in_time_is_not_taken_after_its_day(stage: Stage) -> None:
    await stage.gather(*inquiring.EIGHT)
    await stage.at("2026-11-24 09:00")
    await inquiring.ask(stage, "Jo", until="2026-11-27")
    await pause(stage, "2026-12-14")
    await stage.person("Jo").press(inquiring.post(stage), "Answer")
    await stage.at("2026-12-02 12:00")
    await stage.person("Jo").fill("Your answer", "Too late.")
    await stage.person("Jo").submit()
    await stage.settle()
    assert await inquiring.stored_texts(stage) == set()


async def test_jo_reads_and_takes_out_what_she_placed_after_its_day_while_they_are_paused(stage: Stage) -> None:
    await reviewed(stage)
    await behind_more(stage, "Jo", *REVIEWS)
    assert WAITS in stage.modal("Jo")
    await stage.person("Jo").press_in_modal("What I placed")
    assert f"*{reviewing.FORMS}*\nWeed" in stage.modal("Jo")
    before = await reviewing.kept(stage)
    await stage.person("Jo").press_in_modal("Take mine out")
    assert "Taken out, and deleted." in stage.modal("Jo")
    assert "place some again" not in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    assert await reviewing.kept(stage) == before - 1


async def test_after_its_day_in_a_pause_no_screen_says_that_a_review_is_open(stage: Stage) -> None:
    await reviewed(stage)
    for said in (await closed(stage, "Sam", *REVIEWS), stage.shown(reviewing.post(stage))):
        assert WAITS in said
        assert "until Friday 27 November" not in said
        assert "[Place them]" not in said
    await stage.person("Sam").press(reviewing.post(stage), "What I placed")
    assert "You placed none." in stage.modal("Sam")
    await stage.person("Sam").close(everything=True)
    await stage.at("2026-12-14 12:00")
    assert reviewing.FORMS in reviewing.thread(stage)
