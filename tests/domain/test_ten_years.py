"""Every IANA zone over ten years: a leader's weekly nine o'clock comes once a week, at nine on their own wall."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.hours import at_wall, wall
from bot.domain.rhythm import week_name

NAMES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
MONDAYS = [date(2026, 1, 5) + timedelta(weeks=number) for number in range(522)]


@pytest.mark.parametrize("tenth", range(10))
def test_nine_on_monday_comes_once_a_week_through_every_change_of_the_clock(tenth: int) -> None:
    for name in NAMES[tenth::10]:
        moments = [at_wall(monday, "09:00", name) for monday in MONDAYS]
        shown = {f"{wall(moment, name):%a %H:%M}" for moment in moments}
        assert shown == {"Mon 09:00"}, name
        assert len({week_name(wall(moment, name).date()) for moment in moments}) == len(MONDAYS), name
        changes = [after - before - timedelta(weeks=1) for before, after in pairwise(moments)]
        assert max(map(abs, changes)) <= timedelta(hours=3), name


@pytest.mark.parametrize("clock", ["01:30", "02:00", "02:30", "00:00"])
def test_a_time_in_the_night_of_a_change_comes_once_and_never_before_its_time(clock: str) -> None:
    """Every day: one that the clock leaps over is the first moment after, one that comes twice is the first."""
    for name in ("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut"):
        days = [date(2026, 1, 1) + timedelta(days=number) for number in range(3652)]
        moments = [at_wall(day, clock, name) for day in days]
        assert moments == sorted(set(moments)), name
        for day, moment in zip(days, moments, strict=True):
            there = moment.astimezone(ZoneInfo(name))
            assert (there.date(), f"{there:%H:%M}" >= clock) == (day, True), (name, day)
