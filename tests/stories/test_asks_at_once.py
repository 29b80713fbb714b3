"""Two quiet asks of Jo's that arrive together, from her phone and from her desk."""

from __future__ import annotations

import asyncio
import json

from tests.handlers.conftest import Json, last_payload
from tests.stage import Stage
from tests.stories.asking import gathered
from tests.stories.holding import behind_more


def under_another_id(sent: Json, number: int) -> Json:
    """The form as another window of hers would send it."""
    view = sent["view"]
    aimed = json.loads(view["private_metadata"])
    values = json.loads(json.dumps(view["state"]["values"]))
    values["what"]["what"]["value"] = f"Thing {number}"
    metadata = json.dumps({**aimed, "s": f"{number:016x}"})
    return {**sent, "view": {**view, "private_metadata": metadata, "state": {"values": values}}}


async def test_one_of_them_is_asked_and_the_other_keeps_its_words_in_the_form(stage: Stage) -> None:
    await gathered(stage)
    jo = stage.person("Jo")
    await jo.command("/between", "ask the first thing", "young-carers")
    assert await jo.submit() is None
    sent = last_payload(stage, "view_submission")
    await behind_more(stage, "Jo", "Open now", "Take it back")
    await stage.settle()
    both = [under_another_id(sent, number) for number in (1, 2)]
    acks = await asyncio.gather(*(stage.pg.dispatcher.deliver(jo.app(), "interactive", one) for one in both))
    await stage.settle()
    refused = [ack.json["errors"] for ack in acks if ack.json and "errors" in ack.json]
    assert refused == [{"how": "You have a quiet ask open. Put this one to everyone, or end the other first."}]
    assert (await behind_more(stage, "Jo", "Open now")).count("You, asked quietly: Thing") == 1
