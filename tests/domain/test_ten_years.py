"""Every IANA zone over ten years: a leader's weekly nine o'clock comes once a week, at nine on their own wall."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from msgspec.structs import replace

from bot.domain.checkins import answered, prompt_at
from bot.domain.groups import Group
from bot.domain.hours import from_local, to_local
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person
from bot.domain.rhythm import Round, coming_round, week_name
from tests.domain.young_carers import FIRST_THURSDAYS, Life, group, leader, person

BEGIN, END = datetime(2026, 1, 4, 12, tzinfo=UTC), datetime(2036, 1, 4, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)
NAMES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})
LONG_BEFORE = datetime(2025, 6, 2, tzinfo=UTC)


@cache
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


def stretches(name: str) -> list[tuple[datetime, datetime]]:
    """From one Sunday noon to another: the weeks in which that clock changes and the ones before and after, as one
    where they overlap; a year where it never changes."""
    found: list[tuple[datetime, datetime]] = []
    for change, _ in rules(name)[1:]:
        sunday = BEGIN + (change - BEGIN) // WEEK * WEEK
        begin, end = max(BEGIN, sunday - WEEK), min(END, sunday + 2 * WEEK)
        if found and begin <= found[-1][1]:
            begin = found.pop()[0]
        found.append((begin, end))
    return found or [(BEGIN, BEGIN + 52 * WEEK)]


def mondays(begin: datetime, end: datetime) -> list[datetime]:
    """Midnight (UTC) of those that come between two noons."""
    first = begin + timedelta(hours=12)
    return [first + number * WEEK for number in range(-((first - end) // WEEK))]


def group_and_sam(name: str) -> tuple[Group, Person, Leader]:
    of = replace(group(FIRST_THURSDAYS, zone=name, nation=""), set_up_at=LONG_BEFORE)
    return of, person("sam", name, ""), leader("sam", joined_at=LONG_BEFORE)


def lived(name: str, begin: datetime, end: datetime) -> None:
    """By the scheduler's own plan, looked at when it says so."""
    of, sam, leads = group_and_sam(name)
    life = Answering(of, [sam], [leads])
    asked = {key: at for key, at in life.live(begin, end).items() if key.startswith(Kind.CHECK_IN)}
    assert {f"{to_local(at, name):%a %H:%M}" for at in asked.values()} == {"Mon 09:00"}, name
    weeks = [week_name(monday.date()) for monday in mondays(begin, end)]
    assert [week_name(to_local(at, name).date()) for at in asked.values()] == weeks, name
    assert [key.split(":")[2] for key in asked] == weeks, name


FEW = (
    "Europe/London",
    "America/New_York",
    "America/St_Johns",  # half an hour off
    "Asia/Kolkata",  # never changes
    "Australia/Lord_Howe",  # changes by half an hour
    "Pacific/Auckland",
    "Africa/Casablanca",  # changes around Ramadan
    "Europe/Dublin",  # its winter is the exception
)
"""One zone of each sort. All of them take a third of the time of `make test`, so that is `make test-crash`'s."""

every_zone = pytest.mark.every_zone
PARTS = [pytest.param(part, marks=every_zone) for part in range(5)]


def names_of(part: int | None) -> list[str]:
    """The zones of one part of all there are; None: a chosen few."""
    return list(FEW) if part is None else distinct()[part::5]


@pytest.mark.parametrize("part", [None, *PARTS])
def test_each_week_a_leader_is_asked_once_at_nine_through_every_change_of_their_clock(part: int | None) -> None:
    """For each set of rules that any zone has in these years."""
    for name in names_of(part):
        for begin, end in stretches(name) if part is not None else stretches(name)[:4]:
            lived(name, begin, end)


@every_zone
def test_ten_years_in_london_are_one_life() -> None:
    lived("Europe/London", BEGIN, END)


@pytest.mark.parametrize("part", [None, *PARTS])
def test_each_of_ten_years_weeks_has_its_round_and_its_monday_at_nine_wherever_sam_lives(part: int | None) -> None:
    """What the plan goes by, also in the weeks between two changes."""
    for name in names_of(part):
        of, sam, leads = group_and_sam(name)
        latest: Round | None = None
        for monday in mondays(BEGIN, END):
            latest = coming_round(of, latest, monday - timedelta(hours=12))
            asked_at = prompt_at(sam, leads, latest, of.rhythm)
            assert asked_at, (name, monday)
            assert f"{to_local(asked_at, name):%F %H:%M}" == f"{monday:%F} 09:00", name
            assert latest.name == week_name(monday.date()), name


@every_zone
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
        moments = [from_local(day, clock, name) for day in days]
        assert moments == sorted(set(moments)), name
        for day, moment in zip(days, moments, strict=True):
            there = moment.astimezone(ZoneInfo(name))
            assert (there.date(), f"{there:%H:%M}" >= clock) == (day, True), (name, day)
