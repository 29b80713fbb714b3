"""*Object* stands under a change as long as it would be heard: not once that has been, or was changed again."""

from __future__ import annotations

import pytest

from playground.messages import Message
from tests.stage import Stage
from tests.stories.holding import behind_more
from tests.stories.test_convening import look_after

CAN = "Anyone in the group can object"


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-24 09:30")
    return stage


async def moved(stage: Stage) -> Message:
    """The meeting of Monday is on Tuesday."""
    await behind_more(stage, "Jo", "Move a meeting")
    await stage.send("Jo", {"New day": "2026-12-01"})
    return stage.posts()[-1]


async def look_after_it(stage: Stage, button: str, **fields: str) -> Message:
    await look_after(stage, "Jo", button)
    await stage.send("Jo", {label.replace("_", " "): value for label, value in fields.items()})
    return stage.posts()[-1]


async def refused(stage: Stage, post: Message, when: str) -> None:
    """Amir's press arrives after that moment, though the button was drawn before it."""
    blocks = post.blocks
    await stage.at(when)
    assert CAN not in stage.shown(post)
    assert "[Object]" not in stage.shown(post)
    post.blocks = blocks
    await stage.person("Amir").press(post, "Object")
    await stage.settle()
    assert "That day has passed, so there is nothing left to undo." in stage.notes("Amir")[-1]
    assert not [one for one in map(stage.shown, stage.posts()) if "objected" in one]


@pytest.mark.slow
async def test_a_meeting_that_has_been_on_the_day_it_moved_to_is_not_put_back(carers: Stage) -> None:
    post = await moved(carers)
    assert CAN in carers.shown(post)
    await refused(carers, post, "2026-12-02 12:00")


async def test_nor_to_the_day_on_which_it_was_not(carers: Stage) -> None:
    await refused(carers, await moved(carers), "2026-11-30 16:00")


@pytest.mark.slow
async def test_a_meeting_that_was_left_out_is_not_put_back_after_its_day(carers: Stage) -> None:
    await refused(carers, await look_after_it(carers, "We won't meet this time"), "2026-12-02 12:00")


@pytest.mark.slow
async def test_a_pause_that_is_over_can_be_objected_to_no_more(carers: Stage) -> None:
    post = await look_after_it(carers, "Pause the group until…", Start_again_on="2026-12-08")
    await refused(carers, post, "2026-12-09 12:00")


@pytest.mark.slow
async def test_nobody_brings_a_group_back_by_objecting_to_its_end_once_it_has_ended(carers: Stage) -> None:
    post = await look_after_it(carers, "End the group…")
    await refused(carers, post, "2026-12-01 12:00")
    assert "Young carers* ended on Tuesday 1 December" in carers.shown(carers.panel())
    await look_after(carers, "Amir", "Go on now")
    await carers.at("2026-12-01 12:30")
    [told] = [one for one in map(carers.shown, carers.posts()) if "I ask as before again." in one]
    assert CAN in told


async def test_what_was_changed_again_is_open_again_once_that_was_objected_to(carers: Stage) -> None:
    await look_after(carers, "Sam", "Hand the role on…")
    await carers.send("Sam", {"To whom": "Jo (Riverside Hospitals Trust)"})
    await carers.at("2026-11-25 09:30")
    first = carers.posts()[-1]
    assert CAN in carers.shown(first)
    await look_after(carers, "Jo", "Hand the role on…")
    await carers.send("Jo", {"To whom": "Amir (Riverside Fire & Rescue)"})
    await carers.at("2026-11-25 09:40")
    assert CAN not in carers.shown(first)
    await carers.press("Sam", "Object")
    await carers.at("2026-11-25 09:50")
    assert CAN in carers.shown(first)
    await carers.person("Amir").press(first, "Object")
    await carers.settle()
    assert "Amir (Riverside Fire & Rescue) objected" in carers.shown(first)


async def test_what_was_said_aloud_in_the_thread_stays_true_when_somebody_objects(carers: Stage) -> None:
    await look_after(carers, "Sam", "Hand the role on…")
    await carers.send("Sam", {"To whom": "Jo (Riverside Hospitals Trust)"})
    post = await moved(carers)
    await carers.at("2026-11-24 10:00")
    [said] = carers.replies(post)
    assert "moves to Tuesday 1 December" in carers.shown(said)
    assert CAN not in carers.shown(said)
