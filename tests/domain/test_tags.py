"""The group's own tags: two at most, one spelling each, and the list is what commitments carry."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Commitment
from bot.domain.problems import Problem, ProblemCode
from bot.domain.tags import known, spelt_as, split
from tests.domain.young_carers import at

NOW = at("2026-11-23", "09:00")


def tagged(*tags: str, day: int = 0) -> Commitment:
    made = Commitment(id=f"c{day}", what="Walk.", made_by="jo", made_at=NOW, tenders=("jo",))
    return replace(made, tags=tags, made_at=NOW + timedelta(days=day))


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        (" , ;", ()),
        ("beds", ("beds",)),
        ("#beds, short   breaks", ("beds", "short breaks")),
        ("Beds, schools, beds", ("Beds", "schools")),
        ("Straße; STRASSE", ("Straße",)),
    ],
)
def test_what_was_typed_is_read_as_tags(typed: str, tags: tuple[str, ...]) -> None:
    assert split(typed) == tags


@pytest.mark.parametrize(
    ("typed", "code"),
    [("beds, schools, breaks", ProblemCode.TAGS_TOO_MANY), ("a" * 31, ProblemCode.TAG_TOO_LONG)],
)
def test_a_third_and_a_long_one_are_asked_for_at_their_field(typed: str, code: ProblemCode) -> None:
    with pytest.raises(Problem) as told:
        split(typed, "tags")
    assert (told.value.code, told.value.field) == (code, "tags")


def test_the_list_is_what_commitments_carry_the_most_first_spelt_as_first() -> None:
    some = [tagged("schools", day=3), tagged("Short breaks", day=1), tagged("short BREAKS", day=2), tagged()]
    assert known(some) == ["Short breaks", "schools"]
    assert spelt_as(("SCHOOLS", "Beds"), some) == ("schools", "Beds")
