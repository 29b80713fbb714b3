"""What a group is told of itself in its channel: the announcements of one day are one post, which grows."""

from __future__ import annotations

import re

import pytest

from playground.messages import Message
from tests.stage import Stage
from tests.stories.test_changes import settings


def said(stage: Stage) -> list[Message]:
    """Posts that announce something."""
    return [
        one for one in stage.posts() if "Object" in stage.shown(one) or "has left the group" in stage.shown(one)
    ]


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Jo and Amir joined yesterday, and the channel was told for whom they speak."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-24 09:30")
    return stage


async def test_two_changes_and_a_leaver_of_one_day_are_one_post(carers: Stage) -> None:
    before = len(said(carers))
    await settings(carers, "Jo", {"How often": "Every four weeks"})
    await carers.at("2026-11-24 11:00")
    await settings(carers, "Amir", {"What you work on together": "Carers"})
    await carers.person("Amir").press(carers.dms("Amir")[0], "Leave")
    await carers.settle()
    [post] = said(carers)[before:]
    shown = carers.shown(post)
    assert "Jo (Riverside Hospitals Trust) changed Carers: We meet every fourth" in shown
    assert "Amir (Riverside Fire & Rescue) changed Carers: It is called Carers." in shown
    assert "Amir (Riverside Fire & Rescue) has left the group." in shown
    assert shown.count("[More]") == 1


async def test_the_next_day_has_a_post_of_its_own(carers: Stage) -> None:
    before = len(said(carers))
    await settings(carers, "Jo", {"How often": "Every four weeks"})
    await carers.at("2026-11-25 09:30")
    await settings(carers, "Amir", {"What you work on together": "Carers"})
    first, second = said(carers)[before:]
    assert "It is called Carers." not in carers.shown(first)
    assert "It is called Carers." in carers.shown(second)


async def test_an_objection_to_one_leaves_the_others_as_they_are(carers: Stage) -> None:
    before = len(said(carers))
    await settings(carers, "Jo", {"How often": "Every four weeks"})
    await settings(carers, "Amir", {"What you work on together": "Carers"})
    await carers.press("Sam", "Object")
    [post] = said(carers)[before:]
    shown = carers.shown(post)
    assert shown.count("Sam (Riverside Council) objected, so this is as it was before.") == 1
    assert "We meet every fourth" in shown
    assert shown.count("[Object]") == 1


async def test_where_the_post_was_deleted_the_next_goes_alone(carers: Stage) -> None:
    before = len(said(carers))
    await settings(carers, "Jo", {"How often": "Every four weeks"})
    [post] = said(carers)[before:]
    channel = next(one for one in carers.pg.world.channels.values() if one.name == "young-carers")
    del channel.messages[post.ts]
    await settings(carers, "Amir", {"What you work on together": "Carers"})
    [alone] = said(carers)[before:]
    assert "It is called Carers." in carers.shown(alone)
    assert "We meet every fourth" not in carers.shown(alone)


async def test_the_panel_names_the_next_meeting_once_the_last_is_over(carers: Stage) -> None:
    before = carers.shown(carers.panel())
    (day,) = re.findall(r", next (\w+ \d+ \w+)\.", before.splitlines()[1])
    await carers.at("2026-12-01 10:00")
    (after,) = re.findall(r", next (\w+ \d+ \w+)\.", carers.shown(carers.panel()).splitlines()[1])
    assert (day, after) == ("Monday 30 November", "Monday 14 December")
