"""Whoever looks after the group: a meeting that won't be, a pause, an end, an invitation, handing the role on."""

from __future__ import annotations

import pytest

from tests.stage import Stage


async def look_after(stage: Stage, name: str, button: str) -> None:
    await stage.press(name, "More")
    await stage.person(name).press_in_modal("Look after the group…")
    await stage.person(name).press_in_modal(button)


def mornings(stage: Stage, name: str) -> list[str]:
    return [text for text in stage.sent(name) if text.startswith("Morning")]


async def test_a_meeting_that_wont_be_has_no_check_in_and_no_digest_and_the_next_has(stage: Stage) -> None:
    """The first meeting is on Monday 30 November; they meet every two weeks."""
    await stage.gather("Jo")
    await look_after(stage, "Sam", "We won't meet this time")
    assert "Monday 30 November" in stage.modal("Sam")
    assert await stage.send("Sam", {}) is None
    announced = stage.announced()
    assert "We won't meet on Monday 30 November: from now on no check-in, digest or brief for it." in announced
    assert "next Monday 14 December" in stage.shown(stage.panel())
    await stage.at("2026-12-02 12:00")
    assert mornings(stage, "Jo") == []
    assert not any("that you'd do? One line is fine." in post.text for post in stage.posts())
    await stage.at("2026-12-09 09:00")
    assert mornings(stage, "Jo") == ["Morning Jo. Young carers meets Monday. Two minutes?"]


