"""Faults on order, as slack_sdk and slack_bolt meet them.

What slack_sdk does about each: https://docs.slack.dev/tools/python-slack-sdk/web#retryhandler. `fatal_error`: "It's
possible some aspect of the operation succeeded before the error was raised."
(https://docs.slack.dev/reference/methods/chat.postMessage)
"""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncServerErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from playground.clock import stopwatch
from playground.faults import KINDS, Fault, NoSuchFault
from playground.server import Playground
from tests.playground.blocks import home, section
from tests.playground.conftest import TOKEN, TUESDAY, Stage
from tests.playground.strict.conftest import MINUTE, Ear, link

Json = dict[str, Any]


@pytest.fixture
def once(pg: Playground) -> AsyncWebClient:
    """A client that never tries again by itself."""
    return AsyncWebClient(TOKEN, base_url=pg.api_url, retry_handlers=[])


def texts(pg: Playground) -> list[str]:
    return [one.text for one in pg.world.channels["C0OPEN"].messages.values()]


async def post(client: AsyncWebClient, text: str = "a", channel: str = "C0OPEN") -> Any:
    return await client.chat_postMessage(channel=channel, text=text)


# -- calls -------------------------------------------------------------------------------


async def test_an_answer_is_lost_though_the_message_is_there(pg: Playground, once: AsyncWebClient) -> None:
    pg.world.faults.order(Fault("lost"))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await post(once)
    assert texts(pg) == ["a"]


@pytest.mark.slow
async def test_slack_sdks_own_retry_makes_two_of_a_lost_answer(pg: Playground, client: AsyncWebClient) -> None:
    pg.world.faults.order(Fault("lost"))
    assert (await post(client))["ok"]
    assert texts(pg) == ["a", "a"]


async def test_a_connection_that_closes_first_leaves_nothing(pg: Playground, once: AsyncWebClient) -> None:
    pg.world.faults.order(Fault("closed"))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await post(once)
    assert texts(pg) == []


@pytest.mark.parametrize(
    ("kind", "status", "there"),
    [
        ("error_before", 500, []),
        ("error_after", 500, ["a"]),
        ("fatal_before", 200, []),
        ("fatal_after", 200, ["a"]),
        ("outage", 503, []),
        ("ratelimited", 429, []),
    ],
)
async def test_an_answer_is_not_the_deed(
    pg: Playground, once: AsyncWebClient, kind: str, status: int, there: list[str]
) -> None:
    pg.world.faults.order(Fault(kind))
    with pytest.raises(SlackApiError) as refused:
        await post(once)
    assert refused.value.response.status_code == status
    assert texts(pg) == there


async def test_an_answer_that_breaks_off_cannot_be_read(pg: Playground, once: AsyncWebClient) -> None:
    """slack_sdk's error then carries aiohttp's response in place of Slack's."""
    pg.world.faults.order(Fault("garbled"))
    with pytest.raises(SlackApiError, match="non-JSON format") as refused:
        await post(once)
    assert isinstance(refused.value.response, aiohttp.ClientResponse)
    assert texts(pg) == ["a"]


@pytest.mark.slow
async def test_a_500_after_storing_makes_two_when_tried_again(pg: Playground, once: AsyncWebClient) -> None:
    once.retry_handlers.append(AsyncServerErrorRetryHandler())
    pg.world.faults.order(Fault("error_after"))
    assert (await post(once))["ok"]
    assert texts(pg) == ["a", "a"]


@pytest.mark.slow
async def test_a_slow_answer_outlasts_the_client_but_the_message_is_there(pg: Playground) -> None:
    hasty = AsyncWebClient(TOKEN, base_url=pg.api_url, timeout=1, retry_handlers=[])
    pg.world.faults.order(Fault("slow", seconds=1.5))
    with pytest.raises(asyncio.TimeoutError):
        await post(hasty)
    await pg.until(lambda: texts(pg) == ["a"])


async def test_a_slow_answer_comes_in_the_end(pg: Playground, once: AsyncWebClient) -> None:
    pg.world.faults.order(Fault("slow", seconds=0.2))
    began = stopwatch()
    assert (await post(once))["ok"]
    assert stopwatch() - began >= 0.2


async def test_an_hour_of_429_for_one_workspace_and_no_other(pg: Playground, once: AsyncWebClient) -> None:
    farm = pg.world.install("Bell", "T0FARM", ["users:read"])
    pg.world.faults.order(Fault("ratelimited", seconds=3600), team="T0MILL")
    for minutes in (0, 30, 29):
        pg.world.clock.advance(minutes * MINUTE)
        with pytest.raises(SlackApiError) as refused:
            await post(once)
    assert (refused.value.response["error"], refused.value.response.headers["Retry-After"]) == ("ratelimited", "60")
    assert (await AsyncWebClient(farm.bot_token, base_url=pg.api_url).users_info(user="U0LENA"))["ok"]
    pg.world.clock.advance(1 * MINUTE)
    assert (await post(once))["ok"]
    assert pg.world.faults.counts == {"ratelimited": 3}


async def test_an_outage_takes_every_method_for_a_minute(pg: Playground, once: AsyncWebClient) -> None:
    pg.world.faults.order(Fault("outage"))
    for call in (once.auth_test, once.users_list, lambda: post(once)):
        with pytest.raises(SlackApiError, match="503"):
            await call()
    pg.world.clock.advance(1 * MINUTE)
    assert (await once.auth_test())["ok"]


async def test_a_fault_strikes_as_often_as_ordered_and_only_there(pg: Playground, once: AsyncWebClient) -> None:
    pg.world.faults.order(Fault("fatal_before"), times=2, method="chat.postMessage", channel="C0OPEN")
    assert (await once.auth_test())["ok"]
    assert (await post(once, channel="C0BOTH"))["ok"]
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await post(once, channel="#open")
    assert (await post(once))["ok"]


