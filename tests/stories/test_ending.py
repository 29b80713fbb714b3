"""A group that ends: announced a week ahead, what is said of it then, and who takes it up again."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.cast import ORGANISATIONS
from tests.stage import Stage
from tests.stories.holding import behind_more
from tests.stories.test_convening import look_after, mornings


async def test_in_a_group_that_has_ended_the_channel_hears_of_an_organisation_later_if_at_all(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "End the group…")
    await stage.send("Sam", {})
    await stage.press_more("Jo", "Change my settings")
    assert "the channel hears of it.)" in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-30 12:00")
    await stage.press_more("Jo", "Change my settings")
    assert "the channel hears of it should the group go on.)" in stage.modal("Jo")


async def test_of_a_group_that_ends_already_nobody_is_offered_to_end_it_in_a_week(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "End the group…")
    assert "It ends in a week, on Monday 30 November." in stage.modal("Sam")
    await stage.send("Sam", {})
    await stage.at("2026-11-26 12:00")
    await look_after(stage, "Jo", "End the group…")
    assert "It ends on Monday 30 November. To undo that: More, Look after the group, Go on now." in stage.modal(
        "Jo"
    )
    assert "[End and announce]" not in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-30 12:00")
    sheet = await behind_more(stage, "Jo", "Look after the group…")
    assert "End the group…" not in sheet
    assert "[Go on now]" in sheet


@pytest.mark.slow
async def test_the_groups_end_is_announced_a_week_ahead_and_then_nothing_comes(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "End the group…")
    assert "What was posted stays in the channel." in stage.modal("Sam")
    assert await stage.send("Sam", {}) is None
    announced = stage.announced()
    assert "The group ends on Monday 30 November." in announced
    assert "[Object]" in announced
    await stage.at("2026-11-25 09:00")
    assert len(mornings(stage, "Jo")) == 1
    await stage.at("2026-11-30 12:00")
    assert "Young carers has ended." in stage.announced()
    letters, posts = len(stage.dms("Jo")), len(stage.posts())
    await stage.at("2027-01-15 12:00")
    assert (len(stage.dms("Jo")), len(stage.posts())) == (letters, posts)


@pytest.mark.slow
async def test_an_objection_keeps_the_group_going(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "End the group…")
    await stage.send("Sam", {})
    await stage.press("Jo", "Object")
    await stage.at("2026-12-09 12:00")
    assert not any("has ended" in post.text for post in stage.posts())
    assert len(mornings(stage, "Jo")) == 2


@pytest.mark.slow
async def test_once_it_has_ended_nobody_is_promised_a_digest_and_anybody_can_take_it_up_again(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "End the group…")
    await stage.send("Sam", {})
    assert "It ends on Monday 30 November." in stage.shown(stage.panel())
    before = deepcopy(stage.panel().blocks)
    await stage.at("2026-11-30 12:00")
    jo = stage.person("Jo")
    await jo.open_home()
    await stage.settle()
    await jo.press(stage.panel(), "More")
    for shown in (stage.shown(stage.panel()), stage.home("Jo"), stage.modal("Jo")):
        assert "[Add a commitment]" in shown
        assert "[Answer]" not in shown, "nothing is asked any more"
    await jo.close(everything=True)
    stage.panel().blocks = before  # as where Slack had not shown it anew yet
    for name, button in (("Jo", "Answer"), ("Amir", "Join")):
        await stage.person(name).press(stage.panel(), button)
        await stage.settle()
        assert stage.person(name).modal is None
        assert "Young carers has ended" in stage.notes(name)[-1]
    await look_after(stage, "Jo", "Go on now")
    await stage.settle()
    told = stage.announced()
    assert "I ask as before again." in told
    assert "Young carers had ended, and goes on again." in told
    assert "I ask nobody any more" not in told, "it was said that morning, in that post"
    await stage.at("2026-12-09 09:00")
    assert mornings(stage, "Jo")[-1] == "Morning Jo. Young carers meets Monday. Two minutes?"


@pytest.mark.slow
async def test_a_group_that_has_ended_and_that_everybody_left_is_taken_up_by_who_joins_it(stage: Stage) -> None:
    """Their channel would else have no group for ever: one can't be set up beside it."""
    await stage.gather("Jo")
    await look_after(stage, "Sam", "End the group…")
    await stage.send("Sam", {})
    await stage.at("2026-11-30 12:00")
    await stage.person("Amir").command("/between", "setup", "young-carers")
    await stage.settle()
    assert "A leader can take it up again" in stage.notes("Amir")[-1]
    for name in ("Sam", "Jo"):
        await stage.press_more(name, "Leave")
        await stage.person(name).close(everything=True)
    await stage.person("Amir").command("/between", "setup", "young-carers")
    await stage.settle()
    assert "Press Join under my message" in stage.notes("Amir")[-1]
    await stage.join("Amir", ORGANISATIONS["Amir"])
    await stage.at("2026-11-30 12:10")
    assert "I ask as before again." in stage.announced()
    await stage.at("2026-12-09 09:00")
    assert mornings(stage, "Amir") == ["Morning Amir. Young carers meets Monday. Two minutes?"]
