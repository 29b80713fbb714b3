"""A group that has ended, or ends in a week: nothing is announced of it that would not come true."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import behind_more

LOOK_AFTER = "Look after the group…"


@pytest.fixture
async def ends(stage: Stage) -> Stage:
    """On Thursday 3 December; the last check-in has come."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-26 12:00")
    await behind_more(stage, "Sam", LOOK_AFTER, "End the group…")
    assert await stage.send("Sam", {}) is None
    return stage


async def told(stage: Stage, name: str) -> str:
    await stage.settle()
    return stage.modal(name) + "".join(stage.notes(name))


async def test_no_pause_and_no_move_is_offered_once_it_has_ended(ends: Stage) -> None:
    await ends.at("2026-12-07 12:00")
    sheet = await behind_more(ends, "Jo", LOOK_AFTER)
    assert "[Go on now]" in sheet
    for button in ("Pause the group until…", "We won't meet this time", "When I write…", "Invite people…"):
        assert button not in sheet
    await behind_more(ends, "Jo", "Move a meeting")
    assert "Young carers has ended, so nothing is asked or posted any more." in await told(ends, "Jo")
    await behind_more(ends, "Jo", "Change the rhythm")
    assert "Young carers has ended, so nothing is asked or posted any more." in await told(ends, "Jo")


async def test_a_form_that_was_open_as_it_ended_changes_nothing(ends: Stage) -> None:
    await behind_more(ends, "Jo", LOOK_AFTER, "Pause the group until…")
    await ends.at("2026-12-07 12:00")
    await ends.person("Jo").fill("Start again on", "2027-01-11")
    assert await ends.person("Jo").submit() is None
    assert "Young carers has ended, so nothing is asked or posted any more." in ends.modal("Jo")
    await ends.at("2026-12-08 12:00")
    assert "Paused until" not in "".join(map(ends.shown, ends.posts()))


async def test_a_pause_is_over_before_it_ends(ends: Stage) -> None:
    await behind_more(ends, "Jo", LOOK_AFTER, "Pause the group until…")
    refused = await ends.send("Jo", {"Start again on": "2027-01-11"})
    assert "The group ends on Thursday 3 December. Choose a day before that" in str(refused)


async def test_it_goes_on_and_another_looks_after_it_all_the_same(ends: Stage) -> None:
    await ends.at("2026-12-07 12:00")
    await behind_more(ends, "Sam", LOOK_AFTER, "Hand the role on…")
    assert await ends.send("Sam", {"To whom": "Jo (Riverside Hospitals Trust)"}) is None
    await behind_more(ends, "Jo", LOOK_AFTER, "Go on now")
    await ends.settle()
    assert "Jo (Riverside Hospitals Trust) looks after the rhythm." in ends.announced()
    assert "I ask as before again." in ends.announced()


async def test_who_adds_a_commitment_after_the_last_check_in_is_promised_none(ends: Stage) -> None:
    await ends.person("Jo").command("/commit", "Ring the lead", "young-carers")
    assert await ends.person("Jo").submit() is None
    assert "I'll ask how it's going at each check-in." not in ends.modal("Jo")
    assert "at each check-in until the group ends, on Thursday 3 December." in ends.modal("Jo")


@pytest.mark.parametrize("rests", ["ends", "pauses"])
async def test_who_joins_as_it_rests_reads_so_in_the_first_message(stage: Stage, rests: str) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-26 12:00")
    if rests == "ends":
        await behind_more(stage, "Sam", LOOK_AFTER, "End the group…")
        assert await stage.send("Sam", {}) is None
    else:
        await behind_more(stage, "Sam", LOOK_AFTER, "Pause the group until…")
        assert await stage.send("Sam", {"Start again on": "2027-01-11"}) is None
    await stage.join("Kasia", "Millrace Housing")
    when = {"ends": "until 3 December", "pauses": "from 11 January 2027"}
    assert f"What I ask: {when[rests]}: what's on your plate" in stage.dm("Kasia").replace("*", "")
