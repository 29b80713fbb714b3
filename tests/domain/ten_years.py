"""A leader's weekly nine o'clock over ten years in any zone, for the tests in a few zones and in all."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.checkins import answered, prompt_at
from bot.domain.groups import Group
from bot.domain.hours import to_local
from bot.domain.outbox import Entry, Kind
from bot.domain.people import Leader, Person
from bot.domain.rounds import Round, coming_round, week_name
from tests.domain.young_carers import FIRST_THURSDAYS, Life, group, leader, person

BEGIN, END = datetime(2026, 1, 4, 12, tzinfo=UTC), datetime(2036, 1, 4, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)
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


class Answering(Life):
    """The leader answers at once, so that they are asked every week."""

    def _send(self, entry: Entry, now: datetime) -> None:
        super()._send(entry, now)
        if entry.person_id and self.latest:
            self.checkins[entry.person_id] = answered(self.checkins[entry.person_id])


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


def every_change(name: str) -> None:
    """Each week in which that clock changes, and the ones before and after."""
    for begin, end in stretches(name):
        lived(name, begin, end)


def every_monday(name: str) -> None:
    """What the plan goes by, also in the weeks between two changes."""
    of, sam, leads = group_and_sam(name)
    latest: Round | None = None
    for monday in mondays(BEGIN, END):
        latest = coming_round(of, latest, monday - timedelta(hours=12))
        asked_at = prompt_at(sam, leads, latest, of.rhythm)
        assert asked_at, (name, monday)
        assert f"{to_local(asked_at, name):%F %H:%M}" == f"{monday:%F} 09:00", name
        assert latest.name == week_name(monday.date()), name
