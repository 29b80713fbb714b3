"""What people type for a zone, and what we call it."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.problems import Problem, ProblemCode
from bot.domain.zones import find_zone, zone
from bot.views.problem_sentences import said
from tests.domain.young_carers import sentence, unhurried

PLACES = sorted(name for name in available_timezones() if "/" in name)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("  Europe / London ", "Europe/London"),
        ("London, UK", "Europe/London"),
        ("\u200bLondon\u00a0", "Europe/London"),
        ("Kolkata", "Asia/Kolkata"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Kathmandu", "Asia/Kathmandu"),
        ("Istanbul", "Europe/Istanbul"),
        ("Manchester", "Europe/London"),
        ("Northern Ireland", "Europe/London"),
        ("india", "Asia/Kolkata"),
        ("Ireland", "Europe/Dublin"),
        ("UTC", "UTC"),
        ("Asia/Calcutta", "Asia/Calcutta"),
    ],
)
def test_sam_types_where_they_are_and_the_zone_is_found(typed: str, found: str) -> None:
    assert find_zone(typed) == found


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Lodnon", "I don't know the zone “Lodnon”. Did you mean Europe/London?"),
        ("xyzzy", "I don't know the zone “xyzzy”. Name a city, such as London, Belfast or New York."),
        ("", "Which zone? Name a city, such as London, Belfast or New York."),
        (" \u200b ", "Which zone? Name a city, such as London, Belfast or New York."),
        ("BST", "“BST” names a clock, not a place. Did you mean Europe/London?"),
        ("GMT", "“GMT” names a clock, not a place. Did you mean Europe/London, Europe/Dublin or UTC?"),
        ("ist", "“ist” names a clock, not a place. Did you mean Asia/Kolkata, Europe/Dublin or Asia/Jerusalem?"),
        (
            "USA",
            "United States has more than one zone. "
            "Did you mean America/New_York, America/Chicago or America/Los_Angeles?",
        ),
        (
            "x" * 3001,
            f"I don't know the zone “{'x' * 40}…”. Name a city, such as London, Belfast or New York.",
        ),
        (
            "../../etc/passwd",
            "I don't know the zone “../../etc/passwd”. Name a city, such as London, Belfast or New York.",
        ),
    ],
)
def test_what_is_not_one_zone_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(Problem) as problem:
        find_zone(typed, "zone")
    assert said(problem.value) == sentence
    assert problem.value.field == "zone"


def test_every_iana_name_is_found_by_itself_in_any_case() -> None:
    for name in PLACES:
        assert find_zone(name) == find_zone(name.upper()) == zone(name).key == name


@pytest.mark.parametrize("name", ["", "Europe", "Europe/Lodnon", "/etc/localtime", "../UTC", "a\0b", "x" * 5000])
def test_a_stored_name_that_is_no_zone_is_a_problem_not_a_crash(name: str) -> None:
    with pytest.raises(Problem, match=ProblemCode.ZONE_UNKNOWN):
        zone(name)


@settings(unhurried, max_examples=50)
@given(st.text(max_size=80))
def test_whatever_is_typed_there_is_a_zone_or_a_short_sentence(typed: str) -> None:
    said = sentence(lambda: zone(find_zone(typed)))
    assert len(said) < 300
    assert "\n" not in said
