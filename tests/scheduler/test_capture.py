"""The working day after a meeting its channel is asked what somebody said they would do: of that meeting, once."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.usecases import groups
from tests.members import as_leader
from tests.scheduler.fortnight import SAM, live, live_to
from tests.scheduler.postroom import Bot

PLANNED, NEXT = date(2026, 12, 3), date(2026, 12, 17)
"""Thursdays."""
FRIDAY, SATURDAY, MONDAY = (datetime(2026, 12, day, 10, tzinfo=UTC) for day in (4, 5, 7))


def asked(bot: Bot) -> list[tuple[datetime, str]]:
    """When the channel was asked, and of which day."""
    found = [(one.at, one.text) for one in bot.slack.posted if "that you'd do?" in one.text]
    return [(at, text.partition("said on ")[2].partition(" ")[0]) for at, text in found]


async def move(bot: Bot, planned: date, to: date, at: str = "14:00") -> None:
    await groups.move_meeting(bot.deps, await as_leader(bot.deps, SAM, "g7"), planned, to, at, bot.clock.now())


async def test_they_met_on_thursday_and_the_channel_is_asked_on_friday_at_ten(carers: Bot) -> None:
    await live_to(carers, FRIDAY.replace(hour=9, minute=59))
    assert asked(carers) == []
    await live(carers, MONDAY)
    assert asked(carers) == [(FRIDAY, "Thursday")]


async def test_sam_moves_it_to_friday_and_they_are_asked_on_monday_after_the_weekend(carers: Bot) -> None:
    await move(carers, PLANNED, FRIDAY.date())
    await live_to(carers, MONDAY)
    assert asked(carers) == [(MONDAY, "Friday")]


async def test_while_slack_refused_it_they_met_again_so_they_are_asked_of_that_meeting_alone(carers: Bot) -> None:
    await live_to(carers, FRIDAY.replace(hour=9))
    carers.slack.resting.add("T1")
    await live_to(carers, FRIDAY)
    await move(carers, NEXT, FRIDAY.date(), "15:00")
    await live_to(carers, FRIDAY.replace(hour=16))
    carers.slack.resting.clear()
    await live_to(carers, SATURDAY)
    assert asked(carers) == []
    await live_to(carers, MONDAY)
    assert asked(carers) == [(MONDAY, "Friday")]
