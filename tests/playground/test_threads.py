"""Conversations and threads as an app reads them, page by page.

https://docs.slack.dev/reference/methods/conversations.history,
https://docs.slack.dev/reference/methods/conversations.replies
"""

import base64
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.page import seeing
from playground.server import Playground
from tests.playground.conftest import Stage
from tests.playground.refusals import code

Json = dict[str, Any]


async def said(client: AsyncWebClient, *words: str, **more: Any) -> list[str]:
    """The times of these messages."""
    return [(await client.chat_postMessage(channel="C0OPEN", text=one, **more))["ts"] for one in words]


def texts(answer: Any) -> list[str]:
    return [one["text"] for one in answer["messages"]]


def cursor(answer: Any) -> str:
    return str(answer["response_metadata"]["next_cursor"])


async def test_history_is_read_page_by_page(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history"""
    await said(client, "a", "b", "c", "d", "e")
    first = await client.conversations_history(channel="C0OPEN", limit=2)
    await said(client, "later")
    second = await client.conversations_history(channel="C0OPEN", limit=2, cursor=cursor(first))
    third = await client.conversations_history(channel="C0OPEN", limit=2, cursor=cursor(second))
    assert [texts(one) for one in (first, second, third)] == [["e", "d"], ["c", "b"], ["a"]]
    assert [one["has_more"] for one in (first, second, third)] == [True, True, False]
    assert cursor(third) == ""


async def test_slack_sdk_pages_by_itself(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/apis/web-api/pagination"""
    await said(client, "a", "b", "c")
    pages = [texts(page) async for page in await client.conversations_history(channel="C0OPEN", limit=1)]
    assert pages == [["c"], ["b"], ["a"]]


@pytest.mark.parametrize("wrong", ["2", "bm9ucw==", base64.b64encode(b"next_ts:soon").decode(), "né"])
async def test_a_cursor_that_slack_did_not_give(client: AsyncWebClient, wrong: str) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history (`invalid_cursor`)"""
    assert await code(client, "conversations.history", channel="C0OPEN", cursor=wrong) == "invalid_cursor"


async def test_a_thread_is_its_first_message_and_the_replies(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.replies"""
    [first] = await said(client, "first")
    replies = await said(client, "one", "two", thread_ts=first)
    await said(client, "beside it")
    for named in (first, replies[1]):
        answer = await client.conversations_replies(channel="C0OPEN", ts=named)
        assert texts(answer) == ["first", "one", "two"]
    assert answer["messages"][1]["parent_user_id"] == "U0BELL"
    assert {one["thread_ts"] for one in answer["messages"]} == {first}


async def test_the_first_message_counts_its_replies(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.replies"""
    [first] = await said(client, "first")
    await said(client, "one", thread_ts=first)
    last = await pg.person("Sam").say("#open", "two", thread_ts=first)
    [parent] = (await client.conversations_history(channel="C0OPEN"))["messages"]
    assert (parent["thread_ts"], parent["reply_count"], parent["reply_users_count"]) == (first, 2, 2)
    assert (parent["reply_users"], parent["latest_reply"]) == (["U0BELL", "U0SAM"], last.ts)


async def test_a_thread_is_read_page_by_page(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.replies"""
    [first] = await said(client, "first")
    await said(client, "one", "two", thread_ts=first)
    pages = [texts(page) async for page in await client.conversations_replies(channel="C0OPEN", ts=first, limit=2)]
    assert pages == [["first", "one"], ["two"]]


async def test_a_message_without_replies_is_a_thread_of_one(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.replies"""
    [first] = await said(client, "alone")
    answer = await client.conversations_replies(channel="C0OPEN", ts=first)
    assert texts(answer) == ["alone"]
    assert "reply_count" not in answer["messages"][0]


async def test_a_thread_that_is_not_there(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.replies (`thread_not_found`)"""
    assert await code(client, "conversations.replies", channel="C0OPEN", ts="1.2") == "thread_not_found"


async def test_replies_need_the_scope_of_the_channels_kind(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.replies"""
    [first] = await said(client, "first")
    pg.world.app("Bell").installs["T0MILL"].scopes = ["im:history"]
    assert await code(client, "conversations.replies", channel="C0OPEN", ts=first) == "missing_scope"


async def test_a_reply_sent_to_the_channel_too_is_in_its_history(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/events/message/thread_broadcast"""
    sam = pg.person("Sam")
    first = await sam.say("#open", "first")
    await sam.say("#open", "for the thread", thread_ts=first.ts)
    await sam.say("#open", "for all", thread_ts=first.ts, broadcast=True)
    answer = await client.conversations_history(channel="C0OPEN")
    assert texts(answer) == ["for all", "first"]
    assert answer["messages"][0]["subtype"] == "thread_broadcast"
    assert texts(await client.conversations_replies(channel="C0OPEN", ts=first.ts))[2] == "for all"
    [top, also] = seeing.rows(pg.world, sam.user, pg.world.channels["C0OPEN"])
    assert [row.message.text for row in top.replies if row.message] == ["for the thread"]
    assert also.message
    assert also.message.text == "for all"


async def test_an_apps_reply_may_go_to_the_channel_too(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`reply_broadcast`)"""
    [first] = await said(client, "first")
    await said(client, "for the thread", thread_ts=first)
    await said(client, "for all", thread_ts=first, reply_broadcast=True)
    assert texts(await client.conversations_history(channel="C0OPEN")) == ["for all", "first"]


async def test_an_event_of_a_reply_names_who_began(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message"""
    heard: list[Json] = []

    @stage.bolt.event("message")
    async def hear(event: Json) -> None:
        heard.append(event)

    first = await stage.sam.say("#open", "first")
    await stage.jo.say("#open", "reply", thread_ts=first.ts)
    await stage.pg.until(lambda: len(heard) == 2)
    assert heard[1]["thread_ts"] == first.ts
    assert heard[1]["parent_user_id"] == "U0SAM"
