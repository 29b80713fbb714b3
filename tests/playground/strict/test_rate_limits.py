"""Calls that come too fast. https://docs.slack.dev/apis/web-api/rate-limits"""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from playground.limits import Limits
from playground.server import Playground
from playground.world import World
from tests.playground.conftest import CONFIG
from tests.playground.strict.conftest import Ear

Json = dict[str, Any]
SECONDS = timedelta(seconds=1)


async def wait_for(client: AsyncWebClient, method: str, **args: Any) -> int:
    """The seconds Slack asks to wait before this call; 0 if it was taken."""
    try:
        await client.api_call(method, json=args)
    except SlackApiError as refused:
        answer = refused.response
    else:
        return 0
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    return int(answer.headers["Retry-After"])


async def post(client: AsyncWebClient, channel: str = "C0OPEN") -> int:
    return await wait_for(client, "chat.postMessage", channel=channel, text="a")


async def test_one_message_a_second_in_one_channel(pg: Playground, client: AsyncWebClient, limits: Limits) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    assert [await post(client), await post(client), await post(client, "C0BOTH")] == [0, 1, 0]
    pg.world.clock.advance(1 * SECONDS)
    assert await post(client) == 0
    assert len(pg.world.channels["C0OPEN"].messages) == 2


async def test_a_person_and_their_dm_are_one_channel(
    pg: Playground, client: AsyncWebClient, limits: Limits
) -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits"""
    dm = str((await client.conversations_open(users="U0SAM"))["channel"]["id"])
    assert [await post(client, "U0SAM"), await post(client, dm)] == [0, 1]


async def test_a_refused_message_is_not_counted(pg: Playground, client: AsyncWebClient, limits: Limits) -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits"""
    await post(client)
    for _ in range(3):
        pg.world.clock.advance(timedelta(seconds=0.3))
        waits = await post(client)
    assert waits == 0


async def test_a_network_that_hurries_a_little_is_forgiven(
    pg: Playground, client: AsyncWebClient, limits: Limits
) -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits"""
    await post(client)
    pg.world.clock.advance(timedelta(seconds=0.95))
    assert await post(client) == 0


async def test_several_hundred_messages_a_minute_in_a_workspace(
    pg: Playground, client: AsyncWebClient, limits: Limits
) -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits"""
    limits.special["chat.postMessage"] = 3
    for channel in ("C0OPEN", "C0BOTH", "U0SAM"):
        assert await post(client, channel) == 0
    pg.world.clock.advance(20 * SECONDS)
    assert await post(client, "U0JO") == 40
    pg.world.clock.advance(40 * SECONDS)
    assert await post(client, "U0JO") == 0


@pytest.mark.parametrize(
    ("method", "most"),
    [("users.list", 20), ("conversations.open", 50), ("users.info", 100), ("chat.update", 50), ("auth.test", 600)],
)
def test_each_method_has_its_tier(method: str, most: int) -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits

    slackapi/java-slack-sdk, metadata/web-api/rate_limit_tiers.json.
    """
    assert Limits().a_minute(method) == most


async def test_the_twenty_first_call_of_a_second_tier_waits(
    pg: Playground, client: AsyncWebClient, limits: Limits
) -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits"""
    assert [await wait_for(client, "users.list") for _ in range(21)] == [0] * 20 + [60]
    assert await wait_for(client, "users.info", user="U0SAM") == 0
    pg.world.clock.advance(60 * SECONDS)
    assert await wait_for(client, "users.list") == 0


async def test_another_workspace_is_not_affected(pg: Playground, client: AsyncWebClient, limits: Limits) -> None:
    """https://docs.slack.dev/apis/web-api/rate-limits"""
    farm = pg.world.install("Bell", "T0FARM", ["users:read"])
    for _ in range(20):
        await wait_for(client, "users.list")
    assert await wait_for(client, "users.list") == 60
    assert await wait_for(AsyncWebClient(farm.bot_token, base_url=pg.api_url), "users.list") == 0


async def test_a_clock_that_is_put_back_forgives(pg: Playground, client: AsyncWebClient, limits: Limits) -> None:
    """Ours: the playground's clock may be moved."""
    await post(client)
    pg.world.clock.advance(-60 * SECONDS)
    assert await post(client) == 0


@pytest.mark.slow
async def test_slack_sdk_waits_and_tries_again(pg: Playground, client: AsyncWebClient, limits: Limits) -> None:
    """https://docs.slack.dev/tools/python-slack-sdk/web#retryhandler"""
    pg.world.clock.thaw()
    limits.channel_gap = 0.3
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    await post(client)
    assert (await client.chat_postMessage(channel="C0OPEN", text="b"))["ok"]
    assert [call.refusal for call in pg.world.traffic.calls] == [None, "ratelimited", None]


def test_the_people_file_says_whether_it_is_strict() -> None:
    """Ours: the people file."""
    strict, free = World.from_config(CONFIG | {"strict": True}), World.from_config(CONFIG)
    assert (strict.strict, strict.limits) == (True, Limits())
    assert (free.strict, free.limits) == (False, None)


async def test_without_limits_nothing_waits(pg: Playground, client: AsyncWebClient) -> None:
    """Ours: the people file."""
    assert [await post(client) for _ in range(5)] == [0] * 5


async def test_too_many_events_are_held_back_and_said_once_a_minute(
    pg: Playground, ear: Ear, limits: Limits
) -> None:
    """https://docs.slack.dev/apis/events-api#rate-limiting"""
    limits.events_an_hour = 2
    for _ in range(5):
        await pg.person("Sam").say("Bell", "Hello")
    await pg.settled()
    assert [one["type"] for one in ear.bodies] == ["event_callback", "event_callback", "app_rate_limited"]
    assert (ear.bodies[2]["team_id"], ear.bodies[2]["api_app_id"]) == ("T0MILL", "A0BELL")
    assert ear.bodies[2]["minute_rate_limited"] % 60 == 0
    pg.world.clock.advance(timedelta(hours=1))
    await pg.person("Sam").say("Bell", "Hello")
    await pg.settled()
    assert ear.bodies[-1]["type"] == "event_callback"
