"""What an app answers to a submission, and how forms close.

https://docs.slack.dev/surfaces/modals
"""

from typing import Any

from tests.playground.blocks import modal, plain, section
from tests.playground.conftest import Stage
from tests.playground.stage_forms import form, listen, opened

Json = dict[str, Any]


async def test_errors_stand_beside_the_field_and_the_words_stay(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/modals"""
    listen(stage, response_action="errors", errors={"who": "Never heard of you."})
    await opened(stage, form())
    await stage.sam.fill("name", "Sam")
    assert await stage.sam.submit() == {"who": "Never heard of you."}
    view = stage.sam.modal
    assert view
    assert view.errors == {"who": "Never heard of you."}
    assert view.values["who"]["name"]["value"] == "Sam"


async def test_errors_for_a_field_that_is_not_there_are_the_apps_fault(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/modals"""
    listen(stage, response_action="errors", errors={"elsewhere": "What?"})
    await opened(stage, form(section("a")))
    assert await stage.sam.submit() == {"": "We had some trouble connecting. Try again?"}
    assert stage.sam.modal


async def test_silence_keeps_the_form_and_its_words(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/modals"""
    stage.pg.world.ack_timeout_s = 0.3
    await opened(stage, form())
    await stage.sam.fill("name", "Sam")
    assert await stage.sam.submit() == {"": "We had some trouble connecting. Try again?"}
    view = stage.sam.modal
    assert view
    assert view.values["who"]["name"]["value"] == "Sam"
    assert stage.sam.notices[0].view_id == view.id


async def test_an_answer_can_change_the_form(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/modals"""
    listen(stage, response_action="update", view=modal(section("Thanks."), title="Done", submit=None))
    await opened(stage, form(section("a")))
    before = stage.sam.modal
    await stage.sam.submit()
    assert stage.sam.modal is before
    assert before
    assert before.title == "Done"


async def test_an_answer_can_put_a_form_on_top(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/modals"""
    listen(stage, response_action="push", view=modal(section("More?"), title="Second", callback_id="second"))
    await opened(stage, form(section("a")))
    first = stage.sam.modal
    await stage.sam.submit()
    second = stage.sam.modal
    assert first
    assert second
    assert (second.title, second.previous_view_id, second.root_view_id) == ("Second", first.id, first.id)
    await stage.sam.close()
    assert stage.sam.modal is first


async def test_an_answer_can_close_everything(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/modals"""
    listen(stage, response_action="push", view=modal(section("More?"), callback_id="second"))
    listen(stage, callback_id="second", response_action="clear")
    await opened(stage, form(section("a")))
    await stage.sam.submit()
    await stage.sam.submit()
    assert stage.sam.modal is None


async def test_a_bare_ack_closes_only_the_top_form(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/modals"""
    listen(stage, response_action="push", view=modal(section("More?"), callback_id="second"))
    listen(stage, callback_id="second")
    await opened(stage, form(section("a")))
    await stage.sam.submit()
    await stage.sam.submit()
    view = stage.sam.modal
    assert view
    assert view.callback_id == "form"


async def test_an_ill_formed_view_in_an_answer_is_trouble(stage: Stage) -> None:
    """https://docs.slack.dev/surfaces/modals"""
    listen(stage, response_action="update", view=modal(section("a"), title="x" * 25))
    await opened(stage, form(section("a")))
    assert await stage.sam.submit() == {"": "We had some trouble connecting. Try again?"}


async def test_closing_is_told_to_the_app_that_asked(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    heard: list[Json] = []

    @stage.bolt.view_closed("form")
    async def closed(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    await opened(stage, form(notify_on_close=True))
    await stage.sam.close()
    assert stage.sam.modal is None
    assert (heard[0]["type"], heard[0]["is_cleared"]) == ("view_closed", False)


async def test_closing_is_not_told_unasked(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    await opened(stage, form())
    await stage.sam.close()
    assert [one.payload.get("type") for one in stage.pg.world.traffic.deliveries] == [None]


async def test_the_cross_closes_every_form(stage: Stage) -> None:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    listen(stage, response_action="push", view=modal(section("More?")))
    await opened(stage, form(section("a"), close=plain("Not now")))
    await stage.sam.submit()
    await stage.sam.close(everything=True)
    assert stage.sam.modal is None
