"""Which team stands where when people of other workspaces act.

https://docs.slack.dev/apis/slack-connect, https://docs.slack.dev/enterprise/developing-for-enterprise-orgs,
https://github.com/slackapi/bolt-js/issues/1614
"""

from typing import Any

import pytest

from tests.playground.blocks import actions, button, field, modal, words
from tests.playground.connect.conftest import Stage
from tests.playground.refusals import code

Json = dict[str, Any]
FORM = modal(field("Name", words("name"), "who"), callback_id="form", notify_on_close=True)


def clicked(stage: Stage, view: Json | None = None) -> list[Json]:
    """Collect clicks on Go, and answer each with a form if one is given."""
    heard: list[Json] = []

    @stage.bolt.action("go")
    async def go(ack: Any, body: Json, client: Any, context: Any) -> None:
        heard.append(body)
        stage.contexts.append(dict(context))
        await ack()
        if view:
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    return heard


async def test_aoifes_click_names_the_installing_team_and_her_own(stage: Stage) -> None:
    """https://github.com/slackapi/bolt-js/issues/1614

    Block actions: `team` is the installation's, `user.team_id` is hers (bolt-js#1614).
    """
    heard = clicked(stage)
    message = await stage.post(actions(button("Go", "go")))
    await stage.person("Aoife").press(message, "Go")
    assert (heard[0]["team"]["id"], heard[0]["user"]["team_id"]) == ("T0RIVER", "T0CARERS")
    assert stage.contexts[0]["team_id"] == "T0RIVER"


