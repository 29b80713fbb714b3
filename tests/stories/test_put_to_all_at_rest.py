"""What is put to all while the group is paused, about to end, or has others waiting: what is said of its day, and
that it comes on that day."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories import inquiring, purposes, reviewing
from tests.stories.test_convening import look_after

NOT_BEFORE = "so nothing is put to all before it goes on, on Sunday 20 December."


@pytest.fixture
async def paused(stage: Stage) -> Stage:
    """From a Tuesday until Sunday 20 December."""
    await reviewing.gather(stage)
    await look_after(stage, "Sam", "Pause the group until…")
    assert await stage.send("Sam", {"Start again on": "2026-12-20"}) is None
    return stage


def asked(stage: Stage) -> list[str]:
    shown = map(stage.shown, stage.posts())
    return [one for one in shown if inquiring.QUESTION in one or purposes.SENTENCE in one or "should grow" in one]


@pytest.mark.slow
async def test_a_question_waits_for_the_working_day_on_which_it_goes_on_and_says_so(paused: Stage) -> None:
    said = await inquiring.ask(paused)
    assert "The group is paused, so this goes to the channel on Monday 21 December at the earliest." in said
    await paused.at("2026-12-21 09:59")
    assert asked(paused) == []
    await paused.at("2026-12-21 10:01")
    assert len(asked(paused)) == 1


@pytest.mark.slow
async def test_a_wording_too(paused: Stage) -> None:
    said = await purposes.draft(paused)
    assert "The group is paused, so this goes to the channel on Monday 21 December 2026 at the earliest." in said
    await paused.at("2026-12-21 09:59")
    assert asked(paused) == []
    await paused.at("2026-12-21 10:01")
    assert len(asked(paused)) == 1


@pytest.mark.slow
async def test_a_wording_that_waited_for_its_day_as_the_pause_began_comes_after_it(stage: Stage) -> None:
    await reviewing.gather(stage)
    await inquiring.ask(stage)
    await purposes.draft(stage)
    await look_after(stage, "Sam", "Pause the group until…")
    assert await stage.send("Sam", {"Start again on": "2026-12-20"}) is None
    await stage.at("2026-12-20 12:00")
    assert not any(purposes.SENTENCE in one for one in asked(stage))
    await stage.at("2026-12-23 10:01")
    assert any(purposes.SENTENCE in one for one in asked(stage))


@pytest.mark.slow
async def test_a_review_begins_at_once_so_it_begins_in_no_pause(paused: Stage) -> None:
    await paused.press_more("Margaret", "What for", "Start a review")
    assert NOT_BEFORE in paused.modal("Margaret")
    await paused.person("Margaret").close(everything=True)
    await paused.at("2026-12-21 09:00")
    assert asked(paused) == []
    await reviewing.start(paused)
    assert len(asked(paused)) == 1


@pytest.mark.slow
async def test_the_panel_says_paused_for_as_long_as_it_is(paused: Stage) -> None:
    assert "Paused until Sunday 20 December." in paused.shown(paused.panel())
    await paused.at("2026-12-20 00:05")
    assert "Paused" not in paused.shown(paused.panel())
    await look_after(paused, "Sam", "Invite people…")
    await paused.person("Sam").close()
    assert "[Go on now]" not in paused.modal("Sam")


@pytest.mark.slow
async def test_nothing_is_put_to_a_group_that_has_ended(stage: Stage) -> None:
    await reviewing.gather(stage)
    await purposes.draft(stage)
    for name, command in (("Jo", "inquiry Who is missing?"), ("Margaret", "review"), ("Wei", "purpose")):
        await stage.person(name).command("/between", command, "young-carers")
    await stage.person("Jo").fill("Your question", "Who is missing?")
    await look_after(stage, "Sam", "End the group…")
    assert await stage.send("Sam", {}) is None
    await stage.at("2026-12-02 10:00")
    before = len(asked(stage))
    for name in ("Jo", "Margaret"):
        await stage.person(name).submit()
        assert "Young carers has ended, so nothing is asked or posted any more." in stage.modal(name)
    await stage.at("2026-12-09 10:00")
    assert len(asked(stage)) == before


async def test_the_third_in_the_queue_is_told_that_two_come_first(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Wei")
    await stage.at("2026-11-24 09:00")
    await inquiring.ask(stage)
    one = "Another question has its turn first. Yours opens on the working day after that one's day."
    assert one in await inquiring.ask(stage, "Amir", "Who is missing?")
    await stage.at("2026-11-24 09:10")
    two = "2 other questions have their turn first. Yours opens on the working day after the last of them."
    assert two in await inquiring.ask(stage, "Wei", "What do we not say?")


async def test_a_question_of_who_has_left_has_no_turn_before_anybody(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Wei")
    await stage.at("2026-11-24 09:00")
    await inquiring.ask(stage)
    await inquiring.ask(stage, "Amir", "Who is missing?")
    await stage.press("Amir", "Leave")
    assert "Another question has its turn first." in await inquiring.ask(stage, "Wei", "What do we not say?")


@pytest.mark.slow
async def test_what_is_open_as_the_group_is_to_end_closes_on_its_last_day_and_is_shown(stage: Stage) -> None:
    await reviewing.gather(stage)
    await inquiring.ask(stage, until="2026-12-18")
    await inquiring.write(stage, "Amir", "To know whom to ring.")
    await look_after(stage, "Sam", "End the group…")
    assert await stage.send("Sam", {}) is None
    await stage.settle()
    assert "until Monday 30 November, 16:00 GMT." in stage.shown(inquiring.post(stage))
    await stage.at("2026-11-30 16:01")
    assert "To know whom to ring." in inquiring.thread(stage)


@pytest.mark.slow
async def test_a_question_asked_then_is_until_that_day_too_and_its_form_says_so(stage: Stage) -> None:
    await reviewing.gather(stage)
    await look_after(stage, "Sam", "End the group…")
    assert await stage.send("Sam", {}) is None
    await stage.at("2026-11-28 09:00")
    await stage.person("Jo").command("/between", "inquiry", "young-carers")
    assert "Answered until (else Monday)" in stage.modal("Jo")


async def test_in_a_pause_and_in_the_queue_the_form_names_no_day_before_it_opens(paused: Stage) -> None:
    await paused.person("Jo").command("/between", "inquiry", "young-carers")
    assert "Answered until (else the day of the brief, Thursday 24 December)" in paused.modal("Jo")
    await paused.person("Jo").close(everything=True)
    await inquiring.ask(paused)
    await paused.person("Amir").command("/between", "inquiry", "young-carers")
    assert "Answered until (else the day of a brief, once it is open)" in paused.modal("Amir")


@pytest.mark.slow
async def test_who_presses_after_the_end_hears_so_before_they_write(stage: Stage) -> None:
    await reviewing.gather(stage)
    await look_after(stage, "Sam", "End the group…")
    assert await stage.send("Sam", {}) is None
    await stage.at("2026-12-02 10:00")
    for button in ("Put a question to all", "Start a review", "Draft a purpose"):
        await stage.press_more("Jo", "What for", button)
        assert "has ended, so nothing is asked or posted any more." in stage.modal("Jo")
        await stage.person("Jo").close(everything=True)


@pytest.mark.slow
async def test_nor_does_anybody_write_what_would_go_under_a_draft(stage: Stage) -> None:
    await reviewing.gather(stage)
    await purposes.draft(stage)
    await stage.at("2026-11-26 12:00")
    await look_after(stage, "Sam", "End the group…")
    assert await stage.send("Sam", {}) is None
    wei = stage.person("Wei")
    await wei.press(purposes.put(stage), purposes.CHANGE)
    await wei.fill("What would you change?", "Name the wards.")
    await stage.at("2026-12-05 10:00")
    assert await wei.submit() is None
    assert "has ended, so nothing is asked or posted any more." in stage.modal("Wei")
    assert "Name the wards." in stage.modal("Wei")
    assert f"[{purposes.CHANGE}]" not in stage.shown(purposes.put(stage))


@pytest.mark.slow
async def test_on_a_day_that_is_another_posts_it_is_not_said_to_go_at_once(stage: Stage) -> None:
    """It is the morning after a meeting; at ten the channel is asked what people said they would do."""
    await stage.gather("Jo", "Amir", "Wei")
    await stage.at("2026-12-01 09:00")
    free = "or on the next working day that has no post yet"
    assert free in await inquiring.ask(stage)
    assert free in await purposes.draft(stage)
    shown = await purposes.sheet(stage, "Amir")
    assert "It is put to all on the next working day that has no post in the channel yet." in shown
    await stage.at("2026-12-01 18:00")
    assert asked(stage) == []
    await stage.at("2026-12-03 18:00")
    assert len(asked(stage)) == 2
