"""Channels that are shared, unshared, severed and frozen, and which installation hears of what.

https://docs.slack.dev/apis/slack-connect
"""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.acts import PersonCannot
from playground.connect import SEVERED
from tests.playground.connect.conftest import Stage
from tests.playground.refusals import code, refusal

Json = dict[str, Any]


# -- sharing -----------------------------------------------------------------------------


async def test_a_channel_says_whom_it_connects(stage: Stage) -> None:
    """https://docs.slack.dev/reference/objects/conversation-object"""
    channel = (await stage.river.conversations_info(channel="C0CARERS"))["channel"]
    assert (channel["is_ext_shared"], channel["is_shared"], channel["is_frozen"]) == (True, True, False)
    assert channel["conversation_host_id"] == "T0RIVER"
    assert channel["connected_team_ids"] == ["T0TRUST", "T0CARERS"]


async def test_the_app_hears_that_a_channel_was_shared(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/channel_shared"""
    heard = stage.listen("channel_shared")
    stage.world.channels["C0HOMES"].members.append("U0BETWEEN")
    stage.world.share("homes", "T0CARERS", "Aoife")
    await stage.pg.settled()
    event = heard[0]["event"]
    assert (event["channel"], event["connected_team_id"]) == ("C0HOMES", "T0CARERS")
    assert heard[0]["is_ext_shared_channel"] is True
    assert (await stage.river.conversations_info(channel="C0HOMES"))["channel"]["is_ext_shared"] is True
    assert stage.person("Aoife").sees("homes") == []


async def test_a_private_channel_with_an_old_id_gets_a_new_one(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/channel_id_changed"""
    changed, shared = stage.listen("channel_id_changed"), stage.listen("channel_shared")
    stage.world.add_channel("quiet", "private", ["T0RIVER"], ["U0SAM", "U0BETWEEN"], "G0QUIET")
    message = await stage.post(channel="G0QUIET", text="Before")
    stage.world.share("quiet", "T0CARERS", "Aoife")
    await stage.pg.settled()
    event = changed[0]["event"]
    assert (event["old_channel_id"], event["new_channel_id"]) == ("G0QUIET", "C0QUIET")
    assert shared[0]["event"]["channel"] == "C0QUIET"
    assert await code(stage.river, "chat.postMessage", channel="G0QUIET", text="a") == "channel_not_found"
    await stage.river.chat_update(channel="C0QUIET", ts=message.ts, text="After")
    assert stage.person("Aoife").last("quiet").text == "After"


async def test_a_channel_that_has_its_new_id_keeps_it(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/channel_id_changed: for old private ids only."""
    heard = stage.listen("channel_id_changed")
    stage.listen("channel_shared")
    stage.world.channels["C0HOMES"].members.append("U0BETWEEN")
    stage.world.share("homes", "T0CARERS")
    await stage.pg.settled()
    assert heard == []


# -- the end of sharing ------------------------------------------------------------------


async def test_the_app_hears_that_a_workspace_left(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/channel_unshared"""
    heard = stage.listen("channel_unshared")
    stage.world.unshare("young-carers", "T0CARERS")
    stage.world.unshare("young-carers", "T0TRUST")
    await stage.pg.settled()
    events = [body["event"] for body in heard]
    assert [one["previously_connected_team_id"] for one in events] == ["T0CARERS", "T0TRUST"]
    assert [one["is_ext_shared"] for one in events] == [True, False]
    assert (await stage.river.conversations_info(channel="C0CARERS"))["channel"]["is_ext_shared"] is False
    with pytest.raises(PersonCannot, match="is not in"):
        await stage.person("Aoife").say("C0CARERS", "Hello?")


async def test_a_severed_workspace_keeps_a_frozen_copy_under_a_new_id(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: the host keeps the id, the other side gets a new one."""
    stage.listen("channel_unshared")
    await stage.person("Jo").invite_bot("young-carers")
    await stage.person("Jo").say("young-carers", "Before")
    copy = stage.world.disconnect("young-carers", "T0TRUST")
    assert copy.id != "C0CARERS"
    assert await code(stage.trust, "conversations.info", channel="C0CARERS") == "channel_not_found"
    assert (await stage.river.conversations_info(channel="C0CARERS"))["ok"]
    described = (await stage.trust.conversations_info(channel=copy.id))["channel"]
    assert (described["is_frozen"], described["frozen_reason"]) == (True, SEVERED)
    assert described["is_ext_shared"] is False
    history = await stage.trust.conversations_history(channel=copy.id)
    assert "Before" in [one["text"] for one in history["messages"]]


async def test_nothing_can_be_written_or_changed_in_a_frozen_channel(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/chat.update (`is_inactive`); for a new message it is a guess."""
    message = await stage.post(text="Before")
    stage.world.channels["C0CARERS"].frozen = SEVERED
    args = {"channel": "C0CARERS", "text": "After"}
    assert await code(stage.river, "chat.postMessage", **args) == "is_archived"
    assert await code(stage.river, "chat.update", ts=message.ts, **args) == "is_inactive"
    stage.world.guesses.frozen_post = "restricted_action_read_only_channel"
    assert await code(stage.river, "chat.postMessage", **args) == "restricted_action_read_only_channel"
    with pytest.raises(PersonCannot, match="can only be read"):
        await stage.person("Sam").say("young-carers", "After")


async def test_a_frozen_channel_lets_nobody_be_written_to(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open (`invalid_user_combination`)"""
    stage.world.channels["C0CARERS"].frozen = SEVERED
    assert await code(stage.river, "conversations.open", users="U0AOIFE") == "invalid_user_combination"


@pytest.mark.parametrize("team_id", ["T0RIVER", "T0FAR"])
def test_only_a_guest_can_be_taken_out(world: Any, team_id: str) -> None:
    """https://docs.slack.dev/apis/slack-connect: The host cannot be disconnected from its own channel."""
    with pytest.raises(ValueError, match="not a guest"):
        world.unshare("young-carers", team_id)


# -- who hears ---------------------------------------------------------------------------


async def test_both_installations_in_a_channel_get_one_delivery(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: "No duplicated event triggering between shared channels"."""
    heard = stage.listen("message")
    stage.listen("member_joined_channel")
    await stage.person("Jo").invite_bot("young-carers")
    await stage.person("Aoife").say("young-carers", "Once")
    await stage.pg.settled()
    assert len(heard) == 1
    assert [one["team_id"] for one in heard[0]["authorizations"]] == ["T0TRUST"]


async def test_the_other_installations_can_be_asked_for(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/apps.event.authorizations.list"""
    heard = stage.listen("message")
    stage.world.channels["C0CARERS"].members.append("U0BETWEENT")
    await stage.person("Aoife").say("young-carers", "Who hears?")
    await stage.pg.settled()
    app_token = stage.world.app("Between").app_token
    client = AsyncWebClient(app_token, base_url=stage.pg.api_url)
    answer = await client.apps_event_authorizations_list(event_context=heard[0]["event_context"])
    assert {one["team_id"] for one in answer["authorizations"]} == {"T0RIVER", "T0TRUST"}
    assert await code(client, "apps.event.authorizations.list", event_context="4-x") == "invalid_event_context"


async def test_asking_for_them_wants_the_app_level_token_and_its_scope(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/apps.event.authorizations.list"""
    method = "apps.event.authorizations.list"
    assert await code(stage.river, method, event_context="4-x") == "not_allowed_token_type"
    app = stage.world.app("Between")
    app.app_token_scopes.remove("authorizations:read")
    client = AsyncWebClient(app.app_token, base_url=stage.pg.api_url)
    answer = await refusal(client, method, event_context="4-x")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "authorizations:read")


async def test_installed_on_the_guests_side_only_the_app_works_there(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect"""
    heard = stage.listen("message")
    for kind in ("app_uninstalled", "tokens_revoked"):
        stage.listen(kind)
    stage.world.uninstall("Between", "T0RIVER")
    stage.world.channels["C0CARERS"].members.append("U0BETWEENT")
    await stage.person("Sam").say("young-carers", "From the host")
    await stage.pg.settled()
    body = heard[-1]
    assert (body["team_id"], body["event"]["user_team"]) == ("T0TRUST", "T0RIVER")
    with pytest.raises(PersonCannot, match="not a valid command"):
        await stage.person("Sam").command("/plate")


# -- who may post ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("posting", "in_thread", "error"),
    [
        ("nobody", False, "restricted_action"),
        ("admins", False, "restricted_action_read_only_channel"),
        ("threads", False, "restricted_action_thread_only_channel"),
        ("no_threads", True, "restricted_action_non_threadable_channel"),
    ],
)
async def test_posting_permissions_are_refused_by_name(
    stage: Stage, posting: Any, in_thread: bool, error: str
) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    first = await stage.post(text="First")
    stage.world.channels["C0CARERS"].posting = posting
    thread = {"thread_ts": first.ts} if in_thread else {}
    assert await code(stage.river, "chat.postMessage", channel="C0CARERS", text="a", **thread) == error
    with pytest.raises(PersonCannot, match="Not everybody may post"):
        await stage.person("Aoife").say("young-carers", "a", thread_ts=first.ts if in_thread else None)


async def test_a_thread_only_channel_takes_replies(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    first = await stage.post(text="First")
    stage.world.channels["C0CARERS"].posting = "threads"
    reply = await stage.river.chat_postMessage(channel="C0CARERS", text="Reply", thread_ts=first.ts)
    assert reply["ok"]