async def test_aoifes_submission_names_her_team_and_the_view_the_installing_one(stage: Stage) -> None:
    """https://github.com/slackapi/bolt-js/issues/1614

    View submissions: `team` is hers, `view.app_installed_team_id` is the installation's (bolt-js#1614).
    """
    clicked(stage, FORM)
    heard: list[Json] = []

    @stage.bolt.view("form")
    async def taken(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    message, aoife = await stage.post(actions(button("Go", "go"))), stage.person("Aoife")
    await aoife.press(message, "Go")
    await stage.pg.until(lambda: aoife.modal)
    await aoife.fill("Name", "Aoife")
    assert await aoife.submit() is None
    body = heard[0]
    assert (body["team"]["id"], body["view"]["app_installed_team_id"]) == ("T0CARERS", "T0RIVER")
    assert body["user"]["team_id"] == "T0CARERS"


@pytest.mark.parametrize("own", [False, True])
async def test_jos_press_where_both_workspaces_have_the_app_names_either(stage: Stage, own: bool) -> None:
    """Not documented: `team` of a press on the host's message."""
    stage.world.guesses.press_names_own_team = own
    heard: list[Json] = []

    @stage.bolt.action("go")
    async def pressed(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    await stage.person("Jo").press(await stage.post(actions(button("Go", "go"))), "Go")
    assert heard[0]["team"]["id"] == ("T0TRUST" if own else "T0RIVER")
    assert heard[0]["user"]["team_id"] == "T0TRUST"


async def test_a_message_for_aoifes_eyes_alone_may_reach_her_or_not(stage: Stage) -> None:
    """Not documented of people of other workspaces."""
    for_her = {"channel": "C0CARERS", "user": "U0AOIFE", "text": "For you"}
    assert (await stage.river.chat_postEphemeral(**for_her))["ok"]
    stage.world.guesses.external_ephemeral = False
    assert await code(stage.river, "chat.postEphemeral", **for_her) == "user_not_in_channel"


async def test_that_aoife_leaves_the_channel_may_be_told_or_not(stage: Stage) -> None:
    """Not documented of people of other workspaces."""
    heard = stage.listen("member_left_channel")
    stage.world.guesses.external_membership = False
    await stage.person("Aoife").leave("young-carers")
    await stage.person("Desmond").leave("young-carers")
    await stage.pg.settled()
    assert [body["event"]["user"] for body in heard] == ["U0DESMOND"]


async def test_a_form_aoife_closes_is_told_with_the_same_ids(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    clicked(stage, FORM)
    heard: list[Json] = []

    @stage.bolt.view_closed("form")
    async def closed(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    message, aoife = await stage.post(actions(button("Go", "go"))), stage.person("Aoife")
    await aoife.press(message, "Go")
    await stage.pg.until(lambda: aoife.modal)
    await aoife.close()
    assert (heard[0]["team"]["id"], heard[0]["view"]["app_installed_team_id"]) == ("T0CARERS", "T0RIVER")


async def test_aoifes_words_are_told_with_her_team_beside_the_installing_one(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api, https://docs.slack.dev/enterprise/developing-for-enterprise-orgs"""
    heard = stage.listen("message")
    await stage.person("Aoife").say("young-carers", "From afar")
    await stage.pg.settled()
    body, event = heard[0], heard[0]["event"]
    assert (event["team"], event["user_team"], event["source_team"]) == ("T0RIVER", "T0CARERS", "T0CARERS")
    assert (body["team_id"], body["context_team_id"], body["is_ext_shared_channel"]) == ("T0RIVER", "T0RIVER", True)
    assert [one["team_id"] for one in body["authorizations"]] == ["T0RIVER"]


async def test_what_aoife_writes_to_the_bot_is_told_with_her_team_beside_the_installing_one(stage: Stage) -> None:
    """https://docs.slack.dev/enterprise/developing-for-enterprise-orgs: `team`, `user_team` and `source_team`."""
    heard = stage.listen("message")
    dm = (await stage.river.conversations_open(users="U0AOIFE"))["channel"]["id"]
    await stage.person("Aoife").say(dm, "May I bring Tomasz?")
    ours = (await stage.river.conversations_open(users="U0SAM"))["channel"]["id"]
    await stage.person("Sam").say(ours, "Of course")
    await stage.pg.until(lambda: len(heard) == 2)
    hers, sams = heard[0]["event"], heard[1]["event"]
    assert (hers["team"], hers["user_team"], hers["source_team"]) == ("T0RIVER", "T0CARERS", "T0CARERS")
    assert (heard[0]["is_ext_shared_channel"], heard[1]["is_ext_shared_channel"]) == (True, False)
    assert "user_team" not in sams


async def test_bolt_knows_whose_team_a_mention_came_from(stage: Stage) -> None:
    """https://api.slack.com/events/app_mention; bolt reads `user_team` for `actor_team_id`."""
    stage.listen("message")
    heard = stage.listen("app_mention")
    await stage.person("Aoife").say("young-carers", "@Between hello")
    await stage.pg.settled()
    contexts = [one for one in stage.contexts if one["actor_team_id"]]
    assert heard[0]["event"]["user_team"] == "T0CARERS"
    assert {(one["team_id"], one["actor_team_id"]) for one in contexts} == {("T0RIVER", "T0CARERS")}


async def test_words_in_a_channel_of_one_workspace_carry_no_second_team(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: `user_team` and `source_team` stand in connected channels only."""
    stage.world.channels["C0GENERAL"].members.append("U0BETWEEN")
    heard = stage.listen("message")
    await stage.person("Sam").say("general", "At home")
    await stage.pg.settled()
    assert heard[0]["event"]["team"] == "T0RIVER"
    assert "user_team" not in heard[0]["event"]
    assert heard[0]["is_ext_shared_channel"] is False


async def test_jos_command_in_the_hosts_channel_comes_from_her_own_team(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    heard: list[Json] = []

    @stage.bolt.command("/plate")
    async def plate(ack: Any, command: Json) -> None:
        heard.append(command)
        await ack()

    await stage.person("Jo").command("/plate", "", "young-carers")
    assert (heard[0]["team_id"], heard[0]["channel_id"]) == ("T0TRUST", "C0CARERS")


async def test_somebody_of_another_workspace_who_joins_is_told_with_their_team(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/member_joined_channel"""
    heard = stage.listen("member_joined_channel")
    await stage.person("Aoife").invite("young-carers", "Tomasz")
    await stage.pg.settled()
    assert (heard[0]["event"]["user"], heard[0]["event"]["team"]) == ("U0TOMASZ", "T0CARERS")


async def test_an_answer_to_aoifes_click_is_seen_by_her_alone(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction"""

    @stage.bolt.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Only for you", replace_original=False)

    message = await stage.post(actions(button("Go", "go")))
    await stage.person("Aoife").press(message, "Go")
    await stage.pg.settled()
    assert stage.person("Aoife").last("young-carers").text == "Only for you"
    assert stage.person("Sam").last("young-carers").text == "words"


@pytest.mark.parametrize(
    ("user", "error"), [("U0PRIYA", "user_not_in_channel"), ("U0TOMASZ", "user_not_in_channel")]
)
async def test_ephemerals_are_for_members_only(stage: Stage, user: str, error: str) -> None:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    args: Json = {"channel": "C0CARERS", "text": "psst"}
    await stage.river.chat_postEphemeral(user="U0AOIFE", **args)
    assert stage.person("Aoife").last("young-carers").text == "psst"
    assert await code(stage.river, "chat.postEphemeral", user=user, **args) == error
