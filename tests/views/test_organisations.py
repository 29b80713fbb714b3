"""The choice of an organisation, and the announcement of who speaks for which."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.groups import NowSpeaks, OrganisationsPost
from bot.domain.people import Leader
from bot.domain.problems import Problem, ProblemCode
from bot.views.organisations import (
    ANOTHER,
    ORGANISATION,
    OTHER_ORGANISATION,
    announcement,
    organisation_inputs,
    read_organisation,
    with_choice,
)
from tests.views.typed import NOW, circle_of, group, person


def leaders(many: int) -> dict[str, Leader]:
    return {
        f"p{n}": Leader(person_id=f"p{n}", organisation=f"Organisation {n:03}", joined_at=NOW) for n in range(many)
    }


def chosen(value: str, **more: str) -> dict[str, Any]:
    typed = {field: {field: {"value": text}} for field, text in more.items()}
    return {ORGANISATION: {ORGANISATION: {"selected_option": {"value": value}}}, **typed}


def test_of_two_hundred_organisations_a_menu_offers_as_many_as_slack_takes_and_always_ones_own() -> None:
    drawn: Any = organisation_inputs(leaders(200), "Organisation 199")
    [menu] = drawn
    options = menu["element"]["options"]
    assert len(options) == 100
    assert menu["element"]["initial_option"]["value"] == "=Organisation 199"
    assert options[-1]["value"] == ANOTHER


def test_who_spoke_for_one_that_the_group_does_not_know_finds_it_typed_already() -> None:
    drawn: Any = organisation_inputs(leaders(2), "Riverside Police")
    menu, typed = drawn
    assert menu["element"]["initial_option"]["value"] == ANOTHER
    assert typed["element"]["initial_value"] == "Riverside Police"


def test_read_organisation__chosen_or_typed() -> None:
    assert read_organisation(chosen("=Riverside Police")) == "Riverside Police"
    assert read_organisation(chosen("=Riverside Police", **{OTHER_ORGANISATION: "Fire"})) == "Riverside Police"
    assert read_organisation(chosen(ANOTHER, **{OTHER_ORGANISATION: "  Fire "})) == "Fire"
    assert read_organisation({ORGANISATION: {ORGANISATION: {"value": "Fire"}}}) == "Fire", "a form of before"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (chosen(ANOTHER), ORGANISATION),
        (chosen(ANOTHER, **{OTHER_ORGANISATION: " \u200b"}), OTHER_ORGANISATION),
        ({}, ORGANISATION),
    ],
)
def test_read_organisation__none_is_refused_at_a_field_that_is_there(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Problem, match=ProblemCode.ORGANISATION_MISSING) as refused:
        read_organisation(values)
    assert refused.value.field == field


def test_with_choice__there_and_back_is_the_form_as_it_was() -> None:
    before: Any = {"type": "modal", "title": {}, "blocks": organisation_inputs(leaders(2), "Organisation 001")}
    there: Any = with_choice(before | {"state": {"values": chosen(ANOTHER)}})
    assert [block["block_id"] for block in there["blocks"]] == [ORGANISATION, OTHER_ORGANISATION]
    option = before["blocks"][0]["element"]["initial_option"]
    values = {ORGANISATION: {ORGANISATION: {"selected_option": option}}}
    back: Any = with_choice(there | {"state": {"values": values}})
    assert back == {"type": "modal", "blocks": before["blocks"]}


@pytest.mark.parametrize("many", [1, 9])
def test_an_announcement_of_who_speaks_for_whom_is_short(many: int) -> None:
    """A line each, and one below."""
    line = NowSpeaks(person_id="p0", name="Margaret", before="", after="Riverside Police", new=True)
    post = OrganisationsPost(id="first", at=NOW + timedelta(minutes=10), lines=(line,) * many)
    drawn = announcement(circle_of([person("p0")], ["Riverside Police"], group()), post)
    assert len(drawn.text.split()) <= 10 * many + 9
