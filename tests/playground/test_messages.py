"""Messages as apps post, change and delete them. https://docs.slack.dev/reference/methods/chat.postMessage"""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.playground.blocks import actions, button, section
from tests.playground.conftest import TOKEN
from tests.playground.refusals import code, refusal

Json = dict[str, Any]


# -- posting -----------------------------------------------------------------------------


async def test_a_posted_message_is_seen_and_described(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    answer = await client.chat_postMessage(channel="C0OPEN", text="Hello", blocks=[section("Hello")])
    message = answer["message"]
    assert (answer["channel"], message["user"], message["app_id"]) == ("C0OPEN", "U0BELL", "A0BELL")
    assert message["blocks"][0]["block_id"]
    assert pg.person("Sam").last("#open").ts == answer["ts"]


async def test_blocks_may_come_as_text_in_a_form(pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    form = {"token": TOKEN, "channel": "C0OPEN", "text": "a", "blocks": '[{"type": "divider"}]'}
    async with aiohttp.ClientSession() as http, http.post(f"{pg.api_url}chat.postMessage", data=form) as answer:
        assert (await answer.json())["message"]["blocks"][0]["type"] == "divider"


async def test_a_message_to_a_person_opens_a_dm(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    answer = await client.chat_postMessage(channel="U0SAM", text="Hello")
    assert answer["channel"] == pg.person("Sam").dm().id
    assert pg.person("Jo").sees("Bell") == []


async def test_a_dm_to_another_workspace_needs_a_shared_channel(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/apis/slack-connect"""
    assert (await client.conversations_open(users="U0LENA"))["ok"]
    assert await code(client, "conversations.open", users="U0FAR") == "invalid_user_combination"


async def test_missing_text_is_only_a_warning(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    answer = await client.api_call("chat.postMessage", json={"channel": "C0OPEN", "blocks": [section("a")]})
    assert answer["warning"] == "missing_text_in_message"


async def test_very_long_text_is_cut(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    answer = await client.chat_postMessage(channel="C0OPEN", text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(pg.person("Sam").last("#open").text) == 40_000


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "C0OPEN"}, "no_text"),
        ({"channel": "C0OPEN", "text": ""}, "no_text"),
        ({"text": "a"}, "invalid_arguments"),
        ({"channel": "C0NONE", "text": "a"}, "channel_not_found"),
        ({"channel": "C0SHUT", "text": "a"}, "channel_not_found"),
        ({"channel": "C0ELSE", "text": "a"}, "not_in_channel"),
        ({"channel": "C0OPEN", "text": "a", "blocks": [{"type": "sektion"}]}, "invalid_blocks"),
        ({"channel": "C0OPEN", "text": "a", "blocks": "nonsense"}, "invalid_blocks_format"),
        ({"channel": "C0OPEN", "text": "a", "thread_ts": "1.2"}, "thread_not_found"),
        ({"channel": "C0OPEN", "text": "a", "markdown_text": "b"}, "markdown_text_conflict"),
        ({"channel": "C0OPEN", "text": "a", "metadata": {"event_payload": {}}}, "invalid_metadata_format"),
        (
            {"channel": "C0OPEN", "text": "a", "metadata": {"event_type": "t", "event_payload": {"a": {"b": 1}}}},
            "invalid_metadata_schema",
        ),
    ],
)
async def test_a_message_is_refused(client: AsyncWebClient, args: Json, error: str) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    assert await code(client, "chat.postMessage", **args) == error


async def test_ill_formed_blocks_are_refused_with_the_place(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks"""
    row = actions(button("x" * 76, "b"))
    answer = await refusal(client, "chat.postMessage", channel="C0OPEN", text="a", blocks=[section("a"), row])
    assert "[json-pointer:/blocks/1/elements/0]" in answer["response_metadata"]["messages"][0]


async def test_an_archived_channel(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    pg.world.channel("#open").archived = True
    assert await code(client, "chat.postMessage", channel="C0OPEN", text="a") == "is_archived"


async def test_an_app_without_a_messages_tab_cannot_dm(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/surfaces/app-home"""
    pg.world.app("Bell").messages_tab = False
    assert await code(client, "chat.postMessage", channel="U0SAM", text="a") == "messages_tab_disabled"


# -- changing and taking back ------------------------------------------------------------


async def test_an_update_with_text_alone_removes_the_blocks(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.update"""
    ts = (await client.chat_postMessage(channel="C0OPEN", text="a", blocks=[section("a")]))["ts"]
    await client.chat_update(channel="C0OPEN", ts=ts, text="b")
    message = pg.person("Sam").last("#open")
    assert (message.text, message.blocks, message.ts) == ("b", [], ts)
    assert message.edited_ts


async def test_an_update_with_blocks_is_not_marked_as_edited(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.update"""
    ts = (await client.chat_postMessage(channel="C0OPEN", text="a"))["ts"]
    await client.chat_update(channel="C0OPEN", ts=ts, text="b", blocks=[section("b")])
    assert pg.person("Sam").last("#open").edited_ts is None


async def test_an_update_keeps_the_metadata(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.update"""
    known = {"event_type": "note", "event_payload": {"id": "n1"}}
    ts = (await client.chat_postMessage(channel="C0OPEN", text="a", metadata=known))["ts"]
    await client.chat_update(channel="C0OPEN", ts=ts, text="b")
    assert pg.person("Sam").last("#open").metadata == known


async def test_somebody_elses_message_cannot_be_changed(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.update"""
    ts = (await pg.person("Sam").say("#open", "mine")).ts
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts, text="b") == "cant_update_message"
    assert await code(client, "chat.delete", channel="C0OPEN", ts=ts) == "cant_delete_message"


async def test_a_message_that_is_not_there(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.update"""
    assert await code(client, "chat.update", channel="C0OPEN", ts="1.2", text="b") == "message_not_found"
    assert await code(client, "chat.delete", channel="C0OPEN", ts="1.2") == "message_not_found"


@pytest.mark.parametrize(
    ("fits", "over"), [("x" * 4000, "x" * 4001), ("’" * 1333, "’" * 1334), ("👍" * 1000, "👍" * 1001)]
)
async def test_an_update_takes_four_thousand_bytes(client: AsyncWebClient, fits: str, over: str) -> None:
    """https://github.com/openclaw/openclaw/pull/115027"""
    ts = (await client.chat_postMessage(channel="C0OPEN", text=over))["ts"]
    assert (await client.chat_update(channel="C0OPEN", ts=ts, text=fits))["ok"]
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts, text=over) == "msg_too_long"


async def test_all_blocks_of_a_message_hold_some_thirteen_thousand_characters(client: AsyncWebClient) -> None:
    """https://github.com/slackapi/bolt-js/issues/2509"""

    def told(most: int) -> list[dict[str, Any]]:
        words = ["’" * 3000] * 4 + ["’" * (most - 12_000)]
        return [{"type": "section", "text": {"type": "mrkdwn", "text": one}} for one in words]

    ts = (await client.chat_postMessage(channel="C0OPEN", text="a", blocks=told(13_200)))["ts"]
    for method, which in (("chat.postMessage", {}), ("chat.update", {"ts": ts})):
        refused = await code(client, method, channel="C0OPEN", text="a", blocks=told(13_201), **which)
        assert refused == "msg_blocks_too_long"


async def test_a_deleted_message_is_gone(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.delete"""
    ts = (await client.chat_postMessage(channel="C0OPEN", text="a"))["ts"]
    await client.chat_delete(channel="C0OPEN", ts=ts)
    assert pg.person("Sam").sees("#open") == []


async def test_a_permalink(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.getPermalink"""
    ts = (await client.chat_postMessage(channel="C0OPEN", text="a"))["ts"]
    answer = await client.chat_getPermalink(channel="C0OPEN", message_ts=ts)
    assert answer["permalink"] == f"{pg.url}/archives/C0OPEN/p{ts.replace('.', '')}"


async def test_a_replys_permalink_names_its_thread(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.getPermalink"""
    first = (await client.chat_postMessage(channel="C0OPEN", text="a"))["ts"]
    reply = (await client.chat_postMessage(channel="C0OPEN", text="b", thread_ts=first))["ts"]
    answer = await client.chat_getPermalink(channel="C0OPEN", message_ts=reply)
    assert answer["permalink"].endswith(f"?thread_ts={first}&cid=C0OPEN")


@pytest.mark.parametrize(("channel", "error"), [("C0ELSE", None), ("C0SHUT", "channel_not_found")])
async def test_with_the_scope_it_may_write_in_public_channels_that_it_is_not_in(
    client: AsyncWebClient, pg: Playground, channel: str, error: str | None
) -> None:
    """https://docs.slack.dev/reference/scopes/chat.write.public"""
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.chat_postMessage(channel="C0ELSE", text="a")
    pg.world.app("Bell").installs["T0MILL"].scopes.append("chat:write.public")
    if error:
        with pytest.raises(SlackApiError, match=error):
            await client.chat_postMessage(channel=channel, text="a")
    else:
        await client.chat_postMessage(channel=channel, text="a")
        assert pg.person("Sam").last(channel).text == "a"


async def test_an_ephemeral_needs_the_bot_to_be_there_all_the_same(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    pg.world.app("Bell").installs["T0MILL"].scopes.append("chat:write.public")
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.chat_postEphemeral(channel="C0ELSE", user="U0SAM", text="psst")


# -- ephemerals --------------------------------------------------------------------------


async def test_an_ephemeral_is_for_one_and_not_in_history(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    await client.chat_postEphemeral(channel="C0OPEN", user="U0SAM", text="psst")
    assert pg.person("Sam").last("#open").text == "psst"
    assert pg.person("Jo").sees("#open") == []
    assert (await client.conversations_history(channel="C0OPEN"))["messages"] == []


async def test_an_ephemeral_cannot_be_updated(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    ts = (await client.chat_postEphemeral(channel="C0OPEN", user="U0SAM", text="psst"))["message_ts"]
    assert await code(client, "chat.update", channel="C0OPEN", ts=ts, text="b") == "message_not_found"


async def test_an_ephemeral_needs_a_member(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral"""
    answer = await code(client, "chat.postEphemeral", channel="C0OPEN", user="U0LENA", text="psst")
    assert answer == "user_not_in_channel"
