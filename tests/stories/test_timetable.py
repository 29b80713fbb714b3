"""When the bot writes: any leader may change it for the group, the channel hears, and anyone can object."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import behind_more
from tests.stories.naming import settings
from tests.stories.test_convening import look_after, mornings


@pytest.fixture
async def gathered(stage: Stage) -> Stage:
    """They meet every two weeks, first on Monday 30 November at 14:00; asked by Wednesday 25."""
    await stage.gather("Jo")
    return stage


async def change(stage: Stage, fields: dict[str, str]) -> dict[str, str] | None:
    await look_after(stage, "Sam", "When I write…")
    return await stage.send("Sam", fields)


async def test_sam_changes_when_we_are_asked_and_the_channel_hears_of_it(gathered: Stage) -> None:
    await look_after(gathered, "Sam", "When I write…")
    form = gathered.modal("Sam")
    for shown in (
        "I ask *: [5 days before we meet v]",
        "The digest comes at *: [10:00 v]",
        "I write to you from *: [08:00 v]",
        "And before *: [18:00 v]",
    ):
        assert shown in form
    fields = {"I ask": "6 days before we meet", "The digest comes at": "12:00", "And before": "17:00"}
    assert await gathered.send("Sam", fields) is None
    told = gathered.announced()
    assert "I ask 6 days before we meet, or sooner, so that a working day is left to answer." in told
    assert "The digest comes at 12:00, London time." in told
    assert "I write from 08:00 your time, and before 17:00 your time." in told
    await gathered.at("2026-11-23 18:00")
    assert mornings(gathered, "Jo") == []
    await gathered.at("2026-11-24 10:00")
    assert len(mornings(gathered, "Jo")) == 1
    await gathered.answer("Jo", organisation="Beds are full.")
    await gathered.at("2026-11-27 11:59")
    assert not [post for post in gathered.posts() if "Beds are full." in gathered.shown(post)]
    await gathered.at("2026-11-27 12:05")
    assert "Beds are full." in gathered.shown(gathered.digest())


@pytest.mark.slow
async def test_who_chose_an_hour_that_the_group_gives_up_reads_when_they_are_asked(gathered: Stage) -> None:
    """In words that name nobody; and the form begins with an hour that is kept."""
    await settings(gathered, "Jo")
    assert await gathered.send("Jo", {"Ask me at": "08:00"}) is None
    assert await change(gathered, {"I write to you from": "10:00"}) is None
    told = gathered.announced()
    hears = "Whoever chose another hour is asked at 10:00 your time."
    assert f"I write from 10:00 your time, and before 18:00 your time. {hears}" in told
    await settings(gathered, "Jo")
    assert "Ask me at *: [10:00]" in gathered.modal("Jo")
    await gathered.person("Jo").close(everything=True)
    kasia = gathered.person("Kasia")
    await kasia.press(gathered.panel(), "Join")
    assert "Ask me at *: [10:00]" in gathered.modal("Kasia")
    assert await change(gathered, {"I write to you from": "07:00"}) is None
    assert gathered.announced().splitlines()[0].count("another hour") <= 1, "not of this change"
    await settings(gathered, "Jo")
    assert "Ask me at *: [08:00]" in gathered.modal("Jo"), "nobody gave it up in her name"


@pytest.mark.slow
async def test_the_reminder_and_the_brief_come_when_the_group_chose(gathered: Stage) -> None:
    """Asked on Wednesday at nine, and answers close on Thursday at six: four fifths of that is Thursday noon."""
    fields = {
        "The reminder comes": "Late, when most of the time to answer has gone",
        "The brief, the working day before, at": "18:00",
    }
    assert await change(gathered, fields) is None
    told = gathered.announced()
    assert "The reminder comes late, when most of the time to answer has gone." in told
    assert "The brief comes at 18:00, London time, on the working day before we meet." in told
    await gathered.at("2026-11-25 10:00")
    await gathered.press("Sam", "Answer")
    await gathered.send("Sam", {"For Riverside Council": "A new rota."})
    await gathered.at("2026-11-26 10:50")
    assert not [dm for dm in gathered.dms("Jo") if "still time before" in dm.text]
    await gathered.at("2026-11-26 12:00")
    assert [dm for dm in gathered.dms("Jo") if "still time before" in dm.text]
    await gathered.at("2026-11-27 11:00")
    await behind_more(gathered, "Jo", "The brief so far", "Add a line")
    assert "18:00" in gathered.modal("Jo")
    await gathered.send("Jo", {"What should the meeting hear?": "Who holds the waiting list?"})
    await gathered.at("2026-11-27 17:59")
    assert not [post for post in gathered.posts() if "the brief, for" in gathered.shown(post)]
    await gathered.at("2026-11-27 18:01")
    assert [post for post in gathered.posts() if "the brief, for" in gathered.shown(post)]


async def test_a_reminder_that_would_have_come_before_it_was_chosen_so_comes_at_once(gathered: Stage) -> None:
    assert await change(gathered, {"The reminder comes": "Late, when most of the time to answer has gone"}) is None
    await gathered.at("2026-11-26 10:00")
    before = len(gathered.dms("Jo"))
    assert await change(gathered, {"The reminder comes": "When nearly half of the time to answer has gone"}) is None
    await gathered.at("2026-11-26 10:10")
    (reminder,) = gathered.dms("Jo")[before:]
    assert "still time before" in reminder.text
    await gathered.at("2026-11-27 18:00")
    assert len(gathered.dms("Jo")) == before + 1, "and no other comes when it would have come"


async def test_a_group_without_a_reminder_is_not_asked_when_it_comes(gathered: Stage) -> None:
    await gathered.press_more("Sam", "Change the rhythm")
    assert await gathered.send("Sam", {"If somebody has not answered": "No reminder"}) is None
    await look_after(gathered, "Sam", "When I write…")
    assert "The reminder comes" not in gathered.modal("Sam")
    assert await gathered.send("Sam", {"The digest comes at": "11:00"}) is None


async def test_an_objection_brings_the_old_times_back(gathered: Stage) -> None:
    assert await change(gathered, {"I ask": "6 days before we meet"}) is None
    await gathered.press("Jo", "Object")
    await gathered.at("2026-11-24 18:00")
    assert mornings(gathered, "Jo") == []
    await gathered.at("2026-11-25 10:00")
    assert len(mornings(gathered, "Jo")) == 1


@pytest.mark.slow
async def test_whoever_was_asked_already_is_not_asked_again(gathered: Stage) -> None:
    await gathered.at("2026-11-25 10:00")
    assert await change(gathered, {"I ask": "7 days before we meet"}) is None
    await gathered.at("2026-11-27 18:00")
    assert len(mornings(gathered, "Jo")) == 1
    await gathered.at("2026-12-04 18:00")
    assert len(mornings(gathered, "Jo")) == 1
    await gathered.at("2026-12-07 10:00")
    assert len(mornings(gathered, "Jo")) == 2


async def test_a_digest_before_the_hours_is_refused_at_its_field_and_nothing_is_changed(gathered: Stage) -> None:
    posts = len(gathered.posts())
    refused = await change(gathered, {"I write to you from": "09:00", "The digest comes at": "08:00"})
    assert refused == {"digest_at": "I write from 09:00 on, so the digest can't come at 08:00."}
    await gathered.settle()
    assert len(gathered.posts()) == posts


async def test_an_hour_that_was_promised_moves_into_the_hours_that_the_group_chooses(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 10:30")
    await stage.press_more("Jo", "Later today")
    assert "I'll ask again at 13:30 GMT." in stage.dm("Jo")
    assert await change(stage, {"And before": "13:00"}) is None
    await stage.at("2026-11-25 10:40")
    assert "I'll ask again at 08:00 GMT on Thursday." in stage.dm("Jo")
    await stage.at("2026-11-26 08:10")
    assert "you asked me to come back later" in stage.dm("Jo")


async def test_as_it_stood_nothing_is_told(gathered: Stage) -> None:
    posts = len(gathered.posts())
    await look_after(gathered, "Sam", "When I write…")
    assert await gathered.person("Sam").submit() is None
    assert "That is how it stands already, so I've told nobody." in gathered.modal("Sam")
    await gathered.settle()
    assert len(gathered.posts()) == posts


async def test_where_meetings_are_far_apart_the_weekday_is_theirs_to_choose(stage: Stage) -> None:
    await stage.gather("Jo", **{"How often": "Every four weeks"})
    await look_after(stage, "Sam", "When I write…")
    assert "I ask on *: [Monday v]" in stage.modal("Sam")
    assert await stage.send("Sam", {"I ask on": "Wednesday"}) is None
    assert "I ask on Wednesdays." in stage.announced()
    await stage.at("2026-12-01 18:00")
    before = len(mornings(stage, "Jo"))
    await stage.at("2026-12-02 10:00")
    assert len(mornings(stage, "Jo")) == before + 1
