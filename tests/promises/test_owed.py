"""What can't be said in the channel stays owed while it is news, and is told to whom it concerns."""

from __future__ import annotations

import pytest

from tests.promises.watch import shown
from tests.stage import Stage

WAYS_IN = "I'm not in the channel of the group"


def digests(stage: Stage) -> list[str]:
    return [shown for post in stage.posts() if ": the digest," in (shown := stage.shown(post))]


async def on_friday(stage: Stage) -> None:
    """Jo has answered, and the digest is due on Friday at ten."""
    await stage.gather("Jo", "Priya")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")


@pytest.mark.slow
async def test_a_digest_refused_while_the_bot_is_out_goes_on_its_return_with_what_was_shared_since(
    stage: Stage,
) -> None:
    await on_friday(stage)
    await stage.at("2026-11-26 12:00")
    await stage.person("Sam").remove_bot("young-carers")
    await stage.at("2026-11-27 10:00")
    assert digests(stage) == []
    await stage.press("Priya", "Answer")
    await stage.send("Priya", {"organisation": "Two wards closed."})
    await stage.at("2026-11-27 10:05")
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-27 10:06")
    [digest] = digests(stage)
    assert "Beds are full again." in digest
    assert "Two wards closed." in stage.digest().text  # a second of her organisation: under Read it all


@pytest.mark.slow
async def test_who_asks_for_a_digest_that_can_not_be_posted_yet_is_told_so(stage: Stage) -> None:
    await on_friday(stage)
    await stage.person("Sam").remove_bot("young-carers")
    await stage.at("2026-11-27 10:01")
    ack = await stage.person("Jo").command("/between", "digest last")
    assert "The digest could not be posted: I can't post in the channel just now." in ack.body["text"]
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-27 10:02")
    ack = await stage.person("Jo").command("/between", "digest last")
    assert "the digest, Friday 27 November" in ack.body["text"]


@pytest.mark.slow
async def test_after_a_weekend_outside_the_digest_still_goes_on_its_return_before_the_meeting(stage: Stage) -> None:
    await on_friday(stage)
    await stage.at("2026-11-26 12:00")
    await stage.person("Sam").remove_bot("young-carers")
    await stage.at("2026-11-30 09:00")
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-30 09:01")
    assert "Beds are full again." in digests(stage)[0]


@pytest.mark.slow
async def test_so_does_the_brief(stage: Stage) -> None:
    await on_friday(stage)
    await stage.at("2026-11-27 10:05")
    await stage.press_more("Jo", "The brief so far")
    await stage.person("Jo").press_in_modal("Add a line")
    await stage.send("Jo", {"What should the meeting hear?": "Who pays for beds?"})
    await stage.person("Sam").remove_bot("young-carers")
    await stage.at("2026-11-30 09:00")
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-30 09:01")
    assert "Who pays for beds?" in stage.shown(stage.briefs()[-1])


