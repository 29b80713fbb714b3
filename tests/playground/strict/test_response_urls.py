"""Answers at a `response_url`: five, within half an hour by the playground's clock.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.playground.blocks import actions, button
from tests.playground.conftest import Stage

Json = dict[str, Any]


@pytest.fixture
async def url(stage: Stage) -> str:
    """The address Bell got with Sam's command."""
    heard: list[str] = []
    stage.pg.world.ack_timeout_s = 3

    @stage.bolt.command("/ring")
    async def ring(ack: Any, command: Json) -> None:
        heard.append(command["response_url"])
        await ack()

    await stage.sam.command("/ring", "", "#open")
    return heard[0]


async def say(url: str, **body: Any) -> tuple[int, str]:
    answer = await AsyncWebhookClient(url).send(**({"text": "a"} | body))
    return answer.status_code, answer.body


async def test_the_sixth_answer_is_refused_and_not_shown(stage: Stage, url: str) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    assert [(await say(url))[0] for _ in range(6)] == [200] * 5 + [404]
    assert len(stage.sam.sees("#open")) == 5


async def test_half_an_hour_is_counted_on_the_playgrounds_clock(stage: Stage, url: str) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    stage.pg.world.clock.advance(timedelta(minutes=30))
    assert (await say(url))[0] == 200
    stage.pg.world.clock.advance(timedelta(seconds=1))
    status, body = await say(url)
    assert (status, "expired_url" in body) == (404, True)


async def test_a_refused_answer_uses_one_up(stage: Stage, url: str) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    for _ in range(5):
        assert (await say(url, blocks=[{"type": "sektion"}]))[0] == 400
    assert "used_url" in (await say(url))[1]


async def test_it_needs_no_membership(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses

    Documented: it "will bypass any channel posting permissions".
    """
    heard: list[Json] = []
    stage.pg.world.ack_timeout_s = 3

    @stage.bolt.action("yes")
    async def yes(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    message = await stage.post(actions(button("Yes", "yes")))
    await stage.sam.press(message, "Yes")
    await stage.sam.remove_bot("#open")
    assert (await say(heard[0]["response_url"], response_type="in_channel"))[0] == 200
    assert stage.jo.last("#open").text == "a"


async def test_an_address_nobody_gave_out(stage: Stage, url: str) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    assert "invalid_url" in (await say(url[:-4] + "0000"))[1]
