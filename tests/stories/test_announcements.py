"""What a group is told of itself in its channel: the announcements of one day are one post, which grows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from playground.faults import Fault
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
    channel = carers.person("Sam").channel("young-carers")
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


async def test_a_move_is_told_with_dates_and_the_panel_follows_it_and_the_objection(carers: Stage) -> None:
    """Both stand in the channel for days: *Monday*, read on that Monday, would be another."""
    await carers.at("2026-11-24 09:30")
    await carers.press("Jo", "More")
    await carers.person("Jo").press_in_modal("Move a meeting")
    assert await carers.send("Jo", {"New day": "2026-11-27", "New time": "15:00"}) is None
    moved = "The meeting of Monday 30 November moves to Friday 27 November at 15:00 GMT."
    assert moved in carers.shown(carers.newest("Amir", "[Object]"))
    assert "next Friday 27 November." in carers.shown(carers.panel())
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Object")
    assert "next Monday 30 November." in carers.shown(carers.panel())


async def test_the_panel_of_a_group_that_has_ended_names_no_meeting_and_says_how_to_go_on(carers: Stage) -> None:
    for words in ("More", "Look after the group…", "End the group…"):
        who = carers.person("Sam")
        await (who.press_in_modal(words) if who.modal else carers.press("Sam", words))
    assert await carers.send("Sam", {}) is None
    assert "next Monday 30 November. It ends on Tuesday 1 December." in carers.shown(carers.panel())
    await carers.at("2026-12-01 10:00")
    assert "*Young carers* ended on Tuesday 1 December." in carers.shown(carers.panel())
    assert "Go on now." in carers.shown(carers.panel())


async def test_two_who_leave_on_one_day_ask_for_somebody_once(carers: Stage) -> None:
    for name in ("Amir", "Sam"):
        carers.clock.advance(timedelta(minutes=1))
        await carers.person(name).press(carers.dms(name)[0], "Leave")
        await carers.settle()
    shown = carers.shown(said(carers)[-1])
    assert "Amir (Riverside Fire & Rescue) has left the group." in shown
    assert "Sam (Riverside Council) has left the group." in shown
    assert shown.partition(")\n")[2].count("Nobody looks after the rhythm now: press Take it on.") == 1


async def test_a_meeting_that_moves_by_the_hour_alone_moves_to_no_other_day(carers: Stage) -> None:
    await carers.press_more("Sam", "Move a meeting")
    assert await carers.send("Sam", {"New day": "2026-11-30", "New time": "09:00"}) is None
    await carers.settle()
    told = carers.shown(said(carers)[-1])
    assert "The meeting of Monday 30 November is that day at 09:00 GMT." in told


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["ratelimited", "error_before"])
async def test_an_objection_is_told_though_slack_would_not_have_the_post_changed_then(
    carers: Stage, fault: str
) -> None:
    await settings(carers, "Jo", {"What you work on together": "Carers"})
    carers.pg.world.faults.order(Fault(fault, seconds=1), method="chat.update")
    await carers.press("Amir", "Object")
    await carers.at("2026-11-24 09:40")
    shown = carers.announced()
    assert "Amir (Riverside Fire & Rescue) objected, so this is as it was before." in shown
    assert "[Object]" not in shown


@pytest.mark.slow
async def test_so_is_one_to_whom_somebody_speaks_for(carers: Stage) -> None:
    await carers.join("Margaret", "Northside Parents")
    await carers.at("2026-11-24 11:00")
    carers.pg.world.faults.order(Fault("ratelimited", seconds=1), method="chat.update")
    await carers.press("Jo", "Object")
    await carers.at("2026-11-24 11:10")
    assert "Jo (Riverside Hospitals Trust) objected" in carers.announced()
