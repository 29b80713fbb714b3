"""What is written into a rich text field, and how an app is thanked or told off for what it wrote.

https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element
"""

from typing import Any

from tests.playground.blocks import field
from tests.playground.conftest import Stage
from tests.playground.showcase import FEEDBACK, rich, said
from tests.playground.stage_forms import form, listen, opened

Json = dict[str, Any]
BEFORE = rich(said("Bring "), said("everything", bold=True))


def notes(**more: Any) -> Json:
    return form(field("Notes", {"type": "rich_text_input", "action_id": "a", **more}, "notes"))


async def test_rich_text_left_alone_is_sent_as_the_app_filled_it_in(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element"""
    heard = listen(stage)
    await opened(stage, notes(initial_value=BEFORE))
    assert await stage.sam.submit() is None
    sent = heard[0]["view"]["state"]["values"]["notes"]["a"]
    assert sent == {"type": "rich_text_input", "rich_text_value": BEFORE}


async def test_what_is_written_comes_as_a_rich_text_block(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element"""
    heard = listen(stage)
    await opened(stage, notes())
    await stage.sam.fill("Notes", "Bring nothing")
    assert await stage.sam.submit() is None
    assert heard[0]["view"]["state"]["values"]["notes"]["a"]["rich_text_value"] == rich(said("Bring nothing"))


async def test_a_thumb_says_which_of_the_two_it_was(stage: Stage) -> None:
    """https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element"""
    heard: list[Json] = []

    @stage.bolt.action("thumb")
    async def thumb(ack: Any, action: Json) -> None:
        heard.append(action)
        await ack()

    message = await stage.post({"type": "context_actions", "elements": [FEEDBACK]})
    await stage.sam.choose(message, "thumb", "Not helpful")
    assert (heard[0]["type"], heard[0]["value"]) == ("feedback_buttons", "bad")
