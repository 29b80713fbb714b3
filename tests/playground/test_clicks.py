"""Buttons and menus in messages, and the answers an app gives to a click.

https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
"""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from playground.acts import PersonCannot
from tests.playground.blocks import actions, button, menu, option, section
from tests.playground.conftest import Stage

Json = dict[str, Any]


async def click(stage: Stage, *blocks: Json, what: str = "Yes", channel: str = "C0OPEN") -> Json:
    """Let the app post these blocks, let Sam press a button, and return the payload the app got."""
    heard: list[Json] = []

    @stage.bolt.action("yes")
    async def yes(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    message = await stage.post(*(blocks or (actions(button("Yes", "yes", value="v1")),)), channel=channel)
    await stage.sam.press(message, what)
    return heard[0]


async def test_a_click_says_which_button(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    action = (await click(stage))["actions"][0]
    assert (action["action_id"], action["value"], action["type"]) == ("yes", "v1", "button")
    assert action["text"]["text"] == "Yes"


async def test_a_click_says_who_and_where(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    body = await click(stage)
    assert body["user"] == {"id": "U0SAM", "username": "sam", "name": "sam", "team_id": "T0MILL"}
    assert body["team"] == {"id": "T0MILL", "domain": "mill"}
    assert body["channel"] == {"id": "C0OPEN", "name": "open"}
    assert body["container"]["message_ts"] == body["message"]["ts"]
    assert body["container"]["is_ephemeral"] is False
    assert body["api_app_id"] == "A0BELL"


async def test_a_click_in_a_thread_says_which(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    heard: list[Json] = []

    @stage.bolt.action("yes")
    async def yes(ack: Any, body: Json) -> None:
        heard.append(body["container"])
        await ack()

    first = await stage.post(actions(button("Yes", "yes")))
    below: Json = {
        "channel": "C0OPEN",
        "thread_ts": first.ts,
        "text": "a",
        "blocks": [actions(button("Yes", "yes"))],
    }
    await stage.client.chat_postMessage(**below)
    await stage.sam.press(stage.sam.last("#open"), "Yes")
    await stage.client.chat_postEphemeral(**below, user="U0SAM")
    await stage.sam.press(stage.sam.last("#open"), "Yes")
    await stage.sam.press(first, "Yes")
    assert [one.get("thread_ts") for one in heard] == [first.ts, first.ts, None]


async def test_blocks_without_ids_are_given_some(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks"""
    body = await click(stage)
    assert body["actions"][0]["block_id"] == body["message"]["blocks"][0]["block_id"] != ""


async def test_a_click_by_somebody_from_another_workspace_names_both(stage: Stage) -> None:
    """https://github.com/slackapi/bolt-js/issues/1614"""
    heard: list[Json] = []

    @stage.bolt.action("yes")
    async def yes(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    message = await stage.post(actions(button("Yes", "yes")), channel="C0BOTH")
    await stage.pg.person("Lena").press(message, "Yes")
    assert heard[0]["team"]["id"] == "T0MILL"
    assert heard[0]["user"]["team_id"] == "T0FARM"


@pytest.mark.parametrize(
    ("element", "wanted", "answer"),
    [
        (menu("yes", "Red", "Blue"), "Blue", {"selected_option": option("Blue")}),
        (menu("yes", "Red", "Blue", kind="radio_buttons"), "red", {"selected_option": option("Red")}),
        (menu("yes", "Red", "Blue", kind="overflow"), "Red", {"selected_option": option("Red")}),
        (menu("yes", "Red", "Blue", kind="checkboxes"), ["Red"], {"selected_options": [option("Red")]}),
        ({"type": "datepicker", "action_id": "yes"}, "2026-12-01", {"selected_date": "2026-12-01"}),
        ({"type": "timepicker", "action_id": "yes"}, "09:30", {"selected_time": "09:30"}),
        ({"type": "users_select", "action_id": "yes"}, "Jo", {"selected_user": "U0JO"}),
        ({"type": "multi_users_select", "action_id": "yes"}, ["Jo", "Sam"], {"selected_users": ["U0JO", "U0SAM"]}),
        ({"type": "channels_select", "action_id": "yes"}, "#open", {"selected_channel": "C0OPEN"}),
    ],
    ids=lambda given: given["type"] if isinstance(given, dict) and "type" in given else "",
)
async def test_a_choice_brings_its_answer(stage: Stage, element: Json, wanted: Any, answer: Json) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements"""
    heard: list[Json] = []

    @stage.bolt.action("yes")
    async def yes(ack: Any, action: Json) -> None:
        heard.append(action)
        await ack()

    message = await stage.post(section("Which?", accessory=element))
    await stage.sam.choose(message, "yes", wanted)
    assert {key: heard[0][key] for key in answer} == answer


async def test_a_later_click_brings_what_was_chosen_before(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    heard: list[Json] = []

    @stage.bolt.action("colour")
    async def colour(ack: Any) -> None:
        await ack()

    @stage.bolt.action("yes")
    async def yes(ack: Any, body: Json) -> None:
        heard.append(body["state"]["values"])
        await ack()

    row = actions(menu("colour", "Red", "Blue"), button("Yes", "yes"), block_id="row")
    message = await stage.post(row)
    await stage.sam.choose(message, "colour", "Blue")
    await stage.sam.press(message, "Yes")
    await stage.jo.press(message, "Yes")
    assert heard[0]["row"]["colour"]["selected_option"]["value"] == "blue"
    assert heard[1]["row"]["colour"]["selected_option"] is None


async def test_a_button_that_is_not_there_cannot_be_pressed(stage: Stage) -> None:
    """Ours: what a person of the playground can see."""
    message = await stage.post(actions(button("Yes", "yes")))
    with pytest.raises(PersonCannot, match=r"There is no .No. here\. There is: Yes"):
        await stage.sam.press(message, "No")


async def test_two_buttons_alike_are_told_apart_by_value(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/button-element"""
    heard: list[str] = []

    @stage.bolt.action("yes")
    async def yes(ack: Any, action: Json) -> None:
        heard.append(action["value"])
        await ack()

    message = await stage.post(*(actions(button("Yes", "yes", value=one)) for one in "ab"))
    with pytest.raises(PersonCannot, match="There are 2"):
        await stage.sam.press(message, "Yes")
    await stage.sam.press(message, "Yes", value="b")
    assert heard == ["b"]


async def test_only_members_can_click(stage: Stage) -> None:
    """Ours: people act only where they are."""
    message = await stage.post(actions(button("Yes", "yes")))
    with pytest.raises(PersonCannot, match="is not in #open"):
        await stage.pg.person("Lena").press(message, "Yes")


async def test_a_click_without_an_answer_is_told_to_the_person(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response"""
    stage.pg.world.ack_timeout_s = 0.2
    message = await stage.post(actions(button("Yes", "yes")))
    await stage.sam.press(message, "Yes")
    assert stage.sam.notices[0].text == "This app is not responding."


async def test_respond_is_seen_by_the_one_who_clicked(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""

    @stage.bolt.action("yes")
    async def yes(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Thank you.")

    message = await stage.post(actions(button("Yes", "yes")))
    await stage.sam.press(message, "Yes")
    await stage.pg.settled()
    assert stage.sam.last("#open").text == "Thank you."
    assert len(stage.jo.sees("#open")) == 1


async def test_respond_can_replace_the_message(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""

    @stage.bolt.action("yes")
    async def yes(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Done.", replace_original=True)

    message = await stage.post(actions(button("Yes", "yes")))
    await stage.sam.press(message, "Yes")
    await stage.pg.settled()
    assert [(one.ts, one.text, one.blocks) for one in stage.jo.sees("#open")] == [(message.ts, "Done.", [])]


async def test_respond_can_delete_the_message(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""

    @stage.bolt.action("yes")
    async def yes(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    message = await stage.post(actions(button("Yes", "yes")))
    await stage.sam.press(message, "Yes")
    await stage.pg.settled()
    assert stage.jo.sees("#open") == []


async def test_respond_can_speak_to_all(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""

    @stage.bolt.action("yes")
    async def yes(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Heard by all.", response_type="in_channel")

    message = await stage.post(actions(button("Yes", "yes")))
    await stage.sam.press(message, "Yes")
    await stage.pg.settled()
    assert stage.jo.last("#open").text == "Heard by all."


async def test_an_ephemeral_can_be_clicked_and_replaced(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    heard: list[Json] = []

    @stage.bolt.action("yes")
    async def yes(ack: Any, body: Json, respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond("Gone.", replace_original=True)

    await stage.client.chat_postEphemeral(
        channel="C0OPEN", user="U0SAM", text="psst", blocks=[actions(button("Yes", "yes"))]
    )
    await stage.sam.press(stage.sam.last("#open"), "Yes")
    await stage.pg.settled()
    assert heard[0]["container"]["is_ephemeral"] is True
    assert "message" not in heard[0]
    assert [one.text for one in stage.sam.sees("#open")] == ["Gone."]
    assert stage.jo.sees("#open") == []


async def answer(url: str, text: str = "a", **more: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json={"text": text, **more}) as response:
        return response.status, await response.text()


async def test_a_response_url_works_five_times(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    url = (await click(stage))["response_url"]
    assert [await answer(url) for _ in range(5)] == [(200, "ok")] * 5
    status, text = await answer(url)
    assert status == 404
    assert "used_url" in text


async def test_a_response_url_works_for_half_an_hour(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    url = (await click(stage))["response_url"]
    stage.pg.world.clock.advance(timedelta(minutes=29))
    assert (await answer(url))[0] == 200
    stage.pg.world.clock.advance(timedelta(minutes=2))
    assert "expired_url" in (await answer(url))[1]


async def test_a_response_url_judges_blocks(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses"""
    url = (await click(stage))["response_url"]
    status, text = await answer(url, blocks=[{"type": "sektion"}])
    assert (status, "invalid_blocks" in text) == (400, True)