async def test_faults_strike_in_the_order_in_which_they_were_ordered(pg: Playground, once: AsyncWebClient) -> None:
    for kind in ("fatal_before", "error_before"):
        pg.world.faults.order(Fault(kind))
    with pytest.raises(SlackApiError, match="fatal_error"):
        await post(once)
    with pytest.raises(SlackApiError, match="500"):
        await post(once)


async def test_what_struck_can_be_read_back(pg: Playground, once: AsyncWebClient) -> None:
    order = pg.world.faults.order(Fault("fatal_after"), method="chat.postMessage")
    with pytest.raises(SlackApiError):
        await post(once, "words")
    strike = pg.world.faults.strikes[0]
    assert (strike.at, strike.kind, strike.order_id) == (TUESDAY, "fatal_after", order.id)
    assert (strike.place.method, strike.place.team, strike.place.channel) == (
        "chat.postMessage",
        "T0MILL",
        "C0OPEN",
    )
    call = pg.world.traffic.calls[0]
    assert strike.spoiled is call
    assert (call.args["text"], call.fault) == ("words", "fatal_after")


async def test_an_order_can_be_withdrawn(pg: Playground, once: AsyncWebClient) -> None:
    order = pg.world.faults.order(Fault("closed"), times=9)
    assert pg.world.faults.cancel(order.id) == 1
    assert (await post(once))["ok"]


def test_a_fault_nobody_knows() -> None:
    with pytest.raises(NoSuchFault, match=r"There is no fault 'gremlins'\. There are: lost,"):
        Fault("gremlins")
    assert len(KINDS) == 13


async def test_a_home_tab_is_stored_though_the_answer_was_lost(pg: Playground, once: AsyncWebClient) -> None:
    pg.world.faults.order(Fault("lost"), method="views.publish")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await once.views_publish(user_id="U0SAM", view=home(section("Hello")))
    assert pg.world.home("A0BELL", "U0SAM")


async def test_an_answer_at_a_response_url_can_fail(stage: Stage) -> None:
    stage.pg.world.ack_timeout_s = 3
    stage.pg.world.faults.order(Fault("error_after"), method="response_url")
    statuses: list[int] = []

    @stage.bolt.command("/ring")
    async def ring(ack: Any, respond: Any) -> None:
        await ack()
        statuses.append((await respond("Ringing.")).status_code)

    await stage.sam.command("/ring", "", "#open")
    await stage.pg.until(lambda: statuses)
    assert statuses == [500]
    assert stage.sam.last("#open").text == "Ringing."


# -- events and connections ----------------------------------------------------------------


def hear(stage: Stage) -> list[Json]:
    heard: list[Json] = []

    @stage.bolt.event("message")
    async def listen(body: Json) -> None:
        heard.append(body)

    return heard


async def test_an_event_comes_twice_with_one_id(stage: Stage) -> None:
    heard = hear(stage)
    stage.pg.world.faults.order(Fault("event_twice"), method="message")
    await stage.sam.say("#open", "a")
    await stage.pg.settled()
    assert [body["event"]["text"] for body in heard] == ["a", "a"]
    assert len({body["event_id"] for body in heard}) == 1


async def test_an_event_comes_late_by_the_playgrounds_clock(stage: Stage) -> None:
    heard = hear(stage)
    stage.pg.world.faults.order(Fault("event_late", seconds=600), channel="C0OPEN")
    await stage.sam.say("#open", "late")
    await stage.sam.say("#open", "in time")
    await stage.pg.settled()
    assert [body["event"]["text"] for body in heard] == ["in time"]
    stage.pg.world.clock.advance(10 * MINUTE)
    await stage.pg.settled()
    assert [body["event"]["text"] for body in heard] == ["in time", "late"]


async def test_a_dropped_connection_loses_a_command_and_says_so(
    pg: Playground, http: aiohttp.ClientSession
) -> None:
    pg.world.faults.order(Fault("socket_dropped"), method="slash_commands")
    async with http.ws_connect(await link(pg)) as ws:
        await ws.receive_json()
        assert (await pg.person("Sam").command("/ring")).failure == "dispatch_failed"
        assert (await ws.receive()).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    assert "dispatch_failed" in pg.person("Sam").notices[0].text
    assert pg.world.faults.counts == {"socket_dropped": 1}


async def test_an_event_on_a_dropped_connection_comes_on_the_next(
    pg: Playground, http: aiohttp.ClientSession
) -> None:
    pg.world.faults.order(Fault("socket_dropped"))
    async with http.ws_connect(await link(pg)) as ws:
        await ws.receive_json()
        await pg.person("Sam").say("#open", "a")
        await pg.settled()
    async with http.ws_connect(await link(pg)) as ws:
        assert (await ws.receive_json())["type"] == "hello"
        assert (await ws.receive_json())["payload"]["event"]["text"] == "a"


async def test_http_deliveries_have_no_connection_to_drop(pg: Playground, ear: Ear) -> None:
    pg.world.faults.order(Fault("socket_dropped"))
    await pg.person("Sam").say("#open", "a")
    await pg.settled()
    assert len(ear.bodies) == 1
    assert pg.world.faults.counts == {}


# -- a clock that was moved far ------------------------------------------------------------


async def test_a_lasting_fault_is_over_when_the_clock_has_passed_it(pg: Playground, once: AsyncWebClient) -> None:
    pg.world.faults.order(Fault("outage", seconds=90))
    pg.world.clock.advance(timedelta(days=1))
    assert (await post(once))["ok"]
    assert pg.world.faults.orders == []
