"""Every IANA zone over ten years: a leader's weekly nine o'clock comes once a week, at nine on their own wall."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from msgspec.structs import replace

from bot.domain.checkins import answered
from bot.domain.hours import at_wall, wall
from bot.domain.outbox import Entry, Kind
from bot.domain.rhythm import week_name
from tests.domain.young_carers import FIRST_THURSDAYS, Life, group, leader, person

BEGIN, END = datetime(2026, 1, 4, 12, tzinfo=UTC), datetime(2036, 1, 4, 12, tzinfo=UTC)
TWO_YEARS = datetime(2028, 1, 2, 12, tzinfo=UTC)
NAMES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
LONG_BEFORE = datetime(2025, 6, 2, tzinfo=UTC)


def rules(name: str) -> tuple[tuple[datetime, timedelta | None], ...]:
    """All changes of a zone's clock in these years, to the second; zones with the same ones are the same to us."""
    zone = ZoneInfo(name)
    days = [BEGIN + timedelta(days=number) for number in range((END - BEGIN).days + 1)]
    offsets = [zone.utcoffset(day.astimezone(zone)) for day in days]
    found = [(BEGIN, offsets[0])]
    for day, old, new in zip(days, offsets, offsets[1:], strict=False):
        if old != new:
            seconds = bisect_left(range(86_400), True, key=lambda s, day=day, new=new: _at(zone, day, s) == new)
            found.append((day + timedelta(seconds=seconds), new))
    return tuple(found)


def _at(zone: ZoneInfo, day: datetime, seconds: int) -> timedelta | None:
    return (day + timedelta(seconds=seconds)).astimezone(zone).utcoffset()


@cache
def distinct() -> list[str]:
    """One zone of each set of rules that there is."""
    found: dict[object, str] = {}
    for name in NAMES:
        found.setdefault(rules(name), name)
    return list(found.values())


class Answering(Life):
    """The leader answers at once, so that they are asked every week."""

    def _send(self, entry: Entry, now: datetime) -> None:
        super()._send(entry, now)
        if entry.person_id and self.latest:
            self.checkins[entry.person_id] = answered(self.checkins[entry.person_id], self.latest, now)


def weeks(until: datetime) -> list[str]:
    """Names of all weeks that begin before."""
    mondays = [date(2026, 1, 5) + timedelta(weeks=number) for number in range((until - BEGIN).days // 7 + 1)]
    return [week_name(monday) for monday in mondays if monday < until.date()]


@pytest.mark.parametrize("part", range(5))
def test_each_week_a_leader_is_asked_once_at_nine_through_every_change_of_their_clock(part: int) -> None:
    """By the scheduler's own plan, looked at when it says so, for each set of rules that any zone has in these
    years; two years where the clock never changes, since there the weeks are all the same."""
    for name in distinct()[part::5]:
        until = END if len(rules(name)) > 1 else TWO_YEARS
        of = replace(group(FIRST_THURSDAYS, zone=name, nation=""), set_up_at=LONG_BEFORE)
        life = Answering(of, [person("sam", name, "")], [leader("sam", joined_at=LONG_BEFORE)])
        asked = {key: at for key, at in life.live(BEGIN, until).items() if key.startswith(Kind.CHECK_IN)}
        assert {f"{wall(at, name):%a %H:%M}" for at in asked.values()} == {"Mon 09:00"}, name
        assert [week_name(wall(at, name).date()) for at in asked.values()] == weeks(until), name
        assert [key.split(":")[2] for key in asked] == weeks(until), name


def test_there_are_some_sixty_sets_of_rules_and_every_zone_has_one_of_them() -> None:
    """Fewer, and two that differ would be taken for the same."""
    assert 40 < len(distinct()) < 120
    assert {rules(name) for name in NAMES} == {rules(name) for name in distinct()}
    assert len(rules("Europe/London")) == 1 + 2 * 10
    assert len(rules("Asia/Kolkata")) == 1


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
