"""Membership follows the channel: who may join, and who may read what the group shared."""

from __future__ import annotations

import copy

from playground.faults import Fault
from playground.people import User
from tests.cast import ORGANISATIONS
from tests.stage import Stage

OUTSIDE = "I don't see you there"


async def forwarded(stage: Stage, name: str) -> None:
    """Somebody presses Join in a copy of the panel that was forwarded to a channel which they are in."""
    panel = copy.deepcopy(stage.panel())
    panel.channel_id = stage.pg.world.channel("general").id
    stage.pg.world.channel("general").members.append("U0BETWEEN")
    stage.pg.world.channel("general").messages[panel.ts] = panel
    await stage.person(name).press(panel, "Join")
    await stage.settle()


async def test_a_forwarded_panel_lets_no_outsider_join(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.person("Sam").remove("young-carers", "Kasia")
    await forwarded(stage, "Kasia")
    assert stage.person("Kasia").modal is None
    assert OUTSIDE in stage.notes("Kasia")[-1]
    assert "somebody in it" in stage.notes("Kasia")[-1]
    assert "Young carers" not in stage.notes("Kasia")[-1]


async def test_a_form_that_was_open_as_they_were_taken_out_joins_nobody_and_keeps_what_was_typed(
    stage: Stage,
) -> None:
    await stage.gather("Jo")
    await stage.person("Kasia").press(stage.panel(), "Join")
    await stage.person("Sam").remove("young-carers", "Kasia")
    await stage.speak_for("Kasia", ORGANISATIONS["Kasia"])
    await stage.person("Kasia").submit()
    await stage.settle()
    assert OUTSIDE in stage.modal("Kasia")
    assert ORGANISATIONS["Kasia"] in stage.modal("Kasia")
    assert stage.dms("Kasia") == []


async def test_a_form_of_who_is_in_the_group_and_gone_from_its_channel_says_so(stage: Stage) -> None:
    await stage.gather("Margaret")
    await stage.press("Margaret", "Add a commitment")
    await stage.person("Margaret").fill("What will you do?", "Ring the housing lead.")
    await stage.person("Sam").remove("young-carers", "Margaret")
    await stage.settle()
    assert await stage.person("Margaret").submit() is None
    assert "You're not in the channel. Ask somebody in it to bring you in" in stage.modal("Margaret")
    assert "Ring the housing lead." in stage.modal("Margaret")
    assert "You're not in this group." not in stage.modal("Margaret")


async def test_a_form_sent_in_the_name_of_an_outsider_joins_nobody(stage: Stage) -> None:
    await stage.gather()
    await stage.person("Sam").remove("young-carers", "Kasia")
    await stage.join("Jo", ORGANISATIONS["Jo"])
    await stage.again("Jo", by="Kasia")
    assert stage.dms("Kasia") == []


async def test_neither_a_bot_nor_a_closed_account_can_join(stage: Stage) -> None:
    """A press in their name: Slack sends none, a forger might."""
    await stage.gather()
    world = stage.pg.world
    world.users["U0KETTLE"] = User("U0KETTLE", "T0RIVER", "kettle", "Kettle", is_bot=True)
    world.channel("young-carers").members.append("U0KETTLE")
    await stage.join("Jo", ORGANISATIONS["Jo"])
    await stage.again("Jo", by="Kettle")
    world.user(
        "Kasia"
    ).deleted = True  # still among the channel's members: Slack does not say that it takes them out
    await stage.again("Jo", by="Kasia")
    assert stage.dms("Kasia") == []
    assert [c for c in world.channels.values() if c.is_im and "U0KETTLE" in c.members] == []


async def test_what_slack_will_not_tell_as_a_form_is_sent_stands_in_nobodys_way(stage: Stage) -> None:
    await stage.gather()
    await stage.person("Jo").press(stage.panel(), "Join")
    await stage.speak_for("Jo", ORGANISATIONS["Jo"])
    stage.pg.world.faults.order(Fault("outage"), method="conversations.members")
    assert await stage.person("Jo").submit() is None
    await stage.settle()
    assert "Hello Jo" in stage.dm("Jo")


async def test_a_channel_of_many_is_read_page_by_page(stage: Stage) -> None:
    channel = stage.pg.world.channel("young-carers")
    channel.members[:0] = [f"U9{n:05}" for n in range(450)]
    stage.pg.world.users.update({id_: User(id_, "T0RIVER", id_, id_) for id_ in channel.members[:450]})
    await stage.gather("Jo")
    assert "Hello Jo" in stage.dm("Jo")


async def test_nobody_sets_a_group_up_in_a_channel_that_they_are_not_in(stage: Stage) -> None:
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.bot.tick()
    kasia = stage.person("Kasia")
    await kasia.press(stage.posts()[-1], "Set up a group")
    await kasia.fill("Your organisation", ORGANISATIONS["Kasia"])
    await kasia.fill("What you work on together", "Housing")
    await stage.person("Sam").remove("young-carers", "Kasia")
    await kasia.submit()
    await stage.settle()
    assert "Only people in the channel can set up a group there." in stage.modal("Kasia")
    assert len(stage.posts()) == 1