async def test_a_group_is_paused_for_a_year_at_most(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Jo", "Pause the group until…")
    refused = await stage.send("Jo", {"Start again on": "2027-12-01"})
    said = "That's over a year away. Choose a day within a year, or end the group."
    assert refused == {"until": said}


AS_IT_STANDS = "That is how it stands already, so I've told nobody."


async def test_what_somebody_else_did_meanwhile_is_not_said_to_be_saved(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Jo", "We won't meet this time")
    await look_after(stage, "Sam", "We won't meet this time")
    await stage.send("Sam", {})
    assert await stage.person("Jo").submit() is None
    assert AS_IT_STANDS in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    await look_after(stage, "Jo", "End the group…")
    await look_after(stage, "Sam", "End the group…")
    await stage.send("Sam", {})
    assert await stage.person("Jo").submit() is None
    assert AS_IT_STANDS in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    await stage.person("Jo").open_home()
    await stage.settle()
    assert "It ends on Monday 30 November: I ask nobody from then on." in stage.home("Jo")


async def test_words_shared_for_a_meeting_that_wont_be_stand_in_the_next_digest(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "We won't meet this time")
    await stage.send("Sam", {})
    await stage.press("Jo", "Answer")
    await stage.send("Jo", {"For Riverside Hospitals Trust": "Beds are full again."})
    await stage.at("2026-12-11 10:00")
    assert any("Beds are full again." in stage.shown(post) for post in stage.posts())


async def test_an_objection_brings_the_meeting_back(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "We won't meet this time")
    await stage.send("Sam", {})
    await stage.press("Jo", "Object")
    await stage.at("2026-11-25 09:00")
    assert mornings(stage, "Jo") == ["Morning Jo. Young carers meets Monday. Two minutes?"]


@pytest.mark.slow
async def test_after_the_check_in_went_out_nobody_is_nudged_or_counted_silent(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    before = len(stage.dms("Jo"))
    await look_after(stage, "Sam", "We won't meet this time")
    await stage.send("Sam", {})
    await stage.at("2026-12-08 12:00")
    assert len(stage.dms("Jo")) == before
    await stage.at("2026-12-23 09:00")
    assert [m.text for m in stage.dms("Jo") if "I've not been much use" in m.text] == []


@pytest.mark.slow
async def test_a_paused_group_is_asked_nothing_until_its_day_and_goes_on_by_itself(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "Pause the group until…")
    assert await stage.send("Sam", {"Start again on": "2026-12-21"}) is None
    assert "Paused until Monday 21 December: I ask nobody before then." in stage.announced()
    await stage.at("2026-12-21 08:00")
    assert mornings(stage, "Jo") == []
    assert not any("that you'd do? One line is fine." in post.text for post in stage.posts())
    await stage.at("2026-12-24 12:00")
    assert len(mornings(stage, "Jo")) == 1


@pytest.mark.slow
async def test_who_was_asked_for_a_meeting_that_wont_be_is_asked_no_more_until_somebody_objects(
    stage: Stage,
) -> None:
    """Jo was promised to be asked again at half past twelve."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:30")
    await stage.press_more("Jo", "Later today")
    await look_after(stage, "Sam", "We won't meet this time")
    await stage.send("Sam", {})
    await stage.at("2026-11-25 09:31")
    for name in ("Jo", "Amir"):
        assert "This check-in is over" in stage.dm(name)
        assert "[Answer]" not in stage.dm(name)
    await stage.press("Amir", "Object")
    await stage.at("2026-11-25 09:32")
    assert "[Answer]" in stage.dm("Amir")
    assert "I'll ask again at 12:30 GMT." in stage.dm("Jo")
    await stage.at("2026-11-25 12:31")
    assert "you asked me to come back later" in stage.dm("Jo")


async def test_a_pause_can_be_ended_early(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "Pause the group until…")
    await stage.send("Sam", {"Start again on": "2026-12-21"})
    await look_after(stage, "Jo", "Go on now")
    await stage.settle()
    assert "I ask as before again." in stage.announced()
    await stage.at("2026-11-25 09:00")
    assert len(mornings(stage, "Jo")) == 1


async def test_a_group_without_a_nudge_sends_none_and_says_so(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.press("Sam", "More")
    await stage.person("Sam").press_in_modal("Change the rhythm")
    await stage.send("Sam", {"If somebody has not answered": "No reminder"})
    assert "I send no reminder." in stage.announced()
    await stage.at("2026-11-30 12:00")
    assert len(stage.dms("Jo")) == 2  # the first one, and the check-in
    await stage.person("Amir").press(stage.panel(), "Join")
    assert "reminder" not in stage.modal("Amir")


async def test_the_invitation_can_be_forwarded_and_says_how_one_gets_into_the_channel(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "Invite people…")
    shown = stage.modal("Sam")
    assert "> We use Between" in shown
    assert "press Join" in shown
    assert "Slack Connect" in shown
    assert "/invite" in shown


async def test_sam_hands_the_role_on_from_its_own_button(stage: Stage) -> None:
    await stage.gather("Jo")
    await look_after(stage, "Sam", "Hand the role on…")
    assert await stage.send("Sam", {"To whom": "Jo (Riverside Hospitals Trust)"}) is None
    assert "Jo (Riverside Hospitals Trust) looks after the rhythm." in stage.announced()


async def test_where_there_is_a_group_nobody_is_shown_a_green_button_to_set_one_up(stage: Stage) -> None:
    await stage.gather()
    hello = stage.posts()[0]
    assert "[Set up a group]" not in stage.shown(hello)
    assert "Young carers is set up here" in stage.shown(hello)


async def test_the_rhythm_has_a_weekday_of_its_own_whatever_the_day_of_the_next_meeting(stage: Stage) -> None:
    """They usually meet on Thursdays; the next meeting, on Wednesday 2 December, is an exception."""
    await stage.gather("Jo")
    await stage.press("Sam", "More")
    await stage.person("Sam").press_in_modal("Change the rhythm")
    await stage.send("Sam", {"Next meeting": "2026-12-02", "After that, on": "Thursday"})
    assert "We meet every second Thursday" in stage.announced()
    assert "next Wednesday 2 December" in stage.shown(stage.panel())
    await stage.at("2026-12-03 12:00")
    await look_after(stage, "Sam", "We won't meet this time")
    assert "Thursday 17 December" in stage.modal("Sam")


async def test_the_same_rhythm_a_week_later_is_a_change(stage: Stage) -> None:
    """Every two weeks on Mondays, and now on the other Mondays."""
    await stage.gather("Jo")
    await stage.press("Sam", "More")
    await stage.person("Sam").press_in_modal("Change the rhythm")
    await stage.send("Sam", {"Next meeting": "2026-12-07"})
    assert "next Monday 7 December" in stage.shown(stage.panel())
