"""*Later today*, and then nobody is asked for a while: the message promises no hour that won't be kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stage import Stage
from tests.stories.holding import behind_more

PROMISE = "I'll ask again at 12:30 GMT."


@pytest.fixture
async def put_off(stage: Stage) -> Stage:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:30")
    await stage.press_more("Jo", "Later today")
    assert PROMISE in stage.dm("Jo")
    return stage


async def archive(stage: Stage) -> None:
    """Noticed as Between would post: Amir changes something."""
    await stage.person("Sam").archive("young-carers")
    await behind_more(stage, "Amir", "Change the rhythm")
    assert await stage.send("Amir", {"What you work on together": "Carers"}) is None
    await stage.settle()


def asking(stage: Stage) -> str:
    """What the first message to Jo says by now."""
    [shown] = [stage.shown(one) for one in stage.dms("Jo") if stage.went[one.ts].value == "checkin"]
    return shown


async def test_in_an_archived_channel_it_goes_and_is_not_kept(put_off: Stage) -> None:
    """That it is archived she may read only next week, as two messages have reached her in this one."""
    await archive(put_off)
    await put_off.at("2026-11-25 09:40")
    assert "I'll ask again" not in asking(put_off)
    assert "meets" in asking(put_off)
    assert "I won't ask again for it." in asking(put_off)
    assert "[Answer] [Nothing new] [Skip this one] [More]" in asking(put_off)
    await put_off.at("2026-11-25 12:40")
    assert not [text for text in put_off.sent("Jo") if "come back later" in text]


@pytest.mark.slow
async def test_it_comes_back_with_the_channel_and_is_kept(put_off: Stage) -> None:
    await archive(put_off)
    await put_off.at("2026-11-25 09:40")
    await put_off.person("Sam").unarchive("young-carers")
    await put_off.settle()
    await put_off.at("2026-11-25 10:00")
    assert PROMISE in asking(put_off)
    await put_off.at("2026-11-25 12:31")
    assert "you asked me to come back later" in put_off.dm("Jo")


async def test_so_it_is_where_the_group_pauses(put_off: Stage) -> None:
    await behind_more(put_off, "Amir", "Look after the group…", "Pause the group until…")
    assert await put_off.send("Amir", {"Start again on": "2026-12-07"}) is None
    await put_off.at("2026-11-25 09:40")
    assert "I'll ask again" not in asking(put_off)
    await put_off.at("2026-11-25 12:40")
    assert not [text for text in put_off.sent("Jo") if "come back later" in text]


async def test_pressed_while_it_is_archived_it_promises_nothing(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:30")
    await archive(stage)
    await stage.at("2026-11-25 09:40")
    await behind_more(stage, "Jo", "Later today")
    await stage.settle()
    assert "I'll ask again" not in stage.modal("Jo") + asking(stage)


async def test_once_it_has_come_the_first_message_promises_it_no_more(put_off: Stage) -> None:
    await put_off.at("2026-11-25 12:31")
    assert [text for text in put_off.sent("Jo") if "come back later" in text]
    assert "I'll ask again" not in asking(put_off)
    assert "[Answer] [Nothing new] [Skip this one] [More]" in asking(put_off)


async def test_where_it_did_not_come_the_first_message_promises_it_no_more(put_off: Stage) -> None:
    """Between was down when its time came, and longer."""
    put_off.clock.advance(timedelta(hours=5))
    await put_off.at("2026-11-25 15:00")
    assert not [text for text in put_off.sent("Jo") if "come back later" in text]
    assert "I'll ask again" not in asking(put_off)
    assert "meets" in asking(put_off)
