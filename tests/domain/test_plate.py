"""A plate: shared, changed, sent twice, pulled back; what the group may see of it and what it may not."""

from __future__ import annotations

import pytest

from bot.domain.plate import Audience, Plate, Words, answers, of, pull_back, seen_by_group, share, shares_with_group
from bot.domain.problems import Problem

NOTHING = Words(text="", audience=Audience.GROUP)


def said(text: str, audience: Audience = Audience.GROUP) -> Words:
    return Words(text=text, audience=audience)


def shared(
    organisation: Words = NOTHING,
    me: Words = NOTHING,
    question: Words = NOTHING,
    *,
    before: Plate | None = None,
) -> Plate:
    return share(
        before,
        person_id="jo",
        round="2026-W48",
        organisation=organisation,
        me=me,
        question=question,
    )


def test_jo_shares_one_lane_and_the_others_stay_empty() -> None:
    plate = shared(said("Beds."))
    assert [a.text for a in answers(plate)] == ["Beds."]
    assert (plate.me, plate.question) == (None, None)


def test_jo_sends_nothing_at_all_and_is_told_at_the_first_field() -> None:
    with pytest.raises(Problem) as told:
        shared()
    assert told.value.field == "organisation"


def test_jo_takes_everything_out_again_and_that_is_allowed() -> None:
    assert answers(shared(before=shared(said("Beds.")))) == []


def test_the_same_form_sent_twice_is_as_sent_once() -> None:
    once = shared(said("Beds."), said("Tired.", Audience.ME))
    assert shared(said("Beds."), said("Tired.", Audience.ME), before=once) == once


def test_pulled_back_nobody_sees_it_and_its_author_keeps_every_word() -> None:
    plate = shared(said("Beds."), said("Tired.", Audience.ME), said("Us."))
    back = pull_back(plate)
    assert not shares_with_group(back)
    assert [a.text for a in answers(back)] == [a.text for a in answers(plate)]
    assert back.me == plate.me
    assert pull_back(back) == back


@pytest.mark.parametrize(
    ("lanes", "seen"),
    [
        ((said("Beds."), NOTHING, NOTHING), True),
        ((said("Beds.", Audience.ME), said("Tired.", Audience.ME), NOTHING), False),
        ((said("Beds.", Audience.ME), NOTHING, said("Us.")), True),
    ],
)
def test_the_group_sees_what_is_for_the_group(lanes: tuple[Words, Words, Words], seen: bool) -> None:
    plate = shared(*lanes)
    assert shares_with_group(plate) is seen
    for lane, words in zip(("organisation", "me", "question"), lanes, strict=True):
        assert seen_by_group(of(plate, lane)) == (words.text if words.audience is Audience.GROUP else "")
    assert of(None, "me") is None
