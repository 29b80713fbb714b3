"""Some zones over ten years: a leader's weekly nine o'clock comes once a week, at nine on their own wall.

Chosen for what their clocks do; that all others do it too is shown in `tests/crash/test_all_zones.py`.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours import from_local
from tests.domain.ten_years import BEGIN, END, every_change, every_monday, lived, rules

CHOSEN = (
    "Europe/London",
    "Asia/Kolkata",  # never changes
    "Pacific/Auckland",  # summer is in January, and days are a day ahead
    "Australia/Lord_Howe",  # by half an hour
    "America/Santiago",  # at midnight
    "Africa/Casablanca",  # for Ramadan, so each year at another time
    "Antarctica/Troll",  # by two hours
)


@pytest.mark.parametrize("name", CHOSEN)
def test_each_week_a_leader_is_asked_once_at_nine_through_every_change_of_their_clock(name: str) -> None:
    every_change(name)


@pytest.mark.slow
def test_ten_years_in_london_are_one_life() -> None:
    lived("Europe/London", BEGIN, END)


@pytest.mark.parametrize("name", CHOSEN)
def test_each_of_ten_years_weeks_has_its_round_and_its_monday_at_nine(name: str) -> None:
    every_monday(name)


def test_a_zones_rules_are_all_changes_of_its_clock() -> None:
    assert len(rules("Europe/London")) == 1 + 2 * 10
    assert len(rules("Asia/Kolkata")) == 1


@pytest.mark.parametrize("clock", ["01:30", "02:00", "02:30", "00:00"])
def test_a_time_in_the_night_of_a_change_comes_once_and_never_before_its_time(clock: str) -> None:
    """Every day: one that the clock leaps over is the first moment after, one that comes twice is the first."""
    for name in ("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut"):
        days = [date(2026, 1, 1) + timedelta(days=number) for number in range(3652)]
        moments = [from_local(day, clock, name) for day in days]
        assert moments == sorted(set(moments)), name
        for day, moment in zip(days, moments, strict=True):
            there = moment.astimezone(ZoneInfo(name))
            assert (there.date(), f"{there:%H:%M}" >= clock) == (day, True), (name, day)
