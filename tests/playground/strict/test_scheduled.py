"""Messages left to be posted later. https://docs.slack.dev/reference/methods/chat.scheduleMessage"""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.playground.blocks import section
from tests.playground.conftest import Stage
from tests.playground.refusals import code

Json = dict[str, Any]


def later(pg: Playground, **wait: float) -> int:
    return int((pg.world.clock.now() + timedelta(**wait)).timestamp())


async def left(
    pg: Playground, client: AsyncWebClient, text: str = "Later", channel: str = "C0OPEN", **more: Any
) -> str:
    """Schedule a message in an hour and return its id."""
    when = more.pop("post_at", later(pg, hours=1))
    return str(
        (await client.chat_scheduleMessage(channel=channel, text=text, post_at=when, **more))[
            "scheduled_message_id"
        ]
    )


def words(pg: Playground, channel: str = "C0OPEN") -> list[str]:
    return [one.text for one in pg.world.channels[channel].messages.values()]


async def test_a_message_is_posted_when_its_time_comes(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    await left(pg, client, "Later", blocks=[section("Later *bold*")])
    pg.world.clock.advance(timedelta(minutes=59))
    assert words(pg) == []
    pg.world.clock.advance(timedelta(minutes=1))
    assert words(pg) == ["Later"]
    posted = next(iter(pg.world.channels["C0OPEN"].messages.values()))
    assert float(posted.ts) == pg.world.clock.now().timestamp()


async def test_a_clock_that_runs_posts_by_itself(pg: Playground, client: AsyncWebClient) -> None:
    """Ours: the playground's clock."""
    await left(pg, client, post_at=later(pg, seconds=1))
    pg.world.clock.advance(timedelta(seconds=0.9))
    pg.world.clock.thaw()
    await pg.until(lambda: words(pg) == ["Later"])


async def test_two_messages_come_in_their_order(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    await left(pg, client, "second", post_at=later(pg, hours=2))
    await left(pg, client, "first", post_at=later(pg, hours=1))
    pg.world.clock.advance(timedelta(days=1))
    assert words(pg) == ["first", "second"]


async def test_the_answer_says_what_and_when(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    answer = await client.chat_scheduleMessage(channel="C0OPEN", text="Later", post_at=later(pg, hours=1))
    assert answer["scheduled_message_id"].startswith("Q")
    assert (answer["channel"], answer["post_at"]) == ("C0OPEN", later(pg, hours=1))
    assert (answer["message"]["type"], answer["message"]["text"]) == ("delayed_message", "Later")


@pytest.mark.parametrize(
    ("wait", "error"),
    [({"seconds": 0}, "time_in_past"), ({"days": -1}, "time_in_past"), ({"days": 121}, "time_too_far")],
)
async def test_not_in_the_past_and_not_beyond_120_days(
    pg: Playground, client: AsyncWebClient, wait: Json, error: str
) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    args = {"channel": "C0OPEN", "text": "a", "post_at": later(pg, **wait)}
    assert await code(client, "chat.scheduleMessage", **args) == error


async def test_120_days_are_not_too_far(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    assert await left(pg, client, post_at=later(pg, days=120))


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"post_at": "tomorrow"}, "invalid_time"),
        ({"text": ""}, "no_text"),
        ({"channel": "C0ELSE"}, "not_in_channel"),
        ({"blocks": [{"type": "sektion"}]}, "invalid_blocks"),
        ({"thread_ts": "1.2"}, "thread_not_found"),
    ],
)
async def test_what_cannot_be_posted_cannot_be_scheduled(
    pg: Playground, client: AsyncWebClient, args: Json, error: str
) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    good = {"channel": "C0OPEN", "text": "a", "post_at": later(pg, hours=1)}
    assert await code(client, "chat.scheduleMessage", **(good | args)) == error


async def test_thirty_in_five_minutes_are_the_most_for_a_channel(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    for _ in range(30):
        await left(pg, client)
    args = {"channel": "C0OPEN", "text": "a", "post_at": later(pg, hours=1)}
    assert await code(client, "chat.scheduleMessage", **args) == "restricted_too_many"
    assert await left(pg, client, post_at=later(pg, hours=1, minutes=5))
    assert await left(pg, client, channel="C0BOTH")


async def test_with_metadata_it_never_posts(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage

    The method's page: "Messages scheduled … will not post if the metadata parameter is used.".
    """
    await left(pg, client, metadata={"event_type": "note", "event_payload": {"id": "n1"}})
    pg.world.clock.advance(timedelta(days=1))
    assert words(pg) == []
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_one_can_be_taken_back(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.deleteScheduledMessage"""
    known = await left(pg, client)
    await client.chat_deleteScheduledMessage(channel="C0OPEN", scheduled_message_id=known)
    pg.world.clock.advance(timedelta(hours=2))
    assert words(pg) == []


async def test_one_that_is_gone_or_elsewhere_cannot_be_taken_back(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.deleteScheduledMessage"""
    known, method = await left(pg, client), "chat.deleteScheduledMessage"
    error = "invalid_scheduled_message_id"
    assert await code(client, method, channel="C0BOTH", scheduled_message_id=known) == error
    pg.world.clock.advance(timedelta(hours=2))
    assert await code(client, method, channel="C0OPEN", scheduled_message_id=known) == error


async def test_the_list_is_in_order_by_channel_and_in_pages(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduledMessages.list"""
    second = await left(pg, client, "second", post_at=later(pg, hours=3))
    first = await left(pg, client, "first")
    await left(pg, client, "elsewhere", "C0BOTH")
    mine = await client.chat_scheduledMessages_list(channel="C0OPEN")
    assert [one["id"] for one in mine["scheduled_messages"]] == [first, second]
    assert mine["scheduled_messages"][0]["channel_id"] == "C0OPEN"
    soon = await client.chat_scheduledMessages_list(latest=str(later(pg, hours=2)))
    assert [one["text"] for one in soon["scheduled_messages"]] == ["first", "elsewhere"]
    page = await client.chat_scheduledMessages_list(limit=2)
    rest = await client.chat_scheduledMessages_list(limit=2, cursor=page["response_metadata"]["next_cursor"])
    assert (len(page["scheduled_messages"]), len(rest["scheduled_messages"])) == (2, 1)
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_a_bot_that_has_left_posts_nothing(pg: Playground, client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    await left(pg, client)
    await pg.person("Sam").remove_bot("#open")
    pg.world.clock.advance(timedelta(hours=2))
    assert words(pg) == []


async def test_its_buttons_work_like_any_others(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
    pressed: list[str] = []

    @stage.bolt.action("yes")
    async def yes(ack: Any, action: Json) -> None:
        pressed.append(action["value"])
        await ack()

    stage.pg.world.ack_timeout_s = 3
    button = {"type": "button", "text": {"type": "plain_text", "text": "Yes"}, "action_id": "yes", "value": "v"}
    await left(stage.pg, stage.client, blocks=[{"type": "actions", "elements": [button]}])
    stage.pg.world.clock.advance(timedelta(minutes=60))
    await stage.sam.press(stage.sam.last("#open"), "Yes")
    assert pressed == ["v"]
