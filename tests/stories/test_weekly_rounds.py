"""A group whose meetings are over a fortnight apart is asked each week, and each of its screens says so."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import behind_more
from tests.stories.test_convening import look_after, mornings

BEFORE = "efore each meeting"


@pytest.fixture
async def monthly(stage: Stage) -> Stage:
    """They meet every four weeks, next on Monday 30 November."""
    await stage.gather("Jo", **{"How often": "Every four weeks"})
    return stage


async def test_how_often_is_said_before_and_after_somebody_joins(monthly: Stage) -> None:
    assert "Join: each week I ask what's on your plate" in monthly.shown(monthly.panel())
    assert "*What I ask:* what's on your plate, each week, at 09:00" in monthly.dm("Jo")
    await monthly.press("Jo", "Tell me more")
    assert "Each week I ask you once." in monthly.modal("Jo")
    assert "goes into the digest in the channel. You can" in monthly.modal("Jo")
    await monthly.person("Jo").close()
    await look_after(monthly, "Sam", "Invite people…")
    assert "Each week it asks each of us" in monthly.modal("Sam")
    await monthly.person("Wei").press(monthly.panel(), "Join")
    assert "One message each week, and one reminder" in monthly.modal("Wei")
    shown = (monthly.dm("Jo"), monthly.modal("Sam"), monthly.modal("Wei"), monthly.shown(monthly.panel()))
    assert BEFORE not in "".join(shown)


async def test_a_group_without_a_reminder_promises_none(monthly: Stage) -> None:
    await behind_more(monthly, "Sam", "Change the rhythm")
    assert await monthly.send("Sam", {"If somebody has not answered": "No reminder"}) is None
    await monthly.join("Wei", "Millrace Housing")
    assert "Two minutes, at most two unasked messages a week." in monthly.dm("Wei")


@pytest.mark.slow
async def test_a_meeting_that_moves_or_wont_be_takes_no_check_in_with_it_and_none_is_said_to_go(
    monthly: Stage,
) -> None:
    await monthly.at("2026-11-23 12:00")
    await behind_more(monthly, "Sam", "Move a meeting")
    assert "The brief moves with it; I ask each week, as before." in monthly.modal("Sam")
    await monthly.person("Sam").close(everything=True)
    await look_after(monthly, "Sam", "We won't meet this time")
    assert "from now on no brief for it; I ask each week, as before." in monthly.modal("Sam")
    assert await monthly.send("Sam", {}) is None
    told = "We won't meet on Monday 30 November: from now on no brief for it; I ask each week, as before."
    assert told in monthly.announced()
    await monthly.at("2026-12-02 12:00")
    assert len(mornings(monthly, "Jo")) == 2, "of both weeks"
