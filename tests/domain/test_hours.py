"""The clock on the wall, and the hours in which people may be sent something."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.hours import from_local, must_be_future, next_allowed, read_clock, to_local
from bot.domain.problems import Problem, ProblemCode
from bot.views.problem_sentences import said
from tests.domain.young_carers import at, sentence, unhurried, utc, within_hours

PLACES = sorted(name for name in available_timezones() if "/" in name)
zones = st.sampled_from(PLACES)
clocks = st.times().map(lambda time: f"{time:%H:%M}")
days = st.dates(date(2010, 1, 1), date(2037, 12, 30))
moments = st.integers(0, 15 * 366 * 86400).map(lambda seconds: at("2020-01-01") + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("day", "clock", "where", "moment"),
    [
        ("2026-12-03", "09:00", "Europe/London", "2026-12-03T09:00Z"),
        ("2026-07-02", "09:00", "Europe/London", "2026-07-02T08:00Z"),
        ("2026-12-03", "09:00", "Asia/Kolkata", "2026-12-03T03:30Z"),
        ("2026-12-03", "09:00", "Asia/Kathmandu", "2026-12-03T03:15Z"),
        ("2026-12-03", "09:00", "Pacific/Kiritimati", "2026-12-02T19:00Z"),
        # The clock goes forward: a time that is not there is the first moment after the gap.
        ("2026-03-29", "01:30", "Europe/London", "2026-03-29T01:00Z"),
        ("2026-03-29", "02:30", "Europe/Paris", "2026-03-29T01:00Z"),
        ("2026-03-08", "02:30", "America/New_York", "2026-03-08T07:00Z"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30Z"),
        ("2011-12-30", "09:00", "Pacific/Apia", "2011-12-30T10:00Z"),  # a whole day that Samoa left out
        # It goes back: a time that comes twice is the first of the two.
        ("2026-10-25", "01:30", "Europe/London", "2026-10-25T00:30Z"),
        ("2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30Z"),
        ("2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04T14:45Z"),
    ],
)
def test_a_time_on_the_wall_is_one_moment(day: str, clock: str, where: str, moment: str) -> None:
    assert from_local(date.fromisoformat(day), clock, where) == datetime.fromisoformat(moment)


@settings(unhurried, max_examples=300)
@given(days, clocks, zones)
def test_the_wall_shows_that_time_or_the_first_after_a_gap(day: date, clock: str, where: str) -> None:
    moment = from_local(day, clock, where)
    shown = to_local(moment, where).replace(tzinfo=None)
    wanted = datetime.fromisoformat(f"{day}T{clock}")
    if shown == wanted:
        earlier = [moment - timedelta(minutes=minutes) for minutes in range(30, 200, 30)]
        assert all(to_local(one, where).replace(tzinfo=None) != wanted for one in earlier)
    else:
        before = to_local(moment - timedelta(seconds=1), where).replace(tzinfo=None)
        assert before < wanted < shown


@settings(unhurried, max_examples=60)
@given(zones, st.integers(2015, 2035))
def test_nine_on_mondays_stays_nine_all_year_in_every_zone(where: str, year: int) -> None:
    mondays = [date(year, 1, 5) + timedelta(weeks=week) for week in range(52)]
    moments = [from_local(monday, "09:00", where) for monday in mondays]
    assert [f"{to_local(moment, where):%H:%M}" for moment in moments] == ["09:00"] * 52
    assert all(
        abs((later - sooner) - timedelta(weeks=1)) <= timedelta(hours=3) for sooner, later in pairwise(moments)
    )


@pytest.mark.parametrize(
    ("day", "london", "new_york"),
    [
        ("2026-03-02", "Mon 02 Mar 09:00", "Mon 02 Mar 14:00"),
        ("2026-03-09", "Mon 09 Mar 09:00", "Mon 09 Mar 13:00"),  # New York has changed, London not yet
        ("2026-03-30", "Mon 30 Mar 08:00", "Mon 30 Mar 13:00"),
        ("2026-10-26", "Mon 26 Oct 09:00", "Mon 26 Oct 13:00"),  # London has, New York not
        ("2026-11-02", "Mon 02 Nov 09:00", "Mon 02 Nov 14:00"),
    ],
)
def test_london_and_new_york_change_on_different_days(day: str, london: str, new_york: str) -> None:
    assert utc(from_local(date.fromisoformat(day), "09:00", "Europe/London")) == london
    assert utc(from_local(date.fromisoformat(day), "09:00", "America/New_York")) == new_york


@pytest.mark.parametrize(
    ("moment", "where", "nation", "allowed"),
    [
        ("2026-12-03T09:00Z", "Europe/London", "GB", "Thu 03 Dec 09:00"),
        ("2026-12-03T07:59Z", "Europe/London", "GB", "Thu 03 Dec 08:00"),
        ("2026-12-03T17:59Z", "Europe/London", "GB", "Thu 03 Dec 17:59"),
        ("2026-12-03T18:00Z", "Europe/London", "GB", "Fri 04 Dec 08:00"),
        ("2026-12-04T18:00Z", "Europe/London", "GB", "Mon 07 Dec 08:00"),
        ("2026-12-24T20:00Z", "Europe/London", "GB", "Tue 29 Dec 08:00"),
        ("2026-12-31T18:00Z", "Europe/London", "GB-SCT", "Tue 05 Jan 08:00"),
        ("2026-12-31T18:00Z", "Europe/London", "GB-ENG", "Mon 04 Jan 08:00"),
        ("2026-12-03T18:00Z", "Pacific/Auckland", "NZ", "Thu 03 Dec 19:00"),
        ("2026-11-09T13:00Z", "Asia/Kolkata", "IN-MH", "Wed 11 Nov 02:30"),  # Diwali (Bali Pratipada)
        ("2026-12-03T09:00Z", "Asia/Dubai", "AE", "Fri 04 Dec 04:00"),  # National Day
        ("2026-03-28T12:00Z", "Europe/London", "GB", "Mon 30 Mar 07:00"),  # over the change of the clock
    ],
)
def test_nothing_goes_outside_somebodys_hours(moment: str, where: str, nation: str, allowed: str) -> None:
    assert utc(next_allowed(datetime.fromisoformat(moment), where, nation, "08:00", "18:00")) == allowed


@settings(unhurried, max_examples=300)
@given(moments, zones, st.sampled_from(["", "GB", "GB-SCT", "IN", "IE", "US", "IL"]))
def test_the_next_allowed_moment_is_the_first_one_that_is_inside_the_hours(
    moment: datetime, where: str, nation: str
) -> None:
    allowed = next_allowed(moment, where, nation, "08:00", "18:00")
    assert within_hours(allowed, where, nation, "08:00", "18:00")
    assert next_allowed(allowed, where, nation, "08:00", "18:00") == allowed
    if within_hours(moment, where, nation, "08:00", "18:00"):
        assert allowed == moment
    else:
        assert allowed > moment
        assert not within_hours(allowed - timedelta(seconds=1), where, nation, "08:00", "18:00")


def test_hours_that_never_come_are_a_bug_not_an_endless_search() -> None:
    with pytest.raises(ValueError, match="No day has hours"):
        next_allowed(at("2026-12-03"), "UTC", "", "18:00", "08:00")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-11-26", "Thursday 26 November is in the past. Please pick a later day."),
        ("2026-11-27", "I need a day after today. Please pick a later day."),
        ("2029-01-01", "That is more than two years away. Please pick an earlier day."),
    ],
)
def test_back_on_a_day_that_has_passed_or_is_out_of_sight_is_asked_again(day: str, sentence: str) -> None:
    with pytest.raises(Problem) as problem:
        must_be_future(date.fromisoformat(day), date(2026, 11, 27))
    assert said(problem.value) == sentence


def test_today_counts_where_it_may() -> None:
    assert must_be_future(date(2026, 11, 27), date(2026, 11, 27), today_counts=True) == date(2026, 11, 27)
    assert must_be_future(date(2026, 11, 28), date(2026, 11, 27)) == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("typed", "clock"), [("9:00", "09:00"), ("09.30", "09:30"), ("23:59", "23:59"), ("9:00:00", "09:00")]
)
def test_a_time_of_day_is_read_as_picked_or_typed(typed: str, clock: str) -> None:
    assert read_clock(typed) == clock


@pytest.mark.parametrize("typed", ["", "9", "24:00", "09:60", "nine", "-1:00", "٠٩:٠٠", "9:00pm"])
def test_a_time_that_is_none_is_answered_with_a_sentence(typed: str) -> None:
    with pytest.raises(Problem, match=ProblemCode.TIME_UNREADABLE):
        read_clock(typed)


@unhurried
@given(st.text(max_size=50))
def test_whatever_is_typed_for_a_time_nothing_breaks(typed: str) -> None:
    assert len(sentence(lambda: read_clock(typed))) < 150
