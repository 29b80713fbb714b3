"""A late answer is as welcome as a punctual one; a meeting that moves forward leaves time; nothing goes stale."""

from __future__ import annotations

import pytest

from tests.stage import Stage


async def asked(stage: Stage) -> None:
    """Jo and Wei were asked on the 25th for the meeting of the 30th."""
    await stage.gather("Jo", "Wei")
    await stage.at("2026-11-25 09:00")


async def test_jo_answers_after_the_digest_and_is_told_that_it_is_corrected(stage: Stage) -> None:
    await asked(stage)
    await stage.answer("Wei", organisation="Flats are let.")
    await stage.press("Jo", "Skip this one")
    await stage.at("2026-11-27 11:00")
    await stage.press("Jo", "Answer")
    assert await stage.send("Jo", {"For Riverside Hospitals Trust": "Beds are full again."}) is None
    assert "Still welcome. I correct the digest in the channel next" in stage.dm("Jo")
    assert "Skipped" not in stage.dm("Jo")
    assert ": Beds are full again." in stage.shown(stage.digest())


async def test_where_nothing_changes_for_the_others_no_correction_is_promised(stage: Stage) -> None:
    await asked(stage)
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-27 11:00")
    await stage.press("Jo", "Change")
    assert await stage.send("Jo", {"me": "I'm tired."}) is None
    assert "Still welcome." in stage.dm("Jo")
    assert "I correct the digest" not in stage.dm("Jo")
    await stage.press("Jo", "Change")
    await stage.send("Jo", {"organisation": "Two wards have beds."})
    assert "Still welcome. I correct the digest in the channel next" in stage.dm("Jo")


@pytest.mark.slow
async def test_an_old_check_in_has_no_dead_buttons_once_the_next_one_has_come(stage: Stage) -> None:
    await asked(stage)
    await stage.answer("Wei", organisation="Flats are let.")
    await stage.at("2026-12-09 09:00")
    jo, wei = ([stage.shown(one) for one in stage.dms(name)] for name in ("Jo", "Wei"))
    assert [one for one in jo[1:] if "[Answer]" in one] == [jo[-1]]  # the first one says hello
    assert "[More]" in jo[1]
    assert "This check-in is over" in jo[1]
    assert "> Flats are let." in wei[1]
    assert "[Change]" not in wei[1]


@pytest.mark.slow
async def test_what_was_said_stands_once_where_she_was_asked_and_not_under_the_nudge_too(stage: Stage) -> None:
    await asked(stage)
    await stage.at("2026-11-26 17:00")
    assert "still time" in stage.dm("Jo")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-12-09 09:00")
    over = [shown for shown in map(stage.shown, stage.dms("Jo")) if "This check-in is over" in shown]
    assert ["> Beds are full again." in one for one in over] == [True, False]


@pytest.mark.slow
async def test_a_meeting_moved_forward_leaves_four_hours_and_says_until_when(stage: Stage) -> None:
    await asked(stage)
    await stage.at("2026-11-25 10:00")
    await stage.person("Wei").press(stage.panel(), "More")
    await stage.person("Wei").press_in_modal("Move a meeting")
    await stage.send("Wei", {"New day": "2026-11-26"})
    assert "Morning Jo. Young carers meets Thursday. Two minutes? The meeting has moved" in stage.dm("Jo").replace(
        "tomorrow", "Thursday"
    )
    assert "you can answer until 14:00 GMT." in stage.dm("Jo")
    await stage.at("2026-11-25 13:30")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-25 14:30")
    assert ": Beds are full again." in stage.shown(stage.digest())
    assert "until 14:00" not in "".join(map(stage.shown, stage.dms("Wei")))


async def test_words_too_late_for_that_digest_correct_it(stage: Stage) -> None:
    await asked(stage)
    await stage.person("Wei").press(stage.panel(), "More")
    await stage.person("Wei").press_in_modal("Move a meeting")
    await stage.send("Wei", {"New day": "2026-11-26"})
    await stage.answer("Wei", organisation="Flats are let.")
    await stage.at("2026-11-26 09:00")
    await stage.press("Jo", "Answer")
    assert await stage.send("Jo", {"For Riverside Hospitals Trust": "Beds are full again."}) is None
    digest = stage.shown(stage.newest("Jo", "Housing: Flats are let."))
    assert ": Beds are full again." in digest


async def test_an_hour_that_would_not_be_kept_is_refused_at_its_field(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.press("Jo", "Change my settings")
    refused = await stage.send("Jo", {"Ask me at": "20:30"})
    assert refused == {
        "hour": "I write from 08:00 and before 18:00 only, so 20:30 would become 08:00. Please pick an hour in "
        "between."
    }


async def test_a_first_meeting_that_is_over_is_refused_and_not_moved_by_a_fortnight(stage: Stage) -> None:
    sam = stage.person("Sam")
    await sam.invite_bot("young-carers")
    await stage.settle()
    await stage.bot.tick()
    await stage.press("Sam", "Set up a group")
    fields = {"Your organisation": "Council", "What you work on together": "Young carers"}
    refused = await stage.send("Sam", {**fields, "Next meeting": "2026-11-23", "At": "08:30"})
    assert refused == {"meets_at": "That time has passed. Please pick a later one."}


async def test_a_first_meeting_is_suggested_for_a_day_on_which_people_work(stage: Stage) -> None:
    """A week after the Sunday on which Sam sets it up is a Sunday too."""
    await stage.at("2026-11-29 12:00")
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.bot.tick()
    await stage.press("Sam", "Set up a group")
    assert "2026-12-07" in stage.modal("Sam")
    assert "2026-12-06" not in stage.modal("Sam")


@pytest.mark.slow
async def test_the_quiet_message_says_what_each_choice_brings_and_when(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-12-23 09:30")
    asks = stage.dm("Jo")
    assert "Young carers: I've not been much use lately. What suits?" in asks
    assert "[Answer] [Keep asking: next on 6 January]" in asks
    await stage.press("Jo", "Keep asking: next on 6 January")
    assert "I'll ask next on 6 January." in stage.dm("Jo")


async def test_once_answers_have_closed_no_message_names_the_meeting_or_offers_to_skip(stage: Stage) -> None:
    """Which moves then."""
    await stage.gather("Jo", "Wei")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-26 17:59")
    asked = [m for m in stage.dms("Wei") if "Monday" in stage.shown(m)]
    assert len(asked) == 2, "the check-in and the nudge"
    await stage.at("2026-11-26 18:01")
    over = "Young carers. That check-in has closed. A late answer is as welcome."
    assert [stage.shown(m) for m in asked] == [f"({over})\n{over}\n[Answer] [More]"] * 2
    await stage.at("2026-11-27 12:00")
    await stage.press_more("Jo", "Move a meeting")
    assert await stage.send("Jo", {"New day": "2026-12-03"}) is None
    await stage.at("2026-11-27 12:05")
    assert not [m for m in stage.dms("Wei") if "Monday" in stage.shown(m)]
    assert over in stage.shown(asked[0])
    await stage.answer("Wei", organisation="Two flats.")
    await stage.at("2026-11-27 12:10")
    assert "Two flats." in stage.shown(stage.digest())
