"""One post of ours a day in the channel: what comes later is added to it or waits, and what matters is noticed."""

from __future__ import annotations

import pytest

from playground.messages import BROADCAST, Message
from tests.stage import Stage, also
from tests.stories import reviewing
from tests.stories.inquiring import QUESTION, ask, post
from tests.stories.test_changes import settings

MOVED = "The meeting of Monday 30 November moves to Wednesday 2 December at"


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """On a Tuesday; the channel was told of the four yesterday."""
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-24 09:00")
    return stage


async def move(stage: Stage, name: str = "Sam") -> None:
    await stage.press_more(name, "Move a meeting")
    assert await stage.send(name, {"New day": "2026-12-02"}) is None


def noticed(stage: Stage, under: Message) -> list[str]:
    """What the channel sees of a post's thread."""
    return [stage.shown(one) for one in stage.replies(under) if one.subtype == BROADCAST]


async def test_sam_moves_a_meeting_on_the_day_of_jos_question_and_the_channel_has_one_post_and_notices(
    carers: Stage,
) -> None:
    await ask(carers)
    before = len(carers.posts())
    await move(carers)
    await carers.at("2026-11-24 09:10")
    assert len(carers.posts()) == before
    shown = carers.shown(post(carers))
    assert MOVED in shown
    assert "[Answer]" in shown
    assert "[Object]" in shown
    [said] = noticed(carers, post(carers))
    assert MOVED in said
    assert "[Object]" not in said


async def test_amir_objects_in_that_post_and_the_channel_notices_that_too(carers: Stage) -> None:
    await ask(carers)
    await move(carers)
    await carers.at("2026-11-24 09:10")
    await carers.person("Amir").press(post(carers), "Object")
    await carers.settle()
    shown = carers.shown(post(carers))
    assert QUESTION in shown
    assert "Amir (Riverside Fire & Rescue) objected" in shown
    await carers.at("2026-11-24 09:20")
    assert "objected, so this is as it was before" in noticed(carers, post(carers))[-1]
    assert len(noticed(carers, post(carers))) == 2


async def test_a_week_later_the_questions_post_still_tells_of_the_move(carers: Stage) -> None:
    await ask(carers, until="2026-11-27")
    await move(carers)
    await carers.at("2026-11-26 09:10")
    await settings(carers, "Amir", {"What you work on together": "Carers"})
    await carers.at("2026-11-27 16:01")
    shown = carers.shown(post(carers))
    assert "Its day has come" in shown
    assert MOVED in shown


@pytest.mark.slow
async def test_jos_question_of_a_day_that_has_its_post_goes_there_tomorrow_and_says_so(carers: Stage) -> None:
    await settings(carers, "Sam", {"What you work on together": "Carers"})
    before = len(carers.posts())
    said = await ask(carers)
    assert "so this one goes there on Wednesday 25 November at the earliest." in said
    await carers.at("2026-11-24 18:00")
    assert len(carers.posts()) == before
    await carers.at("2026-11-25 10:00")
    assert QUESTION in carers.announced()


@pytest.mark.slow
async def test_jos_question_has_the_day_that_she_was_told_though_margaret_starts_a_review_after_it(
    stage: Stage,
) -> None:
    await reviewing.gather(stage)
    await settings(stage, "Sam", {"What you work on together": "Carers"})
    assert "goes there on Wednesday 25 November at the earliest." in await ask(stage)
    await reviewing.start(stage)
    await stage.at("2026-11-25 10:00")
    assert QUESTION in stage.announced()
    await stage.at("2026-11-26 10:00")
    assert "has started a review" in stage.announced()


async def test_a_new_name_and_then_a_move_are_one_post_and_the_move_is_noticed(carers: Stage) -> None:
    await settings(carers, "Amir", {"What you work on together": "Carers"})
    before = carers.posts()[-1]
    await move(carers)
    await carers.at("2026-11-24 09:10")
    assert carers.posts()[-1].ts == before.ts
    [said] = noticed(carers, before)
    assert MOVED in said


async def test_a_name_that_changes_after_a_move_is_told_quietly(carers: Stage) -> None:
    await move(carers)
    await settings(carers, "Amir", {"What you work on together": "Carers"})
    await carers.at("2026-11-24 09:10")
    assert "It is called Carers." in carers.announced()
    assert noticed(carers, carers.posts()[-1]) == []


async def test_two_bots_say_it_aloud_once(carers: Stage) -> None:
    await ask(carers)
    async with also(carers):
        await move(carers)
        await carers.at("2026-11-24 09:20")
    assert len(noticed(carers, post(carers))) == 1


@pytest.mark.slow
async def test_on_the_morning_of_the_capture_a_change_is_told_at_once_and_the_capture_comes_with_it(
    carers: Stage,
) -> None:
    await carers.at("2026-12-01 09:00")
    await settings(carers, "Amir", {"What you work on together": "Carers"})
    told = carers.posts()[-1]
    await carers.at("2026-12-01 11:00")
    assert carers.posts()[-1].ts == told.ts
    shown = carers.announced()
    assert "It is called Carers." in shown
    assert "Anything you said on Monday that you'd do?" in shown
    [said] = noticed(carers, told)
    assert "Anything you said on Monday that you'd do?" in said
    assert "[Add a commitment]" in said


@pytest.mark.slow
async def test_who_leaves_that_morning_is_told_of_with_the_capture(carers: Stage) -> None:
    await carers.at("2026-12-01 09:00")
    before = len(carers.posts())
    await carers.person("Amir").press(carers.dms("Amir")[0], "Leave")
    await carers.at("2026-12-01 09:59")
    assert len(carers.posts()) == before
    await carers.at("2026-12-01 10:05")
    [one] = carers.posts()[before:]
    assert "Anything you said on Monday that you'd do" in carers.shown(one)
    assert "Amir (Riverside Fire & Rescue) has left the group." in carers.shown(one)
