"""Messages, membership and the events apps hear of them. https://docs.slack.dev/reference/events"""

import asyncio
from typing import Any

import pytest

from playground.acts import PersonCannot
from playground.messages import Message
from tests.playground.conftest import Stage

Json = dict[str, Any]


def listen(stage: Stage, kind: str) -> list[Json]:
    """Collect the bodies of every event of one kind."""
    heard: list[Json] = []

    @stage.bolt.event(kind)
    async def hear(body: Json) -> None:
        heard.append(body)

    return heard


async def test_words_to_the_app_are_heard(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message.im"""
    heard = listen(stage, "message")
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()
    event = heard[0]["event"]
    assert (event["text"], event["user"], event["channel_type"]) == ("Hello", "U0SAM", "im")
    assert event["channel"] == stage.sam.dm().id


async def test_an_envelope_says_for_which_installation(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api"""
    heard = listen(stage, "message")
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()
    assert heard[0]["type"] == "event_callback"
    assert heard[0]["authorizations"][0]["user_id"] == "U0BELL"
    assert heard[0]["is_ext_shared_channel"] is False
    assert heard[0]["event_id"].startswith("Ev")


async def test_three_characters_are_escaped_in_messages(stage: Stage) -> None:
    """https://docs.slack.dev/messaging/formatting-message-text"""
    heard = listen(stage, "message")
    await stage.sam.say("Bell", "a < b & c > d, <!channel>")
    await stage.pg.settled()
    assert heard[0]["event"]["text"] == "a &lt; b &amp; c &gt; d, &lt;!channel&gt;"


async def test_words_in_a_channel_are_heard_where_the_bot_is(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message.channels"""
    heard = listen(stage, "message")
    await stage.sam.say("#open", "here")
    await stage.sam.say("#elsewhere", "there")
    await stage.pg.settled()
    assert [body["event"]["text"] for body in heard] == ["here"]


async def test_a_channel_of_two_workspaces_is_marked_and_heard_once(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect"""
    heard = listen(stage, "message")
    await stage.pg.person("Lena").say("#both", "from afar")
    await stage.pg.settled()
    assert len(heard) == 1
    assert heard[0]["is_ext_shared_channel"] is True
    assert (heard[0]["event"]["team"], heard[0]["event"]["user_team"]) == ("T0MILL", "T0FARM")


async def test_naming_the_bot_is_a_mention(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/app_mention"""
    listen(stage, "message")
    heard = listen(stage, "app_mention")
    await stage.sam.say("#open", "@Bell please")
    await stage.pg.settled()
    assert heard[0]["event"]["text"] == "<@U0BELL> please"


async def test_without_the_scope_nothing_is_heard(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message.im"""
    heard = listen(stage, "message")
    stage.pg.world.app("Bell").installs["T0MILL"].scopes.remove("im:history")
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()
    assert heard == []


async def test_without_the_subscription_nothing_is_heard(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api"""
    heard = listen(stage, "message")
    stage.pg.world.app("Bell").events.remove("message.im")
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()
    assert heard == []


async def test_a_bot_that_is_invited_hears_of_it(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/member_joined_channel"""
    heard = listen(stage, "member_joined_channel")
    await stage.sam.invite_bot("#elsewhere")
    await stage.pg.settled()
    event = heard[0]["event"]
    assert (event["user"], event["channel"], event["inviter"]) == ("U0BELL", "C0ELSE", "U0SAM")


async def test_somebody_who_joins_is_announced(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/member_joined_channel"""
    heard = listen(stage, "member_joined_channel")
    listen(stage, "member_left_channel")
    await stage.jo.join("#elsewhere")
    await stage.sam.invite_bot("#elsewhere")
    await stage.jo.leave("#elsewhere")
    await stage.jo.join("#elsewhere")
    await stage.pg.settled()
    assert [body["event"]["user"] for body in heard] == ["U0BELL", "U0JO"]


async def test_joining_twice_is_once(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.join"""
    heard = listen(stage, "member_joined_channel")
    await stage.jo.join("#open")
    await stage.pg.settled()
    assert heard == []


async def test_somebody_who_leaves_is_announced(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/member_left_channel"""
    heard = listen(stage, "member_left_channel")
    await stage.jo.leave("#open")
    await stage.pg.settled()
    assert heard[0]["event"]["user"] == "U0JO"
    with pytest.raises(PersonCannot, match="is not in #open"):
        stage.jo.sees("#open")


async def test_a_closed_account_is_announced_to_the_apps_of_its_workspace(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/user_change"""
    heard = listen(stage, "user_change")
    stage.pg.world.leave_workspace("Jo")
    stage.pg.world.leave_workspace("Lena")
    stage.pg.world.return_to_workspace("Jo")
    await stage.pg.settled()
    users = [body["event"]["user"] for body in heard]
    assert [(user["id"], user["deleted"]) for user in users] == [("U0JO", True), ("U0JO", False)]


async def test_a_renamed_channel(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/channel_rename"""
    heard = listen(stage, "channel_rename")
    await stage.sam.rename("#open", "wide-open")
    await stage.pg.settled()
    assert heard[0]["event"]["channel"]["name"] == "wide-open"
    assert stage.pg.world.channel("#wide-open").id == "C0OPEN"


async def test_a_private_channel_cannot_be_joined_unasked(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.join"""
    with pytest.raises(PersonCannot, match="Only public channels"):
        await stage.jo.join("shut")


async def test_an_app_that_takes_no_words(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/app-home"""
    stage.pg.world.app("Bell").messages_tab_read_only = True
    with pytest.raises(PersonCannot, match="turned off"):
        await stage.sam.say("Bell", "Hello")


async def test_the_apps_own_words_are_not_heard_by_its_listeners(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message"""
    heard = listen(stage, "message")
    await stage.post(text="mine")
    await stage.pg.settled()
    assert heard == []
    assert [one.kind for one in stage.pg.world.traffic.deliveries] == ["events_api"]


async def test_messages_are_unread_until_read(stage: Stage) -> None:
    """Ours: the page's unread marks."""
    await stage.post(text="one")
    await stage.post(text="two")
    channel = stage.pg.world.channel("#open")
    assert channel.unread["U0SAM"] == 2
    stage.sam.read("#open")
    assert channel.unread["U0SAM"] == 0


async def test_an_event_nobody_handles_is_a_failed_delivery(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api"""
    stage.pg.world.ack_timeout_s = 0.2
    await stage.sam.say("#open", "anyone?")
    await stage.pg.settled()
    ack = stage.pg.world.traffic.deliveries[-1].ack
    assert ack
    assert ack.failure in ("http_error", "operation_timeout")


async def test_times_of_messages_grow_and_never_repeat(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    said = await asyncio.gather(*(stage.sam.say("#open", str(one)) for one in range(50)))
    times = [message.ts for message in said]
    assert times == sorted(set(times))
    assert all(isinstance(message, Message) for message in said)


async def test_a_changed_and_a_deleted_message_are_events(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message"""
    message = await stage.post(text="first")
    await stage.client.chat_update(channel="C0OPEN", ts=message.ts, text="second")
    await stage.client.chat_delete(channel="C0OPEN", ts=message.ts)
    await stage.pg.settled()
    events = [one.payload["event"] for one in stage.pg.world.traffic.deliveries]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert (events[1]["message"]["text"], events[1]["previous_message"]["text"]) == ("second", "first")
    assert events[2]["deleted_ts"] == message.ts


async def test_a_reply_stays_in_its_thread(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    message = await stage.post(text="first")
    await stage.sam.say("#open", "reply", thread_ts=message.ts)
    history = await stage.client.conversations_history(channel="C0OPEN")
    assert [one["text"] for one in history["messages"]] == ["first"]
