"""Slack gives a channel another id, as it does when a private one is shared: the group goes with it."""

from __future__ import annotations

import pytest

from playground.faults import Fault
from playground.messages import Channel
from tests.stage import Stage
from tests.stories.test_changes import settings


def carers(stage: Stage) -> Channel:
    return stage.person("Sam").channel("young-carers")


async def called(stage: Stage, new: str) -> str:
    """By which id it is known from now on; returns the one before, by which nothing is found any more."""
    channel, channels = carers(stage), stage.pg.world.channels
    old, channel.id = channel.id, new
    channels[new] = channels.pop(old)
    for message in channel.messages.values():
        message.channel_id = new
    await told(stage, old, new)
    return old


async def told(stage: Stage, old: str, new: str) -> None:
    changed = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
    stage.pg.world.announce(changed, carers(stage))
    await stage.pg.settled()
    await stage.settle()


@pytest.mark.slow
async def test_an_objection_to_one_change_leaves_the_other_of_that_day_and_the_next_joins_them(
    stage: Stage,
) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-24 09:30")
    before = len(stage.posts())
    await settings(stage, "Jo", {"How often": "Every four weeks"})
    await settings(stage, "Amir", {"What you work on together": "Carers"})
    old = await called(stage, "C1CARERS")
    await stage.press("Sam", "Object")
    shown = stage.announced()
    assert "We meet every fourth" in shown
    assert "Sam (Riverside Council) objected" in shown
    await settings(stage, "Sam", {"What you work on together": "Together"})
    await stage.at("2026-11-24 10:00")
    [post] = stage.posts()[before:]
    assert "It is called Together." in stage.shown(post)
    stage.pg.world.channels[old] = carers(stage)  # whoever looks over the story finds what was said there


@pytest.mark.slow
async def test_told_again_of_an_id_that_has_changed_since_the_group_stays(stage: Stage) -> None:
    await stage.gather("Jo")
    first = await called(stage, "C1CARERS")
    second = await called(stage, "C2CARERS")
    await told(stage, first, second)
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-27 10:00")
    assert "Beds are full again." in stage.shown(stage.digest())
    stage.pg.world.channels |= dict.fromkeys([first, second], carers(stage))


@pytest.mark.slow
@pytest.mark.parametrize("late", [1, 2])
async def test_told_of_two_changes_in_the_wrong_order_the_group_ends_where_its_channel_is(
    stage: Stage, late: int
) -> None:
    """The first change is told last; or of three the first two are, the second of them after the first."""
    await stage.gather("Jo")
    olds = []
    for number in range(late + 1):
        if number < late:
            order = Fault("event_late", seconds=600 + 60 * number)
            stage.pg.world.faults.order(order, times=1, method="channel_id_changed")
        olds.append(await called(stage, f"C{number + 1}CARERS"))
    await stage.at("2026-11-23 09:30")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-27 10:00")
    assert "Beds are full again." in stage.shown(stage.digest())
    stage.pg.world.channels |= dict.fromkeys(olds, carers(stage))


@pytest.mark.slow
async def test_an_older_change_that_ended_where_the_channel_is_again_takes_it_nowhere(stage: Stage) -> None:
    """From the first id to the second and back: being told once more of the first changes nothing."""
    await stage.gather("Jo")
    first = await called(stage, "C1CARERS")
    second = await called(stage, first)
    await told(stage, second, first)
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-27 10:00")
    assert "Beds are full again." in stage.shown(stage.digest())
    stage.pg.world.channels[second] = carers(stage)
