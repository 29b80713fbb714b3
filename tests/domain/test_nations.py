"""Whose holidays somebody keeps, and which days are working days there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.nations import (
    _calendar,
    find_nation,
    nation_name,
    nation_of,
    next_working_day,
    previous_working_day,
    working_day,
)
from bot.domain.problems import Problem, ProblemCode
from bot.views.problem_sentences import said
from tests.domain.young_carers import sentence, unhurried

NATIONS = [
    "",
    "GB",
    "GB-ENG",
    "GB-SCT",
    "GB-WLS",
    "GB-NIR",
    "IE",
    "IN",
    "IN-MH",
    "US",
    "US-NY",
    "IL",
    "AE",
    "JP",
    "CN",
]


def public_holiday(day: date, nation: str) -> str | None:
    """The holiday's name, or None on any other day."""
    return _calendar(nation, day.year).get(day) if nation else None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Scotland", "GB-SCT"),
        ("gb-sct", "GB-SCT"),
        ("northern ireland", "GB-NIR"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        (" Ireland ", "IE"),
        ("India", "IN"),
        ("in-mh", "IN-MH"),
        ("USA", "US"),
        ("germany", "DE"),
        ("Côte d’Ivoire", "CI"),
    ],
)
def test_amir_types_his_country_and_it_is_found(typed: str, found: str) -> None:
    assert find_nation(typed) == found


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Scotlnd", "I don't know the country “Scotlnd”. Did you mean Scotland?"),
        ("GB-ZZ", "I don't know the country “GB-ZZ”. Name a country, such as Scotland, Ireland or India."),
        ("  ", "Which country? Name a country, such as Scotland, Ireland or India."),
    ],
)
def test_an_unknown_country_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(Problem) as problem:
        find_nation(typed, "nation")
    assert said(problem.value) == sentence


@pytest.mark.parametrize("nation", ["XX", "GB-ZZZ", "gb", "England", "-", "HolidayBase"])
def test_a_stored_nation_that_is_not_known_is_a_problem_not_a_crash(nation: str) -> None:
    with pytest.raises(Problem, match=ProblemCode.HOLIDAYS_UNKNOWN):
        public_holiday(date(2026, 12, 25), nation)


@pytest.mark.parametrize(
    ("day", "nation", "name"),
    [
        ("2026-12-25", "GB", "Christmas Day"),
        ("2026-12-28", "GB", "Boxing Day (observed)"),
        ("2026-04-06", "GB", "Easter Monday"),
        ("2026-04-06", "GB-SCT", None),
        ("2026-01-02", "GB-SCT", "New Year Holiday"),
        ("2026-01-02", "GB-ENG", None),
        ("2027-01-04", "GB-SCT", "New Year Holiday (observed)"),
        ("2026-07-13", "GB-NIR", "Battle of the Boyne (observed)"),
        ("2026-03-17", "IE", "Saint Patrick's Day"),
        ("2026-11-26", "US", "Thanksgiving Day"),
        ("2026-11-08", "IN", "Diwali"),
        ("2026-11-10", "IN-MH", "Diwali (Bali Pratipada)"),
        ("2026-12-25", "", None),
    ],
)
def test_each_nation_keeps_its_own_holidays(day: str, nation: str, name: str | None) -> None:
    found = public_holiday(date.fromisoformat(day), nation)
    assert found == name or (name is not None and found is not None and name in found)


@pytest.mark.parametrize(
    ("day", "nation", "before", "after"),
    [
        ("2026-12-25", "GB", "2026-12-24", "2026-12-29"),
        ("2026-12-31", "GB-SCT", "2026-12-30", "2027-01-05"),
        ("2026-12-31", "GB-ENG", "2026-12-30", "2027-01-04"),
        ("2026-12-03", "GB", "2026-12-02", "2026-12-04"),
        ("2026-12-03", "IL", "2026-12-02", "2026-12-06"),
        ("2026-12-04", "", "2026-12-03", "2026-12-07"),
    ],
)
def test_working_days_on_either_side(day: str, nation: str, before: str, after: str) -> None:
    assert previous_working_day(date.fromisoformat(day), nation) == date.fromisoformat(before)
    assert next_working_day(date.fromisoformat(day), nation) == date.fromisoformat(after)


@unhurried
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(NATIONS))
def test_nothing_between_a_day_and_its_next_working_day_is_one(day: date, nation: str) -> None:
    after = next_working_day(day, nation)
    assert working_day(after, nation)
    assert after > day
    assert previous_working_day(after, nation) <= day


def test_whoever_joins_begins_with_the_nation_of_their_zone() -> None:
    assert nation_of("Europe/London") == "GB"
    assert nation_of("Asia/Calcutta") == "IN"
    assert nation_of("Asia/Kolkata") == "IN"
    assert nation_of("UTC") == ""
    assert nation_of("Nowhere") == ""


def test_nations_are_called_what_people_call_them() -> None:
    assert nation_name("GB-SCT") == "Scotland"
    assert nation_name("GB") == "United Kingdom"
    assert nation_name("IN-MH") == "India (MH)"
    assert nation_name("") == ""


@unhurried
@given(st.text(max_size=60))
def test_whatever_is_typed_there_is_a_nation_or_a_short_sentence(typed: str) -> None:
    assert len(sentence(lambda: public_holiday(date(2026, 1, 1), find_nation(typed)))) < 300
