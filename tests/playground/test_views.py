"""Views as apps open, push and change them. https://docs.slack.dev/reference/methods/views.open"""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.playground.blocks import actions, button, section
from tests.playground.conftest import Stage
from tests.playground.stage_forms import form, opened

Json = dict[str, Any]


async def refused(stage: Stage, method: str, **args: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        await stage.client.api_call(method, json=args)
    return caught.value.response


async def trigger(stage: Stage) -> str:
    heard: list[str] = []

    @stage.bolt.command("/mark")
    async def mark(ack: Any, body: Json) -> None:
        heard.append(body["trigger_id"])
        await ack()

    await stage.sam.command("/mark")
    return heard[0]


async def test_a_trigger_opens_one_form(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    one = await trigger(stage)
    await stage.client.views_open(trigger_id=one, view=form())
    assert (await refused(stage, "views.open", trigger_id=one, view=form()))["error"] == "exchanged_trigger_id"


async def test_a_trigger_lives_for_three_seconds(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    one = await trigger(stage)
    stage.pg.world.ack_timeout_s = 0
    assert (await refused(stage, "views.open", trigger_id=one, view=form()))["error"] == "expired_trigger_id"


async def test_a_trigger_nobody_gave_opens_nothing(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    assert (await refused(stage, "views.open", trigger_id="1.2.3", view=form()))["error"] == "invalid_trigger_id"


async def test_an_ill_formed_form_is_refused_with_the_place(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    answer = await refused(stage, "views.open", trigger_id=await trigger(stage), view=form(title="x" * 25))
    assert answer["error"] == "invalid_arguments"
    assert "must be less than 25 characters [json-pointer:/view/title/text]" in str(answer["response_metadata"])


async def test_an_old_hash_is_a_conflict(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.update"""
    await opened(stage, form())
    view = stage.sam.modal
    assert view
    old = view.hash
    await stage.client.views_update(view_id=view.id, hash=old, view=form())
    assert (await refused(stage, "views.update", view_id=view.id, hash=old, view=form()))[
        "error"
    ] == "hash_conflict"


async def test_a_form_is_found_by_its_external_id(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.update"""
    await opened(stage, form(external_id="x-1"))
    await stage.client.views_update(external_id="x-1", view=form(title="Found"))
    view = stage.sam.modal
    assert view
    assert view.title == "Found"


async def test_an_external_id_is_unique(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    await opened(stage, form(external_id="x-1"))
    answer = await refused(stage, "views.open", trigger_id=await trigger(stage), view=form(external_id="x-1"))
    assert answer["error"] == "duplicate_external_id"


async def test_a_closed_form_is_not_found(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.update"""
    await opened(stage, form())
    view = stage.sam.modal
    assert view
    await stage.sam.close()
    assert (await refused(stage, "views.update", view_id=view.id, view=form()))["error"] == "not_found"


async def test_three_forms_are_the_most(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.push"""
    refusals: list[str] = []

    @stage.bolt.action("more")
    async def more(ack: Any, body: Json, client: Any) -> None:
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=form(actions(button("More", "more"))))
        except SlackApiError as refusal:
            refusals.append(refusal.response["error"])

    await opened(stage, form(actions(button("More", "more"))))
    for _ in range(3):
        await stage.sam.press_in_modal("More")
        await stage.pg.settled()
    assert len(stage.pg.world.modals["U0SAM"]) == 3
    assert refusals == ["push_limit_reached"]


async def test_a_view_of_more_than_250_kb_is_refused(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    blocks = [section("x" * 3000) for _ in range(100)]
    assert (await refused(stage, "views.open", trigger_id="1.2.3", view=form(*blocks)))["error"] == "view_too_large"
