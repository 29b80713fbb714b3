"""A plate: shared, changed, sent twice, pulled back; what the group may see of it and what it may not."""

from __future__ import annotations

import pytest

from bot.domain.plate import (
    ME_LANE,
    ORGANISATION_LANE,
    Audience,
    Plate,
    Words,
    add,
    answers,
    of,
    pull_back,
    seen_by_group,
    share,
    told_earlier,
)
from bot.domain.problems import Problem, ProblemCode

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
    assert not any(seen_by_group(answer) for answer in answers(back))
    assert [a.text for a in answers(back)] == [a.text for a in answers(plate)]
    assert back.me == plate.me
    assert pull_back(back) == back


@pytest.mark.parametrize(
    "lanes",
    [
        (said("Beds."), NOTHING, NOTHING),
        (said("Beds.", Audience.ME), said("Tired.", Audience.ME), NOTHING),
        (said("Beds.", Audience.ME), NOTHING, said("Us.")),
    ],
)
def test_the_group_sees_what_is_for_the_group(lanes: tuple[Words, Words, Words]) -> None:
    plate = shared(*lanes)
    for lane, words in zip(("organisation", "me", "question"), lanes, strict=True):
        assert seen_by_group(of(plate, lane)) == (words.text if words.audience is Audience.GROUP else "")
    assert of(None, "me") is None


def added(before: Plate | None, words: Words, lane: str = ORGANISATION_LANE) -> Plate:
    return add(before, person_id="jo", round="2026-W48", lane=lane, words=words)


def test_what_is_added_stands_under_what_is_there_once() -> None:
    one = added(None, said("Beds."))
    both = added(one, said("Nurses."))
    assert both.organisation is not None
    assert both.organisation.text == "Beds.\nNurses."
    assert added(both, said("Beds.")) == added(both, said("Nurses.")) == both
    assert added(both, said("Bed")) != both, "part of a line is another"


@pytest.mark.parametrize(
    ("there", "more", "code"),
    [
        (Audience.ME, Audience.GROUP, ProblemCode.LANE_FOR_ME),
        (Audience.GROUP, Audience.ME, ProblemCode.LANE_FOR_EVERYONE),
    ],
)
def test_words_are_not_added_to_words_for_another_audience(
    there: Audience, more: Audience, code: ProblemCode
) -> None:
    before = shared(said("Beds.", there), said("Tired.", there))
    for lane in (ORGANISATION_LANE, ME_LANE):
        with pytest.raises(Problem, match=code):
            added(before, said("More.", more), lane)


def test_what_was_pulled_back_is_private_so_nothing_for_everyone_is_added() -> None:
    before = pull_back(shared(said("Beds."), said("Tired.")))
    with pytest.raises(Problem, match=ProblemCode.LANE_FOR_ME):
        added(before, said("More."))
    mine = added(before, said("More.", Audience.ME), ME_LANE)
    assert mine.organisation == before.organisation


def test_what_gets_too_long_is_refused_and_nothing_is_cut() -> None:
    before = added(None, said("x" * 2000))
    assert added(before, said("y" * 999)).organisation is not None
    with pytest.raises(Problem, match=ProblemCode.TYPED_TOO_LONG):
        added(before, said("y" * 1000))


def test_of_a_plate_that_never_came_before_the_group_it_knows_what_it_was_told_before() -> None:
    first = shared(said("Beds are full."))
    second = share(
        None,
        person_id="jo",
        round="2026-W50",
        organisation=said("Beds are full."),
        me=said("Tired."),
        question=NOTHING,
        last=first,
    )
    known = told_earlier(second)
    assert (of(known, ORGANISATION_LANE), of(known, ME_LANE)) == (of(second, ORGANISATION_LANE), None)
    assert answers(told_earlier(first)) == []
