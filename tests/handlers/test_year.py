"""Shared things are for who is in the group: no year and no handover for anybody else, whatever they send."""

from __future__ import annotations

import pytest

from tests.handlers.conftest import forge, last_payload
from tests.stage import Stage


@pytest.mark.parametrize(
    ("button", "action"), [("See our year", "our_year_open"), ("See where things stand", "handover_open")]
)
async def test_who_has_left_and_who_never_joined_are_shown_nothing_of_it(
    stage: Stage, button: str, action: str
) -> None:
    await stage.press_more("Jo", "What for", button)
    assert "Young carers" in stage.modal("Jo")
    pressed = last_payload(stage, "block_actions")
    assert pressed["actions"][0]["action_id"] == action
    await stage.person("Jo").close(everything=True)
    await stage.person("Jo").press(stage.dms("Jo")[0], "Leave")
    await stage.settle()
    for name in ("Jo", "Wei"):
        who = stage.person(name)
        me = pressed["user"] | {"id": who.id, "name": who.user.name}
        await forge(stage, pressed | {"user": me, "trigger_id": who.trigger(who.app())})
        assert who.modal is None or "Join" in stage.modal(name)
