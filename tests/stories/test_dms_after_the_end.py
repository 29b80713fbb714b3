"""The group has ended: what stands in people's DMs asks nothing any more."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import behind_more

ENDED = "Young carers. This check-in is over, Jo. The group has ended, so no more follow."


async def end(stage: Stage, name: str = "Sam") -> None:
    await behind_more(stage, name, "Look after the group…", "End the group…")
    assert await stage.send(name, {}) is None


def buttons(stage: Stage, name: str) -> list[str]:
    """On messages of the check-in, whatever else they say."""
    shown = [stage.shown(one) for one in stage.dms(name) if stage.went[one.ts].value in ("checkin", "nudge")]
    return [line for one in shown for line in one.splitlines() if line.startswith("[")]


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    """Everybody was asked and nudged in the round whose meeting is on Monday 30 November; only Sam answered."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Sam", organisation="The budget closes on the 9th.")
    await end(stage)
    await stage.at("2026-12-01 23:59")
    return stage


async def test_no_answer_is_called_welcome_that_would_be_refused(asked: Stage) -> None:
    assert "A late answer is as welcome." in asked.dm("Jo")
    before = len(asked.dms("Jo"))
    await asked.at("2026-12-02 00:01")
    assert asked.dm("Jo") == f"({ENDED})\n{ENDED}\n[More]"
    for name, left in (("Jo", set()), ("Amir", set()), ("Sam", {"[Who is that?]"})):
        assert set(buttons(asked, name)) == {"[More]", *left}
    assert len(asked.dms("Jo")) == before


async def test_who_answered_reads_what_they_said(asked: Stage) -> None:
    await asked.at("2026-12-02 00:01")
    [card] = [shown for shown in map(asked.shown, asked.dms("Sam")) if "The budget closes" in shown]
    assert "Young carers. This check-in is over. What you said in it:" in card


async def test_where_the_group_goes_on_they_can_be_pressed_again(asked: Stage) -> None:
    await asked.at("2026-12-02 00:01")
    await behind_more(asked, "Amir", "Look after the group…", "Go on now")
    await asked.settle()
    await asked.at("2026-12-02 00:05")
    assert "A late answer is as welcome." in asked.dm("Jo")
    assert "[Answer]" in asked.dm("Jo")
