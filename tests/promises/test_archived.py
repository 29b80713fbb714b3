"""Nobody is asked what could not be shown: while the channel is archived, asking rests, and each leader hears of it
once."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain.outbox import Kind
from playground.faults import Fault
from tests.promises.watch import shown
from tests.stage import LONDON, Stage
from tests.stories.holding import behind_more

LEADERS = ("Sam", "Jo", "Priya")
pytestmark = pytest.mark.slow


def asked(stage: Stage) -> list[str]:
    """Ever, also where the message reads otherwise by now."""
    return [one.text for one in shown(stage) for name in LEADERS if f"Morning {name}." in one.text]


def went(stage: Stage) -> int:
    """Of the check-ins, those that Slack took."""
    return list(stage.went.values()).count(Kind.CHECK_IN)


def told(stage: Stage) -> list[int]:
    return [sum("so I've stopped asking" in m.text for m in stage.dms(name)) for name in LEADERS]


async def test_archived_between_two_rounds_each_hears_that_day_and_nobody_is_asked_before_it_is_open(
    stage: Stage,
) -> None:
    await stage.gather("Jo", "Priya")
    await stage.at("2026-12-01 12:00")
    before = len(asked(stage))
    await stage.person("Sam").archive("young-carers")
    await stage.at("2026-12-01 12:05")
    assert told(stage) == [1, 1, 1]
    await stage.at("2026-12-09 18:00")
    assert len(asked(stage)) == before
    await stage.person("Sam").unarchive("young-carers")
    await stage.settle()
    await stage.at("2026-12-23 18:00")
    assert len(asked(stage)) == before + 3
    assert told(stage) == [1, 1, 1]


@pytest.mark.parametrize("lost", ["archive", "unarchive"])
async def test_what_no_event_told_of_is_found_by_the_daily_look(stage: Stage, lost: str) -> None:
    await stage.gather("Jo", "Priya")
    await stage.at("2026-12-01 18:00")
    before = len(asked(stage))
    if lost == "archive":
        stage.person("Sam").channel("young-carers").archived = True
    else:
        await stage.person("Sam").archive("young-carers")
    await stage.at("2026-12-11 18:00")
    assert len(asked(stage)) == before
    assert told(stage) == [1, 1, 1]
    stage.person("Sam").channel("young-carers").archived = False
    await stage.at("2026-12-23 18:00")
    assert len(asked(stage)) == before + 3
    assert told(stage) == [1, 1, 1]


async def test_archived_and_opened_again_told_in_the_wrong_order_asking_goes_on(stage: Stage) -> None:
    await stage.gather("Jo", "Priya")
    channel = stage.person("Sam").channel("young-carers")
    stage.pg.dispatcher.events.archive(channel, stage.person("Sam").user.id, True)
    channel.archived = False  # before we come to ask
    await stage.settle()
    await stage.at("2026-11-25 18:00")
    assert told(stage) == [0, 0, 0]
    assert len(asked(stage)) == 3
    assert not [one for one in shown(stage) if "archived" in one.text]


async def test_who_waited_for_slack_is_not_asked_once_it_is_archived_and_is_once_it_is_open(
    stage: Stage,
) -> None:
    await stage.gather("Jo", "Priya")
    await stage.at("2026-11-25 08:59")
    before = went(stage)
    stage.pg.world.faults.order(Fault("ratelimited", seconds=61), method="chat.postMessage")
    stage.clock.move_to(datetime(2026, 11, 25, 9, tzinfo=LONDON))
    await stage.bot.tick()
    await stage.person("Sam").archive("young-carers")
    await stage.at("2026-11-25 11:00")
    assert went(stage) == before
    await stage.person("Sam").unarchive("young-carers")
    await stage.at("2026-11-25 12:00")
    assert went(stage) == before + 2


async def test_archived_in_a_pause_it_goes_on_when_that_is_over(stage: Stage) -> None:
    await stage.gather("Jo")
    await behind_more(stage, "Jo", "Look after the group…", "Pause the group until…")
    assert await stage.send("Jo", {"Start again on": "2026-12-14"}) is None
    await stage.at("2026-11-24 12:00")
    await stage.person("Sam").archive("young-carers")
    await stage.at("2026-11-24 12:05")
    assert "Unarchive it, invite me, and I go on when the pause is over." in stage.dm("Jo")
    assert "I've stopped asking" not in stage.dm("Jo")


async def test_archived_once_the_group_has_ended_nobody_is_promised_that_it_goes_on(stage: Stage) -> None:
    await stage.gather("Jo")
    await behind_more(stage, "Jo", "Look after the group…", "End the group…")
    await stage.person("Jo").submit()
    await stage.at("2026-12-03 12:00")
    before = len(stage.dms("Jo"))
    await stage.person("Sam").archive("young-carers")
    await stage.at("2026-12-09 12:00")
    await stage.person("Jo").open_home()
    await stage.settle()
    assert "The group ended on" in stage.home("Jo")
    assert "I go on" not in stage.home("Jo")
    assert len(stage.dms("Jo")) == before


async def test_words_for_a_digest_that_can_not_be_posted_are_promised_no_hour(stage: Stage) -> None:
    await stage.gather("Jo", "Priya")
    await stage.at("2026-11-26 12:00")
    await stage.person("Sam").archive("young-carers")
    await stage.at("2026-11-26 12:05")
    await stage.person("Jo").command("/plate", "Beds are full again.", "young-carers")
    assert await stage.person("Jo").submit() is None
    said = stage.modal("Jo")
    assert "goes into the digest if I can post in the channel again, on Monday at 14:00 GMT at the latest." in said


async def test_that_it_ends_each_is_told_where_the_channel_can_not_be(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-24 09:30")
    await stage.person("Sam").remove_bot("young-carers")
    await behind_more(stage, "Jo", "Change the rhythm")
    assert await stage.send("Jo", {"What you work on together": "Carers"}) is None
    await stage.at("2026-11-24 10:30")
    await behind_more(stage, "Sam", "Look after the group…", "End the group…")
    assert "I can't post in the channel just now, so I write to each of you." in stage.modal("Sam")
    assert await stage.send("Sam", {}) is None
    await stage.at("2026-11-30 10:00")
    ends = "The group ends on Tuesday 1 December. To undo that: More, Look after the group, Go on now."
    assert [sum(ends in text for text in stage.sent(name)) for name in ("Jo", "Amir")] == [1, 1]


async def added(stage: Stage) -> str:
    """What Jo reads under a commitment that she has just added."""
    await stage.person("Jo").command("/commit", "Walk the ward", "young-carers")
    assert await stage.person("Jo").submit() is None
    shown = stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    return shown


async def test_who_adds_a_commitment_is_promised_no_asking_that_rests(stage: Stage) -> None:
    await stage.gather("Jo")
    assert "I'll ask how it's going at each check-in." in await added(stage)
    await behind_more(stage, "Jo", "Look after the group…", "Pause the group until…")
    assert await stage.send("Jo", {"Start again on": "2026-12-14"}) is None
    paused = "The group is paused until Monday 14 December. After that I ask how it's going at each check-in."
    assert paused in await added(stage)
    await stage.person("Sam").archive("young-carers")
    await stage.settle()
    assert "The channel is archived, so I ask nobody for now. Once it is open again," in await added(stage)
