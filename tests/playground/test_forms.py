"""Modals, filled in as Slack's client lets people.

https://docs.slack.dev/surfaces/modals
"""

from typing import Any

import aiohttp
import pytest

from playground.acts import PersonCannot
from tests.playground.blocks import actions, button, field, menu, option, section, words
from tests.playground.conftest import Stage
from tests.playground.stage_forms import NAME, form, listen, opened

Json = dict[str, Any]


async def test_a_form_opens_with_its_title_and_fields(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.open"""
    await opened(stage, form(title="Who are you?"))
    view = stage.sam.modal
    assert view
    assert (view.title, view.submit) == ("Who are you?", "Send")
    assert stage.jo.modal is None


async def test_a_submission_brings_what_was_typed_and_closes_the_form(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    heard = listen(stage)
    await opened(stage, form())
    await stage.sam.fill("Your name", "Sam & co")
    assert await stage.sam.submit() is None
    assert heard[0]["view"]["state"]["values"]["who"]["name"] == {"type": "plain_text_input", "value": "Sam & co"}
    assert stage.sam.modal is None


async def test_a_submission_says_who_and_for_which_installation(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    heard = listen(stage)
    await opened(stage, form(section("a"), private_metadata="m-1"))
    await stage.sam.submit()
    body = heard[0]
    assert (body["user"]["id"], body["team"]["id"]) == ("U0SAM", "T0MILL")
    assert body["view"]["private_metadata"] == "m-1"
    assert body["view"]["app_installed_team_id"] == "T0MILL"
    assert body["response_urls"] == []


async def test_somebody_from_another_workspace_submits_under_their_own_team(stage: Stage) -> None:
    """https://github.com/slackapi/bolt-js/issues/1614"""
    heard = listen(stage)

    @stage.bolt.action("open")
    async def open_it(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form(section("a")))
        await ack()

    lena = stage.pg.person("Lena")
    message = await stage.post(actions(button("Open", "open")), channel="C0BOTH")
    await lena.press(message, "Open")
    await lena.submit()
    assert heard[0]["team"]["id"] == "T0FARM"
    assert heard[0]["view"]["app_installed_team_id"] == "T0MILL"


async def test_untouched_prefilled_fields_are_submitted(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""
    heard = listen(stage)
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-01"}
    colour = menu("colour", "Red", "Blue", initial_option=option("Blue"))
    some = menu("some", "A", "B", kind="checkboxes", initial_options=[option("A")])
    people = {"type": "multi_users_select", "action_id": "people", "initial_users": ["U0JO"]}
    given = {
        "name": words("name", initial_value="Sam"),
        "day": day,
        "colour": colour,
        "some": some,
        "people": people,
    }
    await opened(stage, form(*(field(name, element, name) for name, element in given.items())))
    await stage.sam.submit()
    values = heard[0]["view"]["state"]["values"]
    assert values["name"]["name"]["value"] == "Sam"
    assert values["day"]["day"]["selected_date"] == "2026-12-01"
    assert values["colour"]["colour"]["selected_option"] == option("Blue")
    assert values["some"]["some"]["selected_options"] == [option("A")]
    assert values["people"]["people"]["selected_users"] == ["U0JO"]


async def test_empty_optional_fields_are_null_or_empty(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/input-block"""
    heard = listen(stage)
    some = menu("some", "A", kind="checkboxes")
    await opened(stage, form(NAME | {"optional": True}, field("Some", some, "some", optional=True)))
    await stage.sam.submit()
    values = heard[0]["view"]["state"]["values"]
    assert values["who"]["name"]["value"] is None
    assert values["some"]["some"]["selected_options"] == []


async def test_a_required_field_left_empty_is_not_sent(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/input-block"""
    heard = listen(stage)
    await opened(stage, form())
    with pytest.raises(PersonCannot, match="Your name: Please complete this required field"):
        await stage.sam.submit()
    assert heard == []


@pytest.mark.parametrize(
    ("element", "typed", "why"),
    [
        (words("x", min_length=5), "four", "at least 5"),
        (words("x", max_length=3), "four", "at most 3"),
        (words("x"), "x" * 3001, "at most 3000"),
        ({"type": "number_input", "action_id": "x", "is_decimal_allowed": False}, "1.5", "whole number"),
        (
            {"type": "number_input", "action_id": "x", "is_decimal_allowed": True, "max_value": "2"},
            "3",
            "at most 2",
        ),
        ({"type": "number_input", "action_id": "x", "is_decimal_allowed": True}, "ten", "a number"),
        ({"type": "email_text_input", "action_id": "x"}, "nowhere", "valid email"),
        ({"type": "url_text_input", "action_id": "x"}, "nowhere", "valid URL"),
    ],
)
async def test_the_client_holds_people_to_the_fields_limits(
    stage: Stage, element: Json, typed: str, why: str
) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""
    await opened(stage, form(field("L", element, "f")))
    await stage.sam.fill("L", typed)
    with pytest.raises(PersonCannot, match=why):
        await stage.sam.submit()


async def test_more_than_may_be_chosen_cannot_be(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element"""
    people = {"type": "multi_users_select", "action_id": "x", "max_selected_items": 1}
    await opened(stage, form(field("People", people, "f")))
    with pytest.raises(PersonCannot, match="No more than 1"):
        await stage.sam.choose_in_modal("People", ["Sam", "Jo"])


async def test_an_option_that_is_not_offered_cannot_be_chosen(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""
    await opened(stage, form(field("Colour", menu("x", "Red", "Blue"), "f")))
    with pytest.raises(PersonCannot, match=r"'Green' is not offered\. Offered: Red, Blue"):
        await stage.sam.choose_in_modal("Colour", "Green")


async def test_a_button_inside_a_form(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    heard: list[Json] = []

    @stage.bolt.action("more")
    async def more(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    await opened(stage, form(NAME, actions(button("More", "more"))))
    await stage.sam.fill("name", "half a na")
    await stage.sam.press_in_modal("More")
    body = heard[0]
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
    assert body["view"]["state"]["values"]["who"]["name"]["value"] == "half a na"
    assert "response_url" not in body


async def test_a_changed_form_keeps_what_was_typed_where_the_ids_stay(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/views.update"""
    other = field("Other", words("other", initial_value="fresh"), "other")

    @stage.bolt.action("more")
    async def more(ack: Any, body: Json, client: Any) -> None:
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=form(NAME, other))
        await ack()

    await opened(stage, form(NAME, actions(button("More", "more"))))
    await stage.sam.fill("name", "Sam")
    await stage.sam.press_in_modal("More")
    view = stage.sam.modal
    assert view
    assert view.values["who"]["name"]["value"] == "Sam"
    assert view.values["other"]["other"]["value"] == "fresh"


async def test_a_menu_in_an_input_is_silent_unless_it_dispatches(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/input-block"""
    heard: list[str] = []

    @stage.bolt.action("loud")
    async def loud(ack: Any, action: Json) -> None:
        heard.append(action["selected_option"]["value"])
        await ack()

    quiet = field("Quiet", menu("quiet", "A", "B"), "q")
    await opened(stage, form(quiet, field("Loud", menu("loud", "A", "B"), "l", dispatch_action=True)))
    await stage.sam.choose_in_modal("Quiet", "A")
    await stage.sam.choose_in_modal("Loud", "B")
    assert heard == ["b"]


async def test_enter_sends_a_dispatching_field(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/input-block"""
    heard: list[str] = []

    @stage.bolt.action("name")
    async def typed(ack: Any, action: Json) -> None:
        heard.append(action["value"])
        await ack()

    await opened(stage, form(NAME | {"dispatch_action": True}))
    await stage.sam.fill("name", "S")
    await stage.sam.fill("name", "Sam", enter=True)
    assert heard == ["Sam"]


async def test_an_external_menu_asks_the_app_for_options(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select"""

    @stage.bolt.options("town")
    async def towns(ack: Any, payload: Json) -> None:
        await ack(options=[option(payload["value"] + "ham", "t1")])

    heard = listen(stage)
    await opened(stage, form(field("Town", {"type": "external_select", "action_id": "town"}, "t")))
    assert [one["text"]["text"] for one in await stage.sam.search("Town", "Old")] == ["Oldham"]
    await stage.sam.choose_in_modal("Town", "Oldham")
    await stage.sam.submit()
    assert heard[0]["view"]["state"]["values"]["t"]["town"]["selected_option"]["value"] == "t1"


async def test_a_conversation_menu_can_bring_a_response_url(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#conversations_select"""
    heard = listen(stage)
    where = {"type": "conversations_select", "action_id": "c", "response_url_enabled": True}
    await opened(stage, form(field("Where", where, "w")))
    await stage.sam.choose_in_modal("Where", "#open")
    await stage.sam.submit()
    entry = heard[0]["response_urls"][0]
    assert (entry["block_id"], entry["action_id"], entry["channel_id"]) == ("w", "c", "C0OPEN")
    assert entry["response_url"].startswith(stage.pg.url)


async def test_a_person_chosen_as_a_conversation_brings_a_response_url_to_their_dm(stage: Stage) -> None:
    """Not documented: the person is told by their user id, and the address leads to the direct conversation."""
    heard = listen(stage)
    where = {"type": "conversations_select", "action_id": "c", "response_url_enabled": True}
    await opened(stage, form(field("Where", where, "w")))
    await stage.sam.choose_in_modal("Where", "Jo Lindqvist")
    await stage.sam.submit()
    entry = heard[0]["response_urls"][0]
    assert heard[0]["view"]["state"]["values"]["w"]["c"]["selected_conversation"] == "U0JO"
    assert stage.pg.world.channels[entry["channel_id"]].members == ["U0JO", "U0SAM"]
    async with aiohttp.ClientSession() as http:
        await http.post(entry["response_url"], json={"text": "For the two of you", "response_type": "in_channel"})
    assert stage.jo.last(entry["channel_id"]).text == "For the two of you"


@pytest.mark.parametrize("place", ["#open", "Bell"])
async def test_a_conversation_menu_begins_with_the_one_where_the_form_was_opened(stage: Stage, place: str) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#conversations_select"""
    here = {"default_to_current_conversation": True}
    one = {"type": "conversations_select", "action_id": "one", **here}
    many = {"type": "multi_conversations_select", "action_id": "many", **here}
    other = {**one, "action_id": "other", "initial_conversation": "C0ELSE"}
    heard = listen(stage, response_action="push", view=form(field("Again", one, "a")))
    await opened(stage, form(field("One", one, "o"), field("Many", many, "m"), field("Other", other, "e")), place)
    await stage.sam.submit()
    values, where = heard[0]["view"]["state"]["values"], stage.sam.channel(place).id
    assert values["o"]["one"]["selected_conversation"] == where
    assert values["m"]["many"]["selected_conversations"] == [where]
    assert values["e"]["other"]["selected_conversation"] == "C0ELSE"
    assert stage.sam.modal
    assert stage.sam.modal.values["a"]["one"]["selected_conversation"] == where
