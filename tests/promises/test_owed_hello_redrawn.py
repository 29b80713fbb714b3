"""Our hello once there is a group: its green button goes, whatever Slack makes of the first try."""

from __future__ import annotations

import pytest

from playground.faults import Fault
from playground.messages import Message
from tests.stage import Stage

SETTLED = "Young carers is set up here"


async def said_hello(stage: Stage) -> Message:
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.settle()
    [hello] = stage.posts()
    return hello


async def set_up_under(stage: Stage, hello: Message) -> None:
    await stage.person("Sam").press(hello, "Set up a group")
    fields: dict[str, str | list[str]] = {
        "Your organisation": "Council",
        "What you work on together": "Young carers",
    }
    assert await stage.send("Sam", fields) is None
    await stage.settle()


@pytest.mark.parametrize("fault", ["error_before", "fatal_before", "closed", "ratelimited"])
@pytest.mark.slow
async def test_the_hello_whose_change_fails_once_is_changed_all_the_same(stage: Stage, fault: str) -> None:
    hello = await said_hello(stage)
    stage.pg.world.faults.order(Fault(fault, seconds=1), method="chat.update")
    await set_up_under(stage, hello)
    await stage.at("2026-11-23 09:10")
    assert SETTLED in stage.shown(hello)
    assert "[Set up a group]" not in stage.shown(hello)


async def test_a_hello_that_slack_will_not_have_changed_is_tried_again_the_next_day(stage: Stage) -> None:
    hello = await said_hello(stage)
    workspace = stage.pg.world.workspaces[stage.person("Sam").user.team_id]
    workspace.edit_minutes = 1
    await stage.at("2026-11-23 09:30")
    await set_up_under(stage, hello)
    assert "[Set up a group]" in stage.shown(hello)
    workspace.edit_minutes = None
    await stage.at("2026-11-24 10:00")
    assert SETTLED in stage.shown(hello)


async def test_a_hello_that_was_deleted_is_owed_no_more(stage: Stage) -> None:
    hello = await said_hello(stage)
    sam = stage.person("Sam")
    await sam.press(hello, "Set up a group")
    del sam.channel("young-carers").messages[hello.ts]
    assert await stage.send("Sam", {"Your organisation": "Council", "What you work on together": "Carers"}) is None
    await stage.at("2026-11-26 10:00")
    [group_id] = await stage.bot.deps.store.index.groups()
    group = await stage.bot.deps.store.groups.get(group_id)
    assert group
    assert group.hello is None
    tried = [one for one in stage.pg.world.traffic.refusals if one.refusal == "message_not_found"]
    assert len(tried) == 1


async def test_a_hello_that_was_not_pressed_goes_green_no_more_once_somebody_presses_it(stage: Stage) -> None:
    """Sam set the group up by command. Amir, in the channel but not in the group, presses the hello."""
    hello = await said_hello(stage)
    sam = stage.person("Sam")
    await sam.command("/between", "setup", "young-carers")
    fields: dict[str, str | list[str]] = {
        "Your organisation": "Council",
        "What you work on together": "Young carers",
    }
    assert await stage.send("Sam", fields) is None
    await stage.settle()
    await stage.person("Amir").press(hello, "Set up a group")
    await stage.settle()
    assert SETTLED in stage.shown(hello)
