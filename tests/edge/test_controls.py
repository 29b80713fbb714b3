"""Characters that nobody can see leave us in no call, wherever they came from."""

import json

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.controls import as_json, without_controls
from bot.views.blocks import Bold
from tests.edge.conftest import CARERS
from tests.edge.saying import saying


async def test_what_is_posted_and_what_is_answered_bears_no_control_character(awkward, messenger_at):
    heard = []

    async def hear(request):
        heard.append(await request.json())
        return web.json_response({"ok": True, "channel": "C1", "ts": "1.2"})

    awkward.answers = [hear]
    messenger = messenger_at(awkward.url)
    said = saying("Beds\0 are\x1b[31m full\x0bagain.\x9b\n\\u0000 is not one.")
    await messenger.post(CARERS, said, delivery_id="d")
    await messenger.reply(f"{awkward.url}respond", said)
    assert [one["text"] for one in heard] == ["Beds are[31m full again.\n\\u0000 is not one."] * 2


@pytest.mark.slow
@given(st.recursive(st.text(st.characters(max_codepoint=0x120)) | st.integers(), st.lists))
def test_as_json__all_else_is_written_as_it_is(value):
    def clean(one):
        if isinstance(one, list):
            return [clean(part) for part in one]
        return without_controls(one) if isinstance(one, str) else one

    assert json.loads(as_json(value)) == clean(value)


def test_as_json__a_name_in_bold_is_written_as_any_text():
    assert as_json({"text": Bold("Aisha\x07")}) == b'{"text": "Aisha"}'
    assert as_json({"text": Bold("Aisha")}) == b'{"text":"Aisha"}'