@pytest.mark.slow
async def test_the_panel_says_how_things_stand_after_weeks_in_an_archived_channel_too(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.person("Sam").archive("young-carers")
    await stage.press_more("Jo", "Change the rhythm")
    await stage.send("Jo", {"What you work on together": "Carers"})
    await stage.at("2026-12-17 12:00")
    await stage.person("Sam").unarchive("young-carers")
    await stage.settle()
    await stage.at("2026-12-17 12:05")
    assert "*Carers* meets every second Monday" in stage.shown(stage.panel())
    assert "next Monday 28 December" in stage.shown(stage.panel())


@pytest.mark.slow
async def test_who_looks_after_the_rhythm_hears_once_that_the_channel_is_closed_to_us(stage: Stage) -> None:
    await on_friday(stage)
    await stage.person("Sam").remove_bot("young-carers")
    await stage.at("2026-11-30 09:00")  # they have had their two of last week, so it waits for their hour on Monday
    told = {name: sum(WAYS_IN in m.text for m in stage.dms(name)) for name in ("Sam", "Jo", "Priya")}
    assert told == {"Sam": 1, "Jo": 0, "Priya": 0}
    await stage.person("Sam").open_home()
    await stage.settle()
    assert WAYS_IN in stage.home("Sam")


@pytest.mark.slow
async def test_an_archived_channel_stops_the_asking_and_each_leader_hears_once(stage: Stage) -> None:
    await on_friday(stage)
    await stage.at("2026-11-26 12:00")
    await stage.person("Sam").archive("young-carers")
    await stage.at("2026-12-23 18:00")
    assert sum("Morning Priya." in one.text for one in shown(stage) if one.kind == "dm") == 1
    for name in ("Sam", "Jo", "Priya"):
        since = [m.text for m in stage.dms(name) if "archived" in m.text]
        assert len(since) == 1, name
    await stage.person("Sam").unarchive("young-carers")
    await stage.settle()
    await stage.at("2027-01-06 18:00")
    assert stage.dms("Jo")[-1].text.startswith("Morning Jo.")


@pytest.mark.slow
async def test_while_the_channel_is_archived_nobody_is_asked_of_a_meeting_on_a_holiday_either(stage: Stage) -> None:
    await on_friday(stage)
    await stage.at("2026-11-26 12:00")
    await stage.person("Sam").archive("young-carers")
    await stage.at("2026-12-15 12:00")
    assert not [m.text for m in stage.dms("Sam") if "a public holiday here" in m.text]
    await stage.person("Sam").unarchive("young-carers")
    await stage.settle()
    await stage.at("2026-12-16 12:00")
    assert "Monday 28 December, a public holiday here" in stage.dm("Sam")


@pytest.mark.slow
async def test_who_heard_that_the_bot_is_out_hears_too_that_the_channel_is_archived_since(stage: Stage) -> None:
    await on_friday(stage)
    await stage.person("Sam").remove_bot("young-carers")
    await stage.at("2026-11-30 12:00")
    assert WAYS_IN in stage.dm("Sam")
    await stage.person("Sam").archive("young-carers")
    await stage.at("2026-12-11 12:00")
    told = {name: sum("archived" in m.text for m in stage.dms(name)) for name in ("Sam", "Jo", "Priya")}
    assert told == {"Sam": 1, "Jo": 1, "Priya": 1}
    assert sum(WAYS_IN in m.text for m in stage.dms("Sam")) == 1


@pytest.mark.slow
async def test_that_the_panel_could_be_changed_is_no_sign_that_posts_can_and_nobody_hears_again(
    stage: Stage,
) -> None:
    """Slack lets us change what stands in a channel that we are out of."""
    await on_friday(stage)
    await stage.person("Sam").remove_bot("young-carers")
    await stage.at("2026-12-04 12:00")
    assert "next Monday 14 December" in stage.shown(stage.panel())
    assert sum(WAYS_IN in m.text for m in stage.dms("Sam")) == 1
    await stage.person("Sam").open_home()
    await stage.settle()
    assert WAYS_IN in stage.home("Sam")


@pytest.mark.slow
async def test_a_pull_back_that_slack_refuses_is_told_and_done_when_it_can_be(stage: Stage) -> None:
    await on_friday(stage)
    await stage.at("2026-11-27 10:00")
    assert "Beds are full" in digests(stage)[0]
    workspace = stage.pg.world.workspaces[stage.person("Jo").user.team_id]
    workspace.edit_minutes = 5
    await stage.at("2026-11-27 10:10")
    await stage.press("Jo", "Pull it back")
    await stage.at("2026-11-27 10:12")
    assert "Beds are full" in digests(stage)[0]
    assert "your words still stand there" in stage.dm("Jo")
    workspace.edit_minutes = None
    await stage.at("2026-11-28 10:15")
    assert not any("Beds are full" in digest for digest in digests(stage))
    assert sum("your words still stand there" in m.text for m in stage.dms("Jo")) == 1


@pytest.mark.slow
async def test_nobody_is_promised_a_second_message_of_what_they_were_written_once(stage: Stage) -> None:
    """Jo changes her words again, and a meeting again, while Slack lets neither be told."""
    await on_friday(stage)
    workspace = stage.pg.world.workspaces[stage.person("Jo").user.team_id]
    workspace.edit_minutes = 5
    await stage.at("2026-11-27 10:10")
    for words in ("Beds are free.", "Beds are full."):
        await stage.answer("Jo", organisation=words)
        assert ("I write to you" in stage.shown(stage.newest("Jo", words))) == (words == "Beds are free.")
        await stage.at("2026-11-27 10:15")
    assert sum("your words still stand there" in m.text for m in stage.dms("Jo")) == 1
    await stage.press("Jo", "Pull it back")
    assert "Slack has not let me correct the digest" in stage.shown(stage.newest("Jo", "Pulled back"))
    workspace.edit_minutes = None
    channel = stage.person("Sam").channel("young-carers")
    channel.posting = "admins"
    jo = stage.person("Jo")
    for hour, promised in (("15:00", True), ("16:00", False)):
        await stage.press_more("Jo", "Move a meeting")
        await jo.fill("New time", hour)
        await jo.submit()
        assert ("I write to you" in stage.modal("Jo")) == promised
        await jo.close(everything=True)
        await stage.at(f"2026-11-27 {hour}")


@pytest.mark.slow
async def test_the_digest_that_slack_would_not_let_us_change_is_the_one_that_is_read_from_what_says_so(
    stage: Stage,
) -> None:
    """Jo presses two weeks later, when there is a newer one."""
    await on_friday(stage)
    stage.pg.world.workspaces[stage.person("Jo").user.team_id].edit_minutes = 5
    await stage.at("2026-11-27 10:10")
    await stage.press("Jo", "Pull it back")
    await stage.at("2026-12-09 10:00")
    await stage.answer("Priya", organisation="Two wards closed.")
    await stage.at("2026-12-11 10:05")
    assert "Two wards closed." in digests(stage)[-1]
    await stage.press("Jo", "Read the digest")
    assert "the digest, Friday 27 November" in stage.modal("Jo")


@pytest.mark.slow
async def test_a_pull_back_in_an_archived_channel_is_told_to_whose_words_stand_and_done_once_it_is_open(
    stage: Stage,
) -> None:
    """Also to Sam, who has long known that it is archived."""
    await on_friday(stage)
    await stage.answer("Sam", organisation="We let eleven flats.")
    await stage.at("2026-11-27 10:00")
    await stage.person("Sam").archive("young-carers")
    await stage.press("Jo", "Pull it back")
    await stage.at("2026-12-04 12:00")
    assert sum("archived" in m.text for m in stage.dms("Sam")) == 1
    await stage.press("Sam", "Pull it back")
    await stage.at("2026-12-08 12:00")
    for name in ("Jo", "Sam"):
        assert sum("your words still stand there" in m.text for m in stage.dms(name)) == 1, name
    await stage.person("Sam").unarchive("young-carers")
    await stage.settle()
    await stage.at("2026-12-08 12:05")
    assert "everything in this digest was pulled back" in stage.shown(stage.digest())


async def test_a_change_nobody_could_be_told_of_is_told_on_the_bots_return(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.person("Sam").remove_bot("young-carers")
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("Change the rhythm")
    await stage.send("Jo", {"What you work on together": "Carers"})
    await stage.at("2026-11-23 09:40")
    assert WAYS_IN in stage.dm("Jo")
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-23 09:41")
    assert sum("It is called Carers." in stage.shown(post) for post in stage.posts()) == 1
    assert "*Carers* meets every second Monday" in stage.shown(stage.panel())
