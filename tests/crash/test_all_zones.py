"""Every IANA zone over ten years: a leader's weekly nine o'clock comes once a week, at nine on their own wall.

It takes a while, so it stands with what takes long; some zones are in `tests/domain/test_ten_years.py` too.
"""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

import pytest

from tests.domain.ten_years import every_change, every_monday, rules

NAMES = sorted(available_timezones() - {"localtime", "posixrules", "Factory"})


@cache
def distinct() -> list[str]:
    """One zone of each set of rules that there is."""
    found: dict[object, str] = {}
    for name in NAMES:
        found.setdefault(rules(name), name)
    return list(found.values())


@pytest.mark.parametrize("part", range(5))
def test_each_week_a_leader_is_asked_once_at_nine_through_every_change_of_their_clock(part: int) -> None:
    """For each set of rules that any zone has in these years."""
    for name in distinct()[part::5]:
        every_change(name)


@pytest.mark.parametrize("part", range(5))
def test_each_of_ten_years_weeks_has_its_round_and_its_monday_at_nine_wherever_sam_lives(part: int) -> None:
    for name in distinct()[part::5]:
        every_monday(name)


def test_there_are_some_sixty_sets_of_rules_and_every_zone_has_one_of_them() -> None:
    """Fewer, and two that differ would be taken for the same."""
    assert 40 < len(distinct()) < 120
    assert {rules(name) for name in NAMES} == {rules(name) for name in distinct()}
