"""Events that nobody took come again. https://docs.slack.dev/apis/events-api#retries"""

from typing import Any

import aiohttp
import pytest

from playground.server import Playground
from tests.playground.conftest import Stage
from tests.playground.strict.conftest import MINUTE, Ear, link

Json = dict[str, Any]


def attempts(pg: Playground) -> list[int]:
    return [one.attempt for one in pg.world.traffic.deliveries if one.kind == "events_api"]


@pytest.mark.slow
async def test_an_event_comes_again_at_once_after_one_minute_and_after_five(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()
    assert attempts(stage.pg) == [0, 1]
    for wait, known in ((1, [0, 1, 2]), (4, [0, 1, 2]), (1, [0, 1, 2, 3]), (30, [0, 1, 2, 3])):
        stage.pg.world.clock.advance(wait * MINUTE)
        await stage.pg.settled()
        assert attempts(stage.pg) == known


@pytest.mark.slow
async def test_an_event_that_came_again_is_the_same_event(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()
    first, second = stage.pg.world.traffic.deliveries
    assert first.payload["event_id"] == second.payload["event_id"]
    assert first.id != second.id


@pytest.mark.slow
async def test_an_app_that_wakes_up_takes_the_next_one(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    heard: list[str] = []
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()

    @stage.bolt.event("message")
    async def hear(event: Json) -> None:
        heard.append(event["text"])

    stage.pg.world.clock.advance(MINUTE)
    await stage.pg.settled()
    stage.pg.world.clock.advance(10 * MINUTE)
    await stage.pg.settled()
    assert heard == ["Hello"]
    assert attempts(stage.pg) == [0, 1, 2]


async def test_what_was_taken_does_not_come_again(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""

    @stage.bolt.event("message")
    async def hear() -> None: ...

    stage.pg.world.ack_timeout_s = 3  # Slack's own: what is slow here is the machine
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()
    stage.pg.world.clock.advance(10 * MINUTE)
    await stage.pg.settled()
    assert attempts(stage.pg) == [0]


@pytest.mark.slow
async def test_commands_never_come_again(stage: Stage) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    await stage.sam.command("/ring")
    stage.pg.world.clock.advance(10 * MINUTE)
    await stage.pg.settled()
    assert len(stage.pg.world.traffic.deliveries) == 1


@pytest.mark.slow
async def test_a_world_that_is_not_strict_sends_once(stage: Stage) -> None:
    """Ours: the people file."""
    stage.pg.world.strict = False
    await stage.sam.say("Bell", "Hello")
    await stage.pg.settled()
    assert attempts(stage.pg) == [0]


async def test_headers_say_which_time_it_is_and_why(pg: Playground, ear: Ear) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    ear.answers = [(500, {})]
    await pg.person("Sam").say("Bell", "Hello")
    await pg.settled()
    for _ in range(2):
        pg.world.clock.advance(5 * MINUTE)
        await pg.settled()
    assert ear.retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


async def test_a_clock_that_runs_brings_the_first_one_by_itself(pg: Playground, ear: Ear) -> None:
    """Ours: the playground's clock."""
    pg.world.clock.thaw()
    ear.answers = [(503, {}), (200, {})]
    await pg.person("Sam").say("Bell", "Hello")
    await pg.until(lambda: len(ear.headers) == 2)


async def test_an_app_may_ask_for_no_more(pg: Playground, ear: Ear) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    ear.answers = [(500, {"X-Slack-No-Retry": "1"})]
    await pg.person("Sam").say("Bell", "Hello")
    await pg.settled()
    pg.world.clock.advance(10 * MINUTE)
    await pg.settled()
    assert len(ear.headers) == 1


async def test_nobody_at_the_address_is_a_failed_connection(pg: Playground) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    app = pg.world.app("Bell")
    app.socket_mode, app.request_url = False, "http://127.0.0.1:9/"
    await pg.person("Sam").say("Bell", "Hello")
    await pg.settled()
    assert pg.world.traffic.deliveries[-1].retry_reason == "connection_failed"


async def test_two_redirects_are_followed_and_no_more(pg: Playground, ear: Ear) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    app = pg.world.app("Bell")
    ear.answers = [(307, {"Location": str(app.request_url)})]
    await pg.person("Sam").say("Bell", "Hello")
    await pg.settled()
    assert pg.world.traffic.deliveries[-1].retry_reason == "too_many_redirects"


@pytest.mark.slow
async def test_an_envelope_says_which_time_it_is(pg: Playground, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/events-api/using-socket-mode"""
    async with http.ws_connect(await link(pg)) as ws:
        await ws.receive_json()
        await pg.person("Sam").say("#open", "a")
        first, second = await ws.receive_json(), await ws.receive_json()
        assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
        assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")
        await pg.settled()


async def test_what_was_said_while_nobody_was_connected_waits(pg: Playground, http: aiohttp.ClientSession) -> None:
    """https://docs.slack.dev/apis/events-api#retries"""
    await pg.person("Sam").say("#open", "a")
    await pg.settled()
    async with http.ws_connect(await link(pg)) as ws:
        assert (await ws.receive_json())["type"] == "hello"
        envelope = await ws.receive_json()
        assert (envelope["payload"]["event"]["text"], envelope["retry_attempt"]) == ("a", 1)
        await ws.send_json({"envelope_id": envelope["envelope_id"]})
        await pg.settled()
    assert pg.dispatcher.redelivery.waiting == 0
