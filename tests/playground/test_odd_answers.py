"""What an app may answer by mistake: the person is told, the app's fault is its own, and nothing breaks.

https://docs.slack.dev/interactivity/handling-user-interaction
"""

from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.playground.blocks import actions, option, plain, section
from tests.playground.conftest import Stage
from tests.playground.stage_forms import form, opened

Json = dict[str, Any]
TROUBLE = {"": "We had some trouble connecting. Try again?"}
GROUP = {"label": plain("G"), "options": [option("Rowan")]}


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "update", "view": "x"},
        {"response_action": "push", "view": ["x"]},
        {"response_action": "update", "view": {"type": "modal", "blocks": [{"type": []}]}},
        {"response_action": "errors", "errors": "i"},
        {"response_action": "errors", "errors": {"who": ["i"]}},
        {"response_action": ["errors"]},
    ],
)
async def test_a_submission_answered_with_rubbish_keeps_the_form(stage: Stage, answer: Json) -> None:
    """https://docs.slack.dev/surfaces/modals"""

    @stage.bolt.view("form")
    async def talk_rubbish(ack: Any) -> None:
        answered(ack, answer)

    await opened(stage, form())
    await stage.sam.fill("name", "Sam")
    assert await stage.sam.submit() == TROUBLE
    assert stage.sam.modal


def answered(ack: Any, answer: Json) -> None:
    """Acknowledge with what Bolt itself would not let pass."""
    ack.response = BoltResponse(status=200, body=answer)


async def offered(stage: Stage, answer: Json) -> list[Json]:
    """What Sam is offered by an external menu whose app answers this."""

    @stage.bolt.options("town")
    async def offer(ack: Any) -> None:
        answered(ack, answer)

    message = await stage.post(actions({"type": "external_select", "action_id": "town", "min_query_length": 0}))
    return await stage.sam.search("town", "R", message)


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"options": [option("Rowan")]}, ["Rowan"]),
        ({"options": [option(f"T{one}") for one in range(100)]}, [f"T{one}" for one in range(100)]),
        ({"option_groups": [GROUP]}, ["Rowan"]),
        ({"options": []}, []),
    ],
    ids=["one", "a hundred", "a group", "nothing"],
)
async def test_an_external_menu_shows_what_the_app_offers(stage: Stage, answer: Json, shown: list[str]) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select"""
    assert [one["text"]["text"] for one in await offered(stage, answer)] == shown


@pytest.mark.parametrize(
    "answer",
    [
        {"options": [option(f"T{one}") for one in range(101)]},
        {"options": None},
        {"options": 5},
        {"options": [5]},
        {"options": [{"text": "Rowan", "value": "r"}]},
        {"option_groups": [5]},
        {"option_groups": [{"label": plain("G")}]},
    ],
    ids=["101", "null", "a number", "numbers", "bare text", "groups of numbers", "a group of nothing"],
)
async def test_an_external_menu_shows_nothing_of_a_faulty_offer(stage: Stage, answer: Json) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select"""
    assert await offered(stage, answer) == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"text": "t", "attachments": ["x"]}, "invalid_attachments"),
        ({"text": "t", "attachments": [{"blocks": [{"type": "foo"}]}]}, "invalid_attachments"),
        ({"text": "t", "blocks": [{"type": "rich_text", "elements": ["a"]}]}, "invalid_blocks"),
        ({"text": " "}, "no_text"),
    ],
)
async def test_a_command_answered_with_a_message_slack_would_not_post_fails_in_words(
    stage: Stage, answer: Json, error: str
) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""

    @stage.bolt.command("/ring")
    async def ring(ack: Any) -> None:
        answered(ack, answer)

    await stage.sam.command("/ring", "", "#open")
    assert stage.sam.sees("#open") == []
    assert [one.text for one in stage.sam.notices] == [f'/ring failed with the error "{error}"']


async def test_an_answer_at_a_response_url_is_judged_with_its_attachments(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    heard: list[str] = []

    @stage.bolt.command("/ring")
    async def ring(ack: Any, command: Json) -> None:
        heard.append(command["response_url"])
        await ack()

    await stage.sam.command("/ring", "", "#open")
    url = AsyncWebhookClient(heard[0])
    bad = await url.send(text="t", attachments=[{"blocks": [section("")]}])
    assert (bad.status_code, "invalid_attachments" in bad.body) == (400, True)
    assert (await url.send(text="t", attachments=[{"blocks": [section("a")]}])).status_code == 200
