"""Opening forms and listening to their submissions, for the tests of modals."""

from typing import Any

from tests.playground.blocks import field, modal, words
from tests.playground.conftest import Stage

Json = dict[str, Any]
NAME = field("Your name", words("name"), "who")


async def opened(stage: Stage, view: Json, place: str | None = None) -> None:
    """Let the app open this form for Sam, who ran a command there, or in the conversation with the app."""

    @stage.bolt.command("/ring")
    async def ring(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    await stage.sam.command("/ring", where=place)


def listen(stage: Stage, *, callback_id: str = "form", **answer: Any) -> list[Json]:
    """Let the app answer submissions like this, and collect what it gets."""
    heard: list[Json] = []

    @stage.bolt.view(callback_id)
    async def taken(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack(**answer)

    return heard


def form(*blocks: Json, **more: Any) -> Json:
    return modal(*(blocks or (NAME,)), callback_id="form", **more)
