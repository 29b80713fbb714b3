"""Days, times and zones as people say them, and days as they type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.problems import Problem
from bot.views.dates import read_day, say_day, say_time, zone_label
from bot.views.problem_sentences import said
from tests.domain.test_zones import PLACES
from tests.domain.young_carers import at, sentence, unhurried


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-27", "today"),
        ("2026-11-28", "Saturday"),
        ("2026-12-03", "Thursday"),
        ("2026-12-04", "Friday 4 December"),
        ("2026-11-26", "Thursday 26 November"),
        ("2027-01-07", "Thursday 7 January 2027"),
        ("2026-01-07", "Wednesday 7 January 2026"),
        ("2028-02-29", "Tuesday 29 February 2028"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: str, said: str) -> None:
    assert say_day(date.fromisoformat(day), date(2026, 11, 27)) == said


@pytest.mark.parametrize(
    ("where", "winter", "summer"),
    [
        ("Europe/London", "09:00 GMT", "10:00 BST"),
        ("Europe/Dublin", "09:00 GMT", "10:00 IST"),
        ("Asia/Kolkata", "14:30 IST", "14:30 IST"),
        ("Asia/Kathmandu", "14:45 UTC+5:45", "14:45 UTC+5:45"),
        ("America/Sao_Paulo", "06:00 UTC−3", "06:00 UTC−3"),
        ("Asia/Dubai", "13:00 UTC+4", "13:00 UTC+4"),
        ("Africa/Casablanca", "10:00 UTC+1", "10:00 UTC+1"),
        ("America/New_York", "04:00 EST", "05:00 EDT"),
        ("Australia/Lord_Howe", "20:00 UTC+11", "19:30 UTC+10:30"),
        ("America/St_Johns", "05:30 NST", "06:30 NDT"),
        ("Antarctica/Troll", "09:00 UTC", "11:00 UTC+2"),
    ],
)
def test_a_time_is_said_with_what_people_call_its_clock(where: str, winter: str, summer: str) -> None:
    assert say_time(at("2026-12-03", "09:00"), where) == winter
    assert say_time(at("2026-07-02", "09:00"), where) == summer


def test_no_zone_is_called_by_a_bare_number() -> None:
    labels = {zone_label(at("2026-12-03", "09:00"), name) for name in PLACES}
    assert [label for label in labels if not (label.isalpha() or label.startswith("UTC"))] == []


@pytest.mark.parametrize("typed", ["2026-12-03", "3/12/2026", "03.12.2026", "3 December 2026", " 3  dec 2026 "])
def test_a_date_is_read_as_picked_or_typed(typed: str) -> None:
    assert read_day(typed) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "I can't read “” as a date. Write it as 2026-12-03."),
        ("soon", "I can't read “soon” as a date. Write it as 2026-12-03."),
        ("2026-02-30", "There is no such day as “2026-02-30”. Please pick another."),
        ("0000-01-01", "There is no such day as “0000-01-01”. Please pick another."),
        ("3 Brumaire 2026", "There is no such day as “3 Brumaire 2026”. Please pick another."),
        ("٢٠٢٦-١٢-٠٣", "I can't read “٢٠٢٦-١٢-٠٣” as a date. Write it as 2026-12-03."),
    ],
)
def test_a_date_that_is_none_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(Problem) as problem:
        read_day(typed, "until")
    assert (said(problem.value), problem.value.field) == (sentence, "until")


@unhurried
@given(st.text(max_size=50))
def test_whatever_is_typed_for_a_date_nothing_breaks(typed: str) -> None:
    assert len(sentence(lambda: read_day(typed))) < 150
