"""Our hello after an invitation: owed until it is there, and it points to no button that is not there."""

from __future__ import annotations

import pytest

from bot.domain.outbox import Status
from playground.faults import Fault
from tests.stage import Stage


@pytest.mark.slow
async def test_the_hello_of_an_invitation_comes_once_and_survives_a_429(stage: Stage) -> None:
    stage.pg.world.faults.order(Fault("ratelimited", seconds=1), method="chat.postMessage")
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-23 09:05")
    assert len(stage.posts()) == 1


async def test_no_message_points_to_a_join_button_that_is_not_there_yet(stage: Stage) -> None:
    """Only admins may post from before Sam sends the form: the panel is owed, and what is there can be changed."""
    sam = stage.person("Sam")
    await sam.invite_bot("young-carers")
    await stage.settle()
    await stage.settle()
    await sam.press(stage.posts()[-1], "Set up a group")
    carers = stage.person("Sam").channel("young-carers")
    carers.posting = "admins"
    assert (
        await stage.send("Sam", {"Your organisation": "Council", "What you work on together": "Young carers"})
        is None
    )
    [hello] = stage.posts()
    assert "Young carers is set up here" in stage.shown(hello)
    assert "Press Join" not in stage.shown(hello)
    await stage.person("Amir").command("/between", "setup", "young-carers")
    await stage.settle()
    assert (
        "already has a group: Young carers. My message with the Join button comes once" in stage.notes("Amir")[-1]
    )


async def test_the_hello_of_a_bot_that_was_taken_out_again_at_once_is_let_go_and_the_next_invitation_brings_one(
    stage: Stage,
) -> None:
    """There is no group yet whose channel could be in trouble."""
    sam = stage.person("Sam")
    await sam.invite_bot("young-carers")
    await sam.remove_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-23 09:30")
    delivery = stage.bot.deps.store.delivery
    assert await delivery.dead() == []
    assert (await delivery.counts())[Status.PENDING] == 0
    await sam.invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-23 09:31")
    assert len(stage.posts()) == 1
    assert await delivery.unconfirmed() == []


async def test_the_hello_of_an_invitation_waits_until_the_bot_may_post_in_the_channel(stage: Stage) -> None:
    carers = stage.person("Sam").channel("young-carers")
    carers.posting = "admins"
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-23 12:00")
    assert stage.posts() == []
    carers.posting = "anyone"
    await stage.at("2026-11-23 13:00")
    assert "[Set up a group]" in stage.shown(stage.posts()[0])
    assert len(stage.posts()) == 1
