"""The digest is late: Between was down at its hour, or Slack would not have it. Words that come now are in it."""

from __future__ import annotations

from datetime import datetime

import pytest

from simulation.at_rest import at_rest
from tests.stage import LONDON, Stage
from tests.stories.test_convening import look_after

JO, FOR_JO = "Jo", "For Riverside Hospitals Trust"
BEDS = "Beds are full again."
OVER = "The check-in this form was for is over"


async def gathered(stage: Stage, **fields: str) -> None:
    """Sam answered in time, and Jo has the form open when Between goes down on Thursday evening."""
    await stage.gather(JO, "Amir", **fields)
    await stage.at("2026-11-25 12:00")
    await stage.answer("Sam", **{"For Riverside Council": "A new rota."})
    await stage.press(JO, "Answer")
    await stage.at("2026-11-26 20:00")


async def save(stage: Stage) -> str:
    """What Jo is told then, before anybody has looked at what is due."""
    await stage.person(JO).fill(FOR_JO, BEDS)
    assert await stage.person(JO).submit() is None
    if stage.person(JO).modal is None:
        return stage.dm(JO)
    told = stage.modal(JO)
    await stage.person(JO).close(everything=True)
    return told


async def test_between_two_meetings_words_that_come_before_a_late_digest_are_in_it(stage: Stage) -> None:
    await gathered(stage, **{"Next meeting": "2026-12-17", "How often": "Every four weeks"})
    stage.clock.move_to(datetime(2026, 11, 27, 10, 30, tzinfo=LONDON))
    assert OVER not in await save(stage)
    await stage.settle()
    assert BEDS in stage.shown(stage.digest())
    assert "A new rota." in stage.shown(stage.digest())


@pytest.mark.slow
async def test_words_that_come_while_only_some_may_post_are_in_the_digest_that_is_held_up(stage: Stage) -> None:
    await gathered(stage)
    channel = stage.person("Sam").channel("young-carers")
    channel.posting = "admins"
    await stage.at("2026-11-28 12:00")
    assert OVER not in await save(stage)
    channel.posting = "anyone"
    await stage.at("2026-11-30 12:00")
    assert BEDS in stage.shown(stage.digest())
    assert "A new rota." in stage.shown(stage.digest())


async def test_what_is_said_of_a_late_digest_names_no_hour_that_is_over(stage: Stage) -> None:
    await gathered(stage)
    await stage.person(JO).close()
    stage.clock.move_to(datetime(2026, 11, 27, 10, 30, tzinfo=LONDON))
    await stage.person(JO).open_home()
    await at_rest(stage.pg)
    await stage.person(JO).press_home("Answer")
    told = await save(stage)
    assert "that is due. I post the digest in the channel next. Until then you can change it" in told
    assert "at 10:00" not in told


@pytest.mark.slow
async def test_words_whose_digest_never_went_are_news_where_they_are_said_again(stage: Stage) -> None:
    await gathered(stage)
    await stage.person(JO).close()
    stage.clock.move_to(datetime(2026, 11, 28, 12, 0, tzinfo=LONDON))
    await stage.settle()
    await stage.at("2026-12-09 12:00")
    await stage.answer("Sam")
    assert "as last time" not in stage.dm("Sam")
    await stage.at("2026-12-11 10:05")
    assert "A new rota." in stage.shown(stage.digest())
    await stage.at("2026-12-23 09:30")
    await stage.answer("Sam")
    assert "as last time, so not in the digest" in stage.dm("Sam"), "now they were told"


@pytest.mark.slow
async def test_words_for_a_meeting_that_was_called_off_are_news_where_they_are_said_again(stage: Stage) -> None:
    await gathered(stage)
    await stage.person(JO).close()
    await look_after(stage, "Amir", "We won't meet this time")
    assert await stage.send("Amir", {}) is None
    await stage.at("2026-12-09 12:00")
    await stage.answer("Sam")
    assert "as last time" not in stage.dm("Sam")
    await stage.at("2026-12-11 10:05")
    assert "A new rota." in stage.shown(stage.digest())
