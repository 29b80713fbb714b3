"""What was typed is edited, deleted, too long, or Slack will not have it read."""

from __future__ import annotations

import pytest

from playground.faults import Fault
from playground.traffic import ApiCall
from tests.stage import Stage
from tests.stories.typing_to_between import (
    BEDS,
    carers,
    commitments,
    delete,
    edit,
    plate_of,
)


async def test_of_a_message_that_is_gone_nothing_is_kept_and_jo_is_told(stage: Stage) -> None:
    await carers(stage)
    message = await stage.type("Jo", BEDS)
    before = len(stage.dms("Jo"))
    delete(stage, message)
    await stage.settle()
    assert len(stage.dms("Jo")) == before
    await stage.press("Jo", "On my plate")
    assert "I find no words of yours there any more" in stage.notes("Jo")[-1]
    assert await plate_of(stage) is None


@pytest.mark.parametrize(
    ("button", "length", "most"), [("On my plate", 3001, "3,000"), ("A commitment", 501, "500")]
)
async def test_what_is_too_long_is_never_cut_and_can_be_shortened_where_it_stands(
    stage: Stage, button: str, length: int, most: str
) -> None:
    await carers(stage)
    message = await stage.type("Jo", "x" * length)
    assert ("It is 3,001 characters" in stage.dm("Jo")) == (length > 3000)
    await stage.press("Jo", button)
    assert f"{length:,} characters; {most} is the most" in stage.notes("Jo")[-1]
    assert (await plate_of(stage), await commitments(stage)) == (None, [])
    edit(stage, message, "Shorter")
    await stage.press("Jo", button)
    assert "Shorter" in stage.dm("Jo")


async def test_where_slack_lets_nothing_be_read_jo_is_told_and_her_question_stays(stage: Stage) -> None:
    await carers(stage)
    await stage.type("Jo", BEDS)
    install = next(iter(stage.person("Jo").app().installs.values()))
    scopes = install.scopes
    install.scopes = [one for one in scopes if one != "im:history"]
    await stage.press("Jo", "On my plate")
    assert "doesn't let me read what is typed here, so nothing was kept" in stage.notes("Jo")[-1]
    install.scopes = scopes
    [forbidden] = [call for call in stage.pg.world.traffic.refusals if call.refusal == "missing_scope"]
    forbidden.refusal = "as it was meant to"  # any other in a story is a fault
    await stage.press("Jo", "On my plate")
    assert "Saved for *Young carers*." in stage.dm("Jo")


@pytest.mark.parametrize("fault", ["fatal_before", "ratelimited"])
async def test_where_slack_has_a_bad_minute_the_same_press_works_after_it(stage: Stage, fault: str) -> None:
    await carers(stage)
    await stage.type("Jo", BEDS)
    stage.pg.world.faults.order(Fault(fault, seconds=1), times=1, method="conversations.history")
    await stage.press("Jo", "On my plate")
    assert "doesn't let me read that again just now, so nothing was kept" in stage.notes("Jo")[-1]
    assert await plate_of(stage) is None


async def test_typed_while_asleep_is_answered_at_once_and_counts_for_no_week(stage: Stage) -> None:
    """Late in the evening: she spoke first."""
    await carers(stage, "2026-11-25 23:30")
    for number in range(3):
        await stage.type("Jo", f"Thought {number}")
    assert "[On my plate]" in stage.dm("Jo")


async def test_when_slack_will_not_have_the_question_it_is_not_tried_again_and_she_types_again(
    stage: Stage,
) -> None:
    await carers(stage)
    before = len(stage.dms("Jo"))
    stage.pg.world.faults.order(Fault("fatal_before"), times=1, method="chat.postMessage")
    await stage.type("Jo", BEDS)
    await stage.settle()
    assert len(stage.dms("Jo")) == before
    await stage.type("Jo", BEDS)
    assert len(stage.dms("Jo")) == before + 1


async def test_a_lost_answer_of_slacks_leads_to_no_second_question(stage: Stage) -> None:
    await carers(stage)
    before = len(stage.dms("Jo"))
    stage.pg.world.faults.order(Fault("lost"), times=1, method="chat.postMessage")
    await stage.type("Jo", BEDS)
    await stage.settle()
    assert len(stage.dms("Jo")) == before + 1
    await stage.press("Jo", "On my plate")
    assert "Saved for *Young carers*." in stage.dm("Jo")


async def test_her_message_is_read_again_alone(stage: Stage) -> None:
    await carers(stage)
    message = await stage.type("Jo", BEDS)
    await stage.press("Jo", "On my plate")
    calls = [one for one in stage.pg.world.traffic.log if isinstance(one, ApiCall)]
    [read] = [call for call in calls if call.method == "conversations.history"]
    assert {key: str(read.args[key]) for key in ("oldest", "latest", "limit")} == {
        "oldest": message.ts,
        "latest": message.ts,
        "limit": "1",
    }
