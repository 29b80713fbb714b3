"""Drafting a purpose: one at a time, aims that keep their id, changes that people ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.drafting import aims_of, base_for
from bot.domain.groups import Group
from bot.domain.problems import Problem, ProblemCode
from bot.domain.purpose import (
    Aim,
    Ended,
    Purpose,
    Wording,
    can_live,
    stands,
    take_back,
)
from bot.domain.purpose_days import opens_at
from tests.domain.purposes import (
    FOUR,
    PUT,
    WEEK,
    drafted,
    stood,
    without,
)
from tests.domain.young_carers import group


def test_who_drafts_it_can_live_with_it_and_who_could_is_not_kept_once_it_stands() -> None:
    one = drafted().under_way
    assert one is not None
    assert one.can_live == {"sam": PUT}
    done = stood(drafted()).standing
    assert done is not None
    assert (done.can_live, done.stood_at, done.post.changes) == ({}, WEEK, 1)


def test_other_words_begin_afresh_and_every_wording_is_kept() -> None:
    first = can_live(drafted(), "w1", "jo", PUT)
    second = drafted(first, id="w2", sentence="Carers are heard.", base="w1", now=PUT + timedelta(days=1))
    assert [one.sentence for one in second.wordings] == ["Carers are seen.", "Carers are heard."]
    assert second.under_way
    assert second.under_way.can_live == {"sam": PUT + timedelta(days=1)}
    assert (second.wordings[0].ended, second.wordings[0].can_live) == (Ended.REPLACED, {})
    assert not stands(second.under_way, FOUR, WEEK, WEEK.date())


def test_a_second_draft_of_somebody_else_waits_for_the_first() -> None:
    with pytest.raises(Problem) as raised:
        drafted(drafted(), id="w2", by="jo", sentence="Mine.")
    assert (raised.value.code, raised.value.field) == (ProblemCode.PURPOSE_UNDER_WAY, "sentence")
    after = drafted(drafted(), id="w2", by="jo", sentence="Mine.", here=without(FOUR, "sam"))
    assert after.under_way
    assert after.under_way.by == "jo"
    assert base_for(stood(drafted()), "jo", FOUR) == stood(drafted()).standing


def test_the_same_form_twice_drafts_once_and_the_same_words_are_refused() -> None:
    assert drafted(drafted()) == drafted()
    with pytest.raises(Problem) as raised:
        drafted(stood(drafted()), id="w2", by="jo")
    assert raised.value.code is ProblemCode.PURPOSE_SAME
    with pytest.raises(Problem) as raised:
        drafted(sentence="")
    assert raised.value.code is ProblemCode.PURPOSE_EMPTY


AIMS = (Aim(id="a1", text="Seen"), Aim(id="a2", text="Heard"), Aim(id="a3", text="Rested"))
BASE = Wording(id="w0", by="sam", at=PUT, opens_at=PUT, sentence="For carers.", aims=AIMS)


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (("Seen", "Heard", "Rested"), ["a1", "a2", "a3"]),
        (("Seen early", "Heard", "Rested"), ["a1", "a2", "a3"]),
        (("", "Heard", "Rested"), ["a2", "a3"]),
        (("Heard", "Rested", ""), ["a2", "a3"]),
        (("Heard", "Fed", "Rested"), ["a2", "w1-2", "a3"]),
        (("Seen", "", "Rested", "Fed"), ["a1", "a3", "w1-4"]),
        (("Seen", "Seen", "Rested"), ["a1", "a3"]),
        (("Fed", "", "", "Seen"), ["w1-1", "a1"]),
    ],
)
def test_an_aim_keeps_its_id_with_its_words_or_with_its_field(texts: tuple[str, ...], ids: list[str]) -> None:
    assert [aim.id for aim in aims_of("w1", texts, BASE)] == ids


def test_five_aims_and_no_more_and_two_never_share_an_id() -> None:
    found = aims_of("w1", tuple("abcdefg"), BASE)
    assert [aim.text for aim in found] == list("abcde")
    assert len({aim.id for aim in found}) == 5


def test_its_author_alone_takes_it_back() -> None:
    with pytest.raises(Problem) as raised:
        take_back(drafted(), "w1", "jo", WEEK)
    assert raised.value.code is ProblemCode.NOT_YOURS
    after = take_back(drafted(), "w1", "sam", WEEK)
    assert (after.under_way, after.standing, after.wordings[0].ended) == (None, None, Ended.TAKEN_BACK)


def test_the_second_draft_of_a_day_is_put_to_all_on_the_next_working_day() -> None:
    here: Group = group()
    assert opens_at(Purpose(), here, PUT) == PUT
    later = PUT + timedelta(hours=5)
    assert opens_at(drafted(), here, later) == datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert opens_at(drafted(), here, WEEK) == WEEK
