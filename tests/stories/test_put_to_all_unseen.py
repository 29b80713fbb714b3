"""A question or a review that could not be put in the channel before its day: it comes later, with another day."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.stage import LONDON, Stage
from tests.stories import inquiring, reviewing
from tests.stories.inquiring import QUESTION

pytestmark = pytest.mark.slow


async def asked_while_out(stage: Stage) -> None:
    """Between is taken out of the channel, and Jo asks behind *More*."""
    await reviewing.gather(stage)
    await stage.person("Sam").remove_bot("young-carers")
    await stage.settle()
    await inquiring.ask(stage)


async def test_where_we_were_out_of_the_channel_until_its_day_it_has_another(stage: Stage) -> None:
    await asked_while_out(stage)
    await stage.at("2026-11-30 09:00")
    assert QUESTION not in "".join(map(stage.shown, stage.posts()))
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-12-02 12:00")
    assert "until Friday 11 December, 16:00 GMT." in stage.shown(inquiring.post(stage))
    await inquiring.write(stage, "Amir", "To know whom to ring.")
    await stage.at("2026-12-11 16:01")
    assert "To know whom to ring." in inquiring.thread(stage)


async def test_back_in_the_channel_before_its_day_that_stays(stage: Stage) -> None:
    await asked_while_out(stage)
    await stage.at("2026-11-26 09:00")
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2026-11-26 12:00")
    assert "until Friday 27 November, 16:00 GMT." in stage.shown(inquiring.post(stage))


async def test_it_does_not_wait_for_ever(stage: Stage) -> None:
    await asked_while_out(stage)
    await stage.at("2027-02-12 09:00")
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.at("2027-02-26 12:00")
    assert QUESTION not in "".join(map(stage.shown, stage.posts()))


async def test_a_review_that_waited_for_its_post_as_we_went_down_for_a_month_begins_then(stage: Stage) -> None:
    await reviewing.gather(stage)
    await inquiring.ask(stage)
    await reviewing.start(stage)
    stage.clock.move_to(datetime(2026, 12, 22, 9, tzinfo=LONDON))
    await stage.settle()
    await stage.at("2026-12-23 10:05")
    assert "until Thursday 24 December, 16:00 GMT." in stage.shown(reviewing.post(stage))
