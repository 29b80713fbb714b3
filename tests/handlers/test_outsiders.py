"""Who is not in the group's channel is told nothing of it and not let in; and what Slack refused is still said."""

from __future__ import annotations

import json

import pytest

from bot.views import menu
from bot.views.menu import SHARE
from playground.faults import Fault
from tests.handlers.conftest import forge, last_payload
from tests.stage import Stage

NAME = "Young carers"


async def amir_was_taken_out(stage: Stage) -> None:
    await stage.person("Sam").remove("young-carers", "Amir")
    await stage.settle()


def by(stage: Stage, name: str) -> dict[str, object]:
    """What a press of theirs bears, wherever its button came from."""
    who = stage.person(name)
    return {
        "user": {"id": who.id, "team_id": who.user.team_id, "name": who.user.name},
        "trigger_id": who.trigger(who.app()),
        "response_url": who.response_url(who.app(), who.dm()),
        "channel": {"id": who.dm().id},
        "container": {},
    }


@pytest.mark.parametrize("action", [menu.MORE, menu.JOIN, menu.COMMITMENTS, menu.DIGEST, menu.PEOPLE, SHARE])
async def test_a_button_with_the_id_of_a_group_they_do_not_see_names_it_not_and_offers_nothing(
    stage: Stage, action: str
) -> None:
    await amir_was_taken_out(stage)
    await stage.press("Jo", "More")
    await stage.person("Jo").close(everything=True)
    payload = last_payload(stage, "block_actions") | by(stage, "Amir")
    payload["actions"][0]["action_id"] = action
    assert (await forge(stage, payload)).ok
    assert stage.person("Amir").modal is None
    assert "I don't see you there" in stage.notes("Amir")[-1]
    assert NAME not in str(stage.notes("Amir")[-1])


async def test_who_was_taken_out_meanwhile_is_not_let_in_by_the_form_they_have_open(stage: Stage) -> None:
    amir = stage.person("Amir")
    await amir.press(stage.panel(), "Join")
    await stage.speak_for("Amir", "Riverside Fire & Rescue")
    await amir_was_taken_out(stage)
    await amir.submit()
    await stage.settle()
    assert "I don't see you there" in stage.modal("Amir")
    assert "[Riverside Fire & Rescue]" in stage.modal("Amir"), "what was typed is still there"
    assert stage.dms("Amir") == []


async def test_setting_up_a_channel_one_is_not_in_names_no_group_and_sets_none_up(stage: Stage) -> None:
    await amir_was_taken_out(stage)
    await stage.press("Jo", "More")
    await stage.person("Jo").close(everything=True)
    payload = last_payload(stage, "block_actions") | by(stage, "Amir")
    payload["actions"][0] |= {"action_id": menu.SET_UP, "value": '{"s":"C0CARERS"}'}
    assert (await forge(stage, payload)).ok
    assert "I don't see you there" in stage.notes("Amir")[-1]
    payload["actions"][0]["value"] = '{"s":"C0GENERAL"}'
    assert (await forge(stage, payload | by(stage, "Amir"))).ok
    await stage.person("Amir").fill("Your organisation", "Riverside Fire & Rescue")
    await stage.person("Amir").fill("What you work on together", "Floods")
    await stage.person("Sam").invite_bot("general")
    stage.person("Sam").channel("general").members.remove("U0AMIR")
    await stage.person("Amir").submit()
    assert "Only people in the channel can set up a group there." in stage.modal("Amir")
    assert len(await stage.bot.deps.store.index.groups()) == 1


async def test_a_button_that_nobody_draws_any_more_is_answered_in_words(stage: Stage) -> None:
    await stage.press("Jo", "More")
    payload = last_payload(stage, "block_actions")
    payload["actions"][0]["action_id"] = "of_an_older_version"
    assert (await forge(stage, payload)).ok
    assert "older message" in stage.notes("Jo")[-1]


@pytest.mark.parametrize("who", ["a bot", "an account that was closed"])
async def test_only_people_join(stage: Stage, who: str) -> None:
    amir = stage.person("Amir")
    await amir.press(stage.panel(), "Join")
    await stage.speak_for("Amir", "Riverside Fire & Rescue")
    amir.user.is_bot, amir.user.deleted = who == "a bot", who != "a bot"
    payload = {"type": "view_submission", **by(stage, "Amir"), "team": {"id": amir.user.team_id}}
    view = amir.modal
    assert view
    state = {"values": json.loads(json.dumps(view.values))}
    ack = await forge(stage, payload | {"view": view.content | {"id": view.id, "state": state}})
    assert ("Only people can join" if who == "a bot" else "this account is closed") in json.dumps(ack.json)
    assert stage.dms("Amir") == []


async def test_where_slack_does_not_say_who_is_in_the_channel_that_is_said(stage: Stage) -> None:
    stage.pg.world.faults.order(Fault("fatal_before"), times=1, method="conversations.members")
    await stage.person("Amir").press(stage.panel(), "Join")
    await stage.settle()
    assert "I can't see just now who is in the group's channel." in stage.notes("Amir")[-1]


@pytest.mark.parametrize("button", ["See commitments", "Change my settings", "Read digests"])
async def test_after_a_form_that_slack_would_not_put_on_top_the_sheet_itself_says_so(
    stage: Stage, button: str
) -> None:
    await stage.press("Jo", "More")
    stage.pg.world.faults.order(Fault("fatal_before"), times=9, method="views.push")
    await stage.person("Jo").press_in_modal(button)
    await stage.settle()
    assert "Something went wrong on my side. Nothing you saved is lost." in stage.modal("Jo")
    assert f"[{button}]" in stage.modal("Jo"), "they can press again"


async def test_where_the_sheet_can_not_be_changed_either_it_is_said_in_their_dm(stage: Stage) -> None:
    await stage.press("Jo", "More")
    for method in ("views.push", "views.update"):
        stage.pg.world.faults.order(Fault("fatal_before"), times=9, method=method)
    await stage.person("Jo").press_in_modal("See commitments")
    await stage.settle()
    assert "Something went wrong on my side. Nothing you saved is lost." in stage.dm("Jo")


async def test_a_press_home_that_opened_nothing_is_said_in_their_dm(stage: Stage) -> None:
    jo = stage.person("Jo")
    await jo.open_home()
    await stage.settle()
    stage.pg.world.faults.order(Fault("fatal_before"), times=9, method="views.open")
    await jo.press_home("Answer")
    await stage.settle()
    assert "Something went wrong on my side. Nothing you saved is lost." in stage.dm("Jo")
