"""Refusals beyond blocks: attachments, metadata, closed and archived places, late edits, tokens.

https://docs.slack.dev/reference/methods/chat.postMessage, https://docs.slack.dev/reference/methods/chat.update
"""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.playground.conftest import TOKEN, Stage
from tests.playground.refusals import code, refusal

Json = dict[str, Any]


def note(payload: Any) -> Json:
    return {"metadata": {"event_type": "note", "event_payload": payload}}


async def posted(client: AsyncWebClient, **more: Any) -> str:
    return str((await client.chat_postMessage(channel="C0OPEN", text="first", **more))["ts"])


# -- attachments and metadata --------------------------------------------------------------


async def test_a_hundred_attachments_are_the_most(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`too_many_attachments`)"""
    args: Json = {"channel": "C0OPEN", "text": "a", "attachments": [{"text": "x"}] * 100}
    assert (await client.api_call("chat.postMessage", json=args))["ok"]
    args["attachments"] = [{"text": "x"}] * 101
    assert await code(client, "chat.postMessage", **args) == "too_many_attachments"


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"metadata": {"event_type": "", "event_payload": {}}}, "invalid_metadata_format"),
        ({"metadata": {"event_type": "note"}}, "invalid_metadata_format"),
        ({"metadata": ["note"]}, "invalid_metadata_format"),
        ({"metadata": "{not json"}, "invalid_metadata_format"),
        (note({"a": {"b": 1}}), "invalid_metadata_schema"),
        (note({"a": [{"b": 1}]}), "invalid_metadata_schema"),
        (note({"a": [["b"]]}), "invalid_metadata_schema"),
        (note({"a": "x" * 8_001}), "metadata_too_large"),
    ],
)
async def test_metadata_is_refused(client: AsyncWebClient, metadata: Json, error: str) -> None:
    """https://docs.slack.dev/messaging/message-metadata: a type and flat values."""
    assert await code(client, "chat.postMessage", channel="C0OPEN", text="a", **metadata) == error
    ts = await posted(client)
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts, text="b", **metadata) == error


async def test_flat_metadata_is_kept_and_an_empty_one_takes_it_away(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.update (`metadata`)"""
    ts = await posted(client, **note({"id": "n1", "many": ["a", 1], "yes": True, "none": None}))
    message = pg.world.channels["C0OPEN"].messages[ts]
    assert message.metadata
    await client.api_call("chat.update", json={"channel": "C0OPEN", "ts": ts, "metadata": {}})
    assert message.metadata is None


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("blocks", "invalid_blocks_format"),
        ("attachments", "invalid_attachments"),
        ("metadata", "invalid_metadata_format"),
    ],
)
async def test_json_that_cannot_be_read_is_refused_by_what_it_was(pg: Playground, name: str, error: str) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    form = {"token": TOKEN, "channel": "C0OPEN", "text": "a", name: "[{"}
    async with aiohttp.ClientSession() as http, http.post(f"{pg.api_url}chat.postMessage", data=form) as answer:
        assert (await answer.json())["error"] == error


# -- where and when ------------------------------------------------------------------------


async def test_nothing_changes_in_an_archived_channel(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.update (`is_inactive`)"""
    ts = await posted(client)
    pg.world.channel("#open").archived = True
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts, text="b") == "is_inactive"
    for method, more in (("chat.postMessage", {}), ("chat.postEphemeral", {"user": "U0SAM"})):
        assert await code(client, method, channel="C0OPEN", text="b", **more) == "is_archived"


async def test_a_workspace_may_limit_how_long_messages_can_change(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.update (`edit_window_closed`)"""
    pg.world.workspaces["T0MILL"].edit_minutes = 5
    ts = await posted(client)
    pg.world.clock.advance(timedelta(minutes=4))
    await client.chat_update(channel="C0OPEN", ts=ts, text="in time")
    pg.world.clock.advance(timedelta(minutes=2))
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts, text="late") == "edit_window_closed"


async def test_a_dm_that_was_open_is_closed_with_the_messages_tab(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`messages_tab_disabled`)"""
    dm = (await client.conversations_open(users="U0SAM"))["channel"]["id"]
    pg.world.app("Bell").messages_tab = False
    assert await code(client, "chat.postMessage", channel=dm, text="a") == "messages_tab_disabled"


async def test_somebody_who_left_cannot_be_written_to(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open (`user_disabled`)"""
    pg.world.users["U0JO"].deleted = True
    assert await code(client, "conversations.open", users="U0JO") == "user_disabled"
    assert await code(client, "chat.postMessage", channel="U0JO", text="a") == "channel_not_found"


# -- tokens and forms ----------------------------------------------------------------------


@pytest.mark.parametrize(("scopes", "provided"), [(["commands", "im:write"], "commands,im:write"), ([], "none")])
async def test_a_missing_scope_names_what_is_needed_and_held(
    client: AsyncWebClient, pg: Playground, scopes: list[str], provided: str
) -> None:
    """https://docs.slack.dev/apis/web-api: `needed` and `provided`."""
    pg.world.app("Bell").installs["T0MILL"].scopes = scopes
    answer = await refusal(client, "users.info", user="U0SAM")
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "users:read", provided)


async def test_an_app_level_token_needs_its_scope_too(pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/apps.connections.open (`connections:write`)"""
    pg.world.app("Bell").app_token_scopes = ["authorizations:read"]
    client = AsyncWebClient("xapp-bell", base_url=pg.api_url)
    answer = await refusal(client, "apps.connections.open")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "connections:write")


async def test_broken_basic_authentication_is_refused(pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/oauth.v2.access"""
    headers = {"Authorization": "Basic ***"}
    url = f"{pg.api_url}oauth.v2.access"
    async with aiohttp.ClientSession() as http, http.post(url, headers=headers) as answer:
        assert (await answer.json())["error"] == "invalid_auth"


async def test_a_member_event_needs_the_scope_of_its_kind_of_channel(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/member_joined_channel (`channels:read`, `groups:read`)"""
    heard: list[Json] = []

    @stage.bolt.event("member_joined_channel")
    async def hear(body: Json) -> None:
        heard.append(body)

    stage.pg.world.app("Bell").installs["T0MILL"].scopes.remove("channels:read")
    await stage.sam.invite_bot("#elsewhere")
    await stage.sam.invite_bot("shut")
    await stage.pg.settled()
    assert [body["event"]["channel"] for body in heard] == ["C0SHUT"]


async def test_a_message_of_an_app_that_was_removed_cannot_be_used(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/app_uninstalled"""
    from playground.acts import PersonCannot
    from tests.playground.blocks import actions, button

    message = await stage.post(actions(button("Go", "go")))
    stage.pg.world.uninstall("Bell", "T0MILL")
    with pytest.raises(PersonCannot, match="was removed"):
        await stage.sam.press(message, "Go")
    assert await code(stage.client, "auth.test") == "account_inactive"
