"""The Home tab. https://docs.slack.dev/surfaces/app-home"""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from playground.acts import PersonCannot
from tests.playground.blocks import actions, button, home, menu, section
from tests.playground.conftest import Stage

Json = dict[str, Any]


def publish_on_opening(stage: Stage, *blocks: Json) -> list[Json]:
    heard: list[Json] = []

    @stage.bolt.event("app_home_opened")
    async def opened(event: Json, client: Any) -> None:
        heard.append(event)
        await client.views_publish(user_id=event["user"], view=home(*blocks))

    return heard


async def test_opening_is_told_with_the_dm(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/app_home_opened"""
    heard = publish_on_opening(stage, section("Hello"))
    await stage.sam.open_home()
    await stage.pg.settled()
    assert (heard[0]["user"], heard[0]["tab"]) == ("U0SAM", "home")
    assert heard[0]["channel"] == stage.sam.dm().id
    assert "view" not in heard[0]


async def test_opening_its_messages_is_told_with_that_tab(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/app_home_opened"""
    heard = publish_on_opening(stage, section("Hello"))
    await stage.sam.open_home()
    await stage.pg.settled()
    await stage.sam.open_messages()
    await stage.pg.settled()
    assert [(one["tab"], "view" in one) for one in heard] == [("home", False), ("messages", False)]
    assert heard[1]["channel"] == stage.sam.dm().id


async def test_each_person_has_their_own(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.publish"""
    publish_on_opening(stage, section("Hello"))
    await stage.sam.open_home()
    await stage.pg.until(stage.sam.home)
    assert stage.jo.home() is None


async def test_a_second_opening_brings_the_view(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/app_home_opened"""
    heard = publish_on_opening(stage, section("Hello"))
    for _ in range(2):
        await stage.sam.open_home()
        await stage.pg.settled()
    assert heard[1]["view"]["blocks"][0]["text"]["text"] == "Hello"


async def test_a_button_at_home(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    heard: list[Json] = []

    @stage.bolt.action("go")
    async def go(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    await stage.client.views_publish(user_id="U0SAM", view=home(actions(button("Go", "go"))))
    await stage.sam.press_home("Go")
    assert heard[0]["container"]["type"] == "view"
    assert heard[0]["view"]["type"] == "home"
    assert "channel" not in heard[0]


async def test_a_menu_at_home(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    heard: list[Json] = []

    @stage.bolt.action("colour")
    async def colour(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    await stage.client.views_publish(user_id="U0SAM", view=home(section("a", accessory=menu("colour", "Red"))))
    await stage.sam.choose_home("colour", "Red")
    assert heard[0]["actions"][0]["selected_option"]["value"] == "red"


async def test_a_form_can_be_opened_from_home(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    from tests.playground.blocks import modal

    @stage.bolt.action("go")
    async def go(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(section("a"), title="From home"))
        await ack()

    await stage.client.views_publish(user_id="U0SAM", view=home(actions(button("Go", "go"))))
    await stage.sam.press_home("Go")
    view = stage.sam.modal
    assert view
    assert view.title == "From home"


async def test_publishing_again_keeps_the_id_and_changes_the_hash(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.publish"""
    first = await stage.client.views_publish(user_id="U0SAM", view=home(section("a")))
    second = await stage.client.views_publish(user_id="U0SAM", view=home(section("b")))
    assert first["view"]["id"] == second["view"]["id"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await stage.client.views_publish(user_id="U0SAM", view=home(), hash=first["view"]["hash"])


async def test_an_empty_home_has_nothing_to_press(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/app-home"""
    with pytest.raises(PersonCannot, match="still empty"):
        await stage.sam.press_home("Go")


async def test_an_app_without_a_home_tab(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.publish"""
    stage.pg.world.app("Bell").home_tab = False
    with pytest.raises(PersonCannot, match="no Home tab"):
        await stage.sam.open_home()
    with pytest.raises(SlackApiError, match="not_enabled"):
        await stage.client.views_publish(user_id="U0SAM", view=home())


async def test_a_modal_cannot_be_published(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.publish"""
    from tests.playground.blocks import modal

    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await stage.client.views_publish(user_id="U0SAM", view=modal(section("a")))
