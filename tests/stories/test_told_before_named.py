"""Amir speaks for another organisation from now on: the channel is told that before it stands beside his name."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories import inquiring, purposes
from tests.stories.naming import speaks_for

pytestmark = pytest.mark.timeout(120)

NEW = "Northside Parents"
TOLD = f"now speaks for *{NEW}*"
IN_THREAD = f"Amir ({NEW}) would change this"


def told(stage: Stage) -> bool:
    return any(TOLD in stage.shown(one) for one in stage.posts())


@pytest.fixture
async def drafted(stage: Stage) -> Stage:
    await purposes.gathered(stage)
    await purposes.draft(stage)
    return stage


async def test_what_he_would_change_comes_once_the_channel_was_told(drafted: Stage) -> None:
    await drafted.at("2026-11-25 12:30")
    await speaks_for(drafted, "Amir", NEW)
    await purposes.would_change(drafted, "Amir", "Shorter please")
    await drafted.at("2026-11-25 12:39")
    assert (told(drafted), IN_THREAD in purposes.thread(drafted)) == (False, False)
    await drafted.at("2026-11-25 12:42")
    assert (told(drafted), IN_THREAD in purposes.thread(drafted)) == (True, True)


async def test_of_priya_who_speaks_for_whom_the_channel_knows_it_comes_at_once(drafted: Stage) -> None:
    await drafted.at("2026-11-25 12:30")
    await speaks_for(drafted, "Amir", NEW)
    await purposes.would_change(drafted, "Priya", "Shorter please")
    await drafted.settle()
    assert "would change this" in purposes.thread(drafted)


async def test_where_he_chose_yet_another_that_day_it_comes_with_the_next_mornings(drafted: Stage) -> None:
    await drafted.at("2026-11-25 12:30")
    await speaks_for(drafted, "Amir", "Riverside Police")
    await drafted.at("2026-11-25 14:00")
    await speaks_for(drafted, "Amir", NEW)
    await purposes.would_change(drafted, "Amir", "Shorter please")
    await drafted.at("2026-11-26 08:59")
    assert IN_THREAD not in purposes.thread(drafted)
    await drafted.at("2026-11-26 09:05")
    assert (told(drafted), IN_THREAD in purposes.thread(drafted)) == (True, True)


async def test_it_waits_for_a_day_and_no_longer_where_that_can_not_be_told(
    drafted: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.organisations.announce_at", lambda *_: None)
    await drafted.at("2026-11-25 12:30")
    await speaks_for(drafted, "Amir", NEW)
    await purposes.would_change(drafted, "Amir", "Shorter please")
    await drafted.at("2026-11-26 12:30")
    assert IN_THREAD not in purposes.thread(drafted)
    await drafted.at("2026-11-26 12:45")
    assert IN_THREAD in purposes.thread(drafted)


async def test_in_an_archived_channel_both_come_once_it_is_open_again(drafted: Stage) -> None:
    await drafted.at("2026-11-25 12:30")
    await speaks_for(drafted, "Amir", NEW)
    await purposes.would_change(drafted, "Amir", "Shorter please")
    await drafted.person("Sam").archive("young-carers")
    await drafted.at("2026-11-27 12:30")
    await drafted.person("Sam").unarchive("young-carers")
    await drafted.at("2026-11-30 12:30")
    assert (told(drafted), IN_THREAD in purposes.thread(drafted)) == (True, True)


async def test_his_answer_to_a_question_comes_once_the_channel_was_told(stage: Stage) -> None:
    await stage.gather(*inquiring.EIGHT)
    await stage.at("2026-11-24 09:30")
    await inquiring.ask(stage, until="2026-11-25")
    await inquiring.write(stage, "Amir", "More time")
    await stage.at("2026-11-25 15:58")
    await speaks_for(stage, "Amir", NEW)
    await stage.at("2026-11-25 16:03")
    assert (told(stage), NEW in inquiring.thread(stage)) == (False, False)
    await stage.at("2026-11-25 16:10")
    assert (told(stage), f"*Amir ({NEW})*" in inquiring.thread(stage)) == (True, True)


async def test_late_words_of_hers_stand_in_the_digest_after_it_was_told_for_whom_they_are(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 09:30")
    await stage.answer("Amir", organisation="A list.")
    await stage.at("2026-11-27 10:20")
    await speaks_for(stage, "Jo", NEW)
    await stage.answer("Jo", organisation="We close in May.")
    await stage.settle()
    assert (told(stage), f"{NEW}: We close in May." in stage.shown(stage.digest())) == (True, True)


async def test_a_change_of_his_comes_after_it_was_told_for_whom_he_speaks(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 12:30")
    await speaks_for(stage, "Amir", NEW)
    await stage.at("2026-11-25 12:31")
    await stage.press_more("Amir", "Move a meeting")
    assert await stage.send("Amir", {"New day": "2026-12-01"}) is None
    await stage.at("2026-11-25 12:33")
    posted = "\n".join(map(stage.shown, stage.posts()))
    assert TOLD in posted
    assert posted.index(TOLD) < posted.index(f"Amir ({NEW}) changed Young carers")
