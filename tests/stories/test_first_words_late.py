"""Nobody answered in time, so there was no digest: the first words before the meeting bring it into the channel."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from tests.stage import LONDON, Stage

FOR_JO = "For Riverside Hospitals Trust"
BEDS = "Beds are full again."


@pytest.fixture
async def unsaid(stage: Stage) -> Stage:
    """It is Friday, eleven o'clock; nobody has said anything. They meet on Monday at two."""
    await stage.gather("Jo", "Wei")
    await stage.at("2026-11-25 09:00")
    await stage.at("2026-11-27 11:00")
    return stage


def digests(stage: Stage) -> list[str]:
    return [shown for shown in map(stage.shown, stage.posts()) if "For the meeting on" in shown]


async def late(stage: Stage, name: str = "Jo", label: str = FOR_JO, words: str = BEDS) -> None:
    await stage.press(name, "Answer")
    assert await stage.send(name, {label: words}) is None


async def test_jos_words_are_the_first_and_the_digest_goes_at_once_as_she_is_told(unsaid: Stage) -> None:
    assert digests(unsaid) == []
    await late(unsaid)
    assert "Saved for Young carers. Still welcome. I post the digest in the channel next." in unsaid.dm("Jo")
    assert BEDS in digests(unsaid)[-1]
    assert "For the meeting on Monday 30 November." in digests(unsaid)[-1]
    assert "next round" not in unsaid.dm("Jo")


async def test_who_answers_after_her_corrects_it_and_there_is_one(unsaid: Stage) -> None:
    await late(unsaid)
    await late(unsaid, "Wei", "For Millrace Housing", "Flats are let.")
    assert "I correct the digest in the channel next" in unsaid.dm("Wei")
    assert len(digests(unsaid)) == 1
    assert "Flats are let." in digests(unsaid)[0]


async def test_two_answer_at_once_and_there_is_one_digest(unsaid: Stage) -> None:
    for name, label, words in (("Jo", FOR_JO, BEDS), ("Wei", "For Millrace Housing", "Flats are let.")):
        await unsaid.press(name, "Answer")
        await unsaid.person(name).fill(label, words)
    await asyncio.gather(unsaid.person("Jo").submit(), unsaid.person("Wei").submit())
    await unsaid.settle()
    assert len(digests(unsaid)) == 1
    assert BEDS in digests(unsaid)[0]
    assert "Flats are let." in digests(unsaid)[0]


async def test_words_on_friday_night_wait_for_mondays_hours(unsaid: Stage) -> None:
    await unsaid.at("2026-11-27 21:00")
    await late(unsaid)
    assert "goes into the digest on Monday at 08:00 GMT." in unsaid.dm("Jo")
    assert digests(unsaid) == []
    await unsaid.at("2026-11-30 08:05")
    assert BEDS in digests(unsaid)[-1]


@pytest.mark.slow
async def test_words_pulled_back_before_it_goes_leave_nothing_and_new_ones_bring_it(unsaid: Stage) -> None:
    await unsaid.at("2026-11-27 21:00")
    await late(unsaid)
    await unsaid.press("Jo", "Pull it back")
    await unsaid.at("2026-11-30 09:00")
    assert digests(unsaid) == []
    await late(unsaid, "Wei", "For Millrace Housing", "Flats are let.")
    assert "Flats are let." in digests(unsaid)[-1]
    assert BEDS not in digests(unsaid)[-1]


async def test_words_just_for_herself_bring_no_digest(unsaid: Stage) -> None:
    await unsaid.press("Jo", "Answer")
    assert await unsaid.send("Jo", {"For me": "I'm tired."}) is None
    assert digests(unsaid) == []


async def test_a_meeting_called_off_after_that_has_no_digest(unsaid: Stage) -> None:
    await unsaid.at("2026-11-27 21:00")
    await late(unsaid)
    await unsaid.press_more("Sam", "Look after the group…")
    await unsaid.person("Sam").press_in_modal("We won't meet this time")
    await unsaid.person("Sam").submit()
    await unsaid.person("Sam").close(everything=True)
    await unsaid.settle()
    await unsaid.at("2026-12-01 09:00")
    assert digests(unsaid) == []


async def test_the_meeting_moved_later_and_words_before_it_are_still_in_time(unsaid: Stage) -> None:
    await unsaid.press_more("Wei", "Move a meeting")
    assert await unsaid.send("Wei", {"New day": "2026-12-02"}) is None
    await unsaid.at("2026-12-01 11:00")
    await late(unsaid)
    assert "For the meeting on Wednesday 2 December." in digests(unsaid)[-1]


async def test_the_brief_comes_at_its_hour_all_the_same(unsaid: Stage) -> None:
    await late(unsaid)
    await unsaid.at("2026-11-27 15:55")
    await unsaid.press_more("Jo", "The brief so far")
    await unsaid.person("Jo").press_in_modal("Add a line")
    await unsaid.person("Jo").fill("What should the meeting hear?", "Ask the police to come.")
    assert await unsaid.person("Jo").submit() is None
    await unsaid.settle()
    await unsaid.person("Jo").close(everything=True)
    await unsaid.at("2026-11-27 16:01")
    assert "Ask the police to come." in unsaid.shown(unsaid.briefs()[-1])


async def test_a_digest_names_its_meetings_new_day_when_that_moves(stage: Stage) -> None:
    await stage.gather("Jo", "Wei")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation=BEDS)
    await stage.at("2026-11-27 11:00")
    await stage.press_more("Wei", "Move a meeting")
    assert await stage.send("Wei", {"New day": "2026-12-02"}) is None
    await stage.at("2026-11-27 11:30")
    assert "For the meeting on Wednesday 2 December." in digests(stage)[-1]
    assert "Corrected" in digests(stage)[-1]
    before = digests(stage)
    await stage.at("2026-12-05 11:00")
    assert digests(stage) == before


@pytest.mark.slow
async def test_between_goes_down_right_after_jos_words_until_the_meeting_and_she_hears_that_no_digest_went(
    unsaid: Stage,
) -> None:
    await unsaid.press("Jo", "Answer")
    await unsaid.person("Jo").fill(FOR_JO, BEDS)
    assert await unsaid.person("Jo").submit() is None  # saved, and nobody looks at the group any more
    unsaid.clock.move_to(datetime(2026, 11, 30, 15, 0, tzinfo=LONDON))
    await unsaid.settle()
    assert digests(unsaid) == []
    await unsaid.at("2026-12-09 09:05")
    assert "No digest went last time. Press Nothing new" in unsaid.dm("Jo")
    await unsaid.press("Jo", "Nothing new")
    await unsaid.at("2026-12-11 10:05")
    assert BEDS in digests(unsaid)[-1]
