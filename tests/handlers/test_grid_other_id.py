"""Jo's workspace joined an Enterprise organisation, and Slack calls her W… since: whichever door she presses first,
she is the leader she was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.handlers.test_grid import COUNTY
from tests.stage import Stage
from tests.stories.erasing import ids

U, W = "U0JO", "W0JO"


@pytest.fixture
async def renamed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Slack says who she was, to whoever asks."""
    world, deliver = stage.pg.world, stage.pg.dispatcher.deliver
    await stage.at("2026-11-25 09:10")
    world.users[W] = replace(world.users[U], id=W)
    for channel in world.channels.values():
        if U in channel.members:
            channel.members[:] = [W if one == U else one for one in channel.members]

    async def of_the_county(app: Any, kind: str, payload: dict[str, Any], *more: Any, **others: Any) -> Any:
        return await deliver(app, kind, payload | {"enterprise": {"id": COUNTY, "name": "County"}}, *more, **others)

    async def former_id(team_id: str, user_id: str) -> str:
        return U if user_id == W else ""

    monkeypatch.setattr(stage.pg.dispatcher, "deliver", of_the_county)
    monkeypatch.setattr(stage.bot.deps.messenger, "former_id", former_id)
    return stage


async def test_more_in_the_channel_is_a_leaders(renamed: Stage) -> None:
    await renamed.person(W).press(renamed.panel(), "More")
    assert "You're not in this group." not in renamed.modal(W)
    assert "[Change my settings]" in renamed.modal(W)


async def test_more_in_her_own_check_in_is_hers(renamed: Stage) -> None:
    await renamed.press(W, "More")
    assert renamed.notes(W) == []
    assert "[Change my settings]" in renamed.modal(W)


async def test_setting_up_another_group_she_is_nobody_new(renamed: Stage) -> None:
    jo, before = renamed.person(W), await ids(renamed)
    await jo.invite_bot("general")
    await renamed.settle()
    await renamed.bot.tick()
    await renamed.settle()
    await jo.press(renamed.posts("general")[-1], "Set up a group")
    assert "Your organisation *: [Riverside Hospitals Trust]" in renamed.modal(W)
    assert await renamed.send(W, {"What you work on together": "Floods"}) is None
    assert await ids(renamed) == before


async def test_she_is_asked_once_and_stands_once_among_people(renamed: Stage) -> None:
    await renamed.person(W).press(renamed.panel(), "Answer")
    await renamed.person(W).close(everything=True)
    await renamed.press_more(W, "People")
    assert renamed.modal(W).count("Jo @") == 1
    await renamed.person(W).close(everything=True)
    await renamed.at("2026-11-27 12:00")
    assert len([text for text in renamed.sent(W) if "Two minutes?" in text]) == 1


async def test_she_has_one_account_still(renamed: Stage) -> None:
    await renamed.press_more(W, "Change my settings", "I have two accounts")
    assert "You are" not in renamed.modal(W)
    assert "[Write to me here]" not in renamed.modal(W)
