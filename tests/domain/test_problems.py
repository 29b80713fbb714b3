"""Whoever fills in a form is told of everything that is wrong with it at once."""

from __future__ import annotations

import pytest

from bot.domain.problems import Problem, Problems, read_all


def wrong(sentence: str, field: str | None = None) -> object:
    raise Problem(sentence, field)


def test_where_all_is_well_it_is_made() -> None:
    assert read_all(dict, name=lambda: "Jo", zone=lambda: "UTC") == {"name": "Jo", "zone": "UTC"}


def test_one_problem_is_raised_as_it_is() -> None:
    with pytest.raises(Problem, match=r"No zone\.") as found:
        read_all(dict, name=lambda: "Jo", zone=lambda: wrong("No zone.", "zone"))
    assert type(found.value) is Problem
    assert found.value.each == (found.value,)


def test_several_are_raised_together_also_from_a_form_within_a_form() -> None:
    with pytest.raises(Problems) as found:
        read_all(
            dict,
            name=lambda: wrong("No name.", "name"),
            group=lambda: read_all(dict, day=lambda: wrong("No day.", "day"), at=lambda: wrong("No time.")),
        )
    assert [(one.sentence, one.field) for one in found.value.each] == [
        ("No name.", "name"),
        ("No day.", "day"),
        ("No time.", None),
    ]
    assert found.value.sentence == "No name. No day. No time."


def test_what_is_not_a_problem_goes_its_own_way() -> None:
    with pytest.raises(ZeroDivisionError):
        read_all(dict, name=lambda: wrong("No name."), half=lambda: 1 / 0)
