"""What Slack refuses for a fault of ours is owed as well: tried again, and told to whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.domain.outbox import Kind
from playground.api import registry
from tests.promises.test_owed import digests, on_friday
from tests.stage import Stage

pytestmark = pytest.mark.slow

CODES = pytest.mark.parametrize("code", ["msg_too_long", "invalid_blocks", "invalid_arguments"])
OTHERWISE = "Slack does not let me post in the channel of the group just now. I try again by myself."


@contextmanager
def refusing(stage: Stage, method: str, code: str) -> Iterator[None]:
    """Every such call in the channel of the group is refused with that code, though it is as it should be."""
    table = registry.METHODS
    before = table[method]

    async def refused(call: registry.Call) -> object:
        if call.args.get("channel") == "C0CARERS":
            raise registry.Refusal(code)
        return await before.run(call)

    table[method] = replace(before, run=refused)
    try:
        yield
    finally:
        table[method] = before
        for call in stage.pg.world.traffic.refusals:
            call.refusal = "ordered" if call.refusal == code else call.refusal


@CODES
async def test_a_correction_is_tried_each_day_and_its_author_told(stage: Stage, code: str) -> None:
    await on_friday(stage)
    await stage.at("2026-11-27 10:00")
    with refusing(stage, "chat.update", code):
        await stage.at("2026-11-27 10:30")
        await stage.press("Jo", "Pull it back")
        await stage.at("2026-11-27 10:40")
        assert "Slack would not let me change the digest in the channel" in stage.dm("Jo")
    await stage.at("2026-11-28 12:00")
    assert "Beds are full again." not in stage.shown(stage.digest())


async def test_of_two_refusals_in_turn_the_second_ends_nothing(stage: Stage) -> None:
    await on_friday(stage)
    await stage.at("2026-11-27 10:10")
    with refusing(stage, "chat.update", "edit_window_closed"):
        await stage.press("Jo", "Pull it back")
        await stage.at("2026-11-27 10:30")
    with refusing(stage, "chat.update", "invalid_arguments"):
        await stage.at("2026-11-28 10:30")
    await stage.at("2026-11-29 12:00")
    assert "Beds are full again." not in stage.shown(stage.digest())


@CODES
async def test_a_digest_is_posted_once_slack_takes_it(stage: Stage, code: str) -> None:
    await on_friday(stage)
    with refusing(stage, "chat.postMessage", code):
        await stage.at("2026-11-27 10:20")
        await stage.person("Sam").open_home()
        await stage.settle()
        assert OTHERWISE in stage.home("Sam")
        ack = await stage.person("Jo").command("/between", "digest last")
        assert "The digest could not be posted" in ack.body["text"]
        await stage.at("2026-11-27 15:00")
    await stage.at("2026-11-28 12:00")
    [digest] = digests(stage)
    assert "Beds are full again." in digest


async def test_a_change_is_announced_once_slack_takes_it(stage: Stage) -> None:
    await on_friday(stage)
    with refusing(stage, "chat.postMessage", "msg_too_long"):
        await stage.press_more("Jo", "Change the rhythm")
        assert await stage.send("Jo", {"What you work on together": "Carers"}) is None
        await stage.at("2026-11-25 12:00")
        assert Kind.CHANGE not in stage.went.values()
    await stage.at("2026-11-26 12:00")
    assert "It is called Carers." in stage.announced()


async def test_a_panel_of_which_a_change_is_undone_shows_the_next_meeting_in_time(stage: Stage) -> None:
    await stage.gather("Jo")
    workspace = stage.pg.world.workspaces[stage.person("Jo").user.team_id]
    await stage.at("2026-11-23 10:00")
    workspace.edit_minutes = 5
    for name in ("Carers", "Young carers"):
        await stage.press_more("Jo", "Change the rhythm")
        assert await stage.send("Jo", {"What you work on together": name}) is None
        await stage.at("2026-11-23 12:00")
    workspace.edit_minutes = None
    await stage.at("2026-11-30 15:00")
    assert "next Monday 14 December" in stage.shown(stage.panel())
