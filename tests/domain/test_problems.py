"""Whoever fills in a form is told of everything that is wrong with it at once."""

from __future__ import annotations

import pytest

from bot.domain.problems import Problem, ProblemCode, Problems, read_all


def wrong(code: ProblemCode, field: str | None = None) -> object:
    raise Problem(code, field)


def test_where_all_is_well_it_is_made() -> None:
    assert read_all(dict, name=lambda: "Jo", zone=lambda: "UTC") == {"name": "Jo", "zone": "UTC"}


def test_one_problem_is_raised_as_it_is() -> None:
    with pytest.raises(Problem, match=ProblemCode.ZONE_MISSING) as found:
        read_all(dict, name=lambda: "Jo", zone=lambda: wrong(ProblemCode.ZONE_MISSING, "zone"))
    assert type(found.value) is Problem
    assert found.value.each == (found.value,)


def test_several_are_raised_together_also_from_a_form_within_a_form() -> None:
    with pytest.raises(Problems) as found:
        read_all(
            dict,
            name=lambda: wrong(ProblemCode.NAME_MISSING, "name"),
            group=lambda: read_all(
                dict, day=lambda: wrong(ProblemCode.DAY_TODAY, "day"), at=lambda: wrong(ProblemCode.TIME_PASSED)
            ),
        )
    assert [(one.code, one.field) for one in found.value.each] == [
        (ProblemCode.NAME_MISSING, "name"),
        (ProblemCode.DAY_TODAY, "day"),
        (ProblemCode.TIME_PASSED, None),
    ]


def test_what_is_not_a_problem_goes_its_own_way() -> None:
    with pytest.raises(ZeroDivisionError):
        read_all(dict, name=lambda: wrong(ProblemCode.NAME_MISSING), half=lambda: 1 / 0)
