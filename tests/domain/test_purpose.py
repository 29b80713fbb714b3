"""What a group is here for: drafted, said of, and the rule by which it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from bot.domain import erased, exported
from bot.domain.people import Leader
from bot.domain.problems import Problem, ProblemCode
from bot.domain.purpose import (
    Ended,
    Wording,
    ask_change,
    can_live,
    moved_on,
    open_changes,
    stands,
    take_back,
    withdraw_change,
    without_asked,
)
from bot.domain.purpose_days import brief_lines, still_in_brief
from tests.domain.purposes import (
    CASES,
    FOUR,
    LONG_AGO,
    PUT,
    WEEK,
    drafted,
    stood,
    stood_and_drafted,
)


@pytest.mark.parametrize(("wording", "here", "now", "expected"), CASES.values(), ids=CASES.keys())
def test_stands__by_the_rule(wording: Wording, here: Mapping[str, Leader], now: datetime, expected: bool) -> None:
    assert stands(wording, here, now, now.date()) is expected


def test_who_would_change_it_can_not_live_with_it_until_they_say_so_and_that_withdraws_it() -> None:
    first = can_live(drafted(), "w1", "jo", PUT)
    asked = ask_change(first, "w1", key="c1", by="jo", joined_at=LONG_AGO, text="By whom?", now=PUT)
    one = asked.under_way
    assert one is not None
    assert "jo" not in one.can_live
    assert [each.text for each in open_changes(one, FOUR, PUT)] == ["By whom?"]
    again = can_live(asked, "w1", "jo", WEEK).under_way
    assert again is not None
    assert "jo" in again.can_live
    assert (again.asked[0].text, again.asked[0].withdrawn_at, again.asked[0].reply.changes) == ("", WEEK, 1)


def test_asking_again_and_again_holds_it_up_for_a_fortnight_and_no_longer() -> None:
    purpose = ask_change(drafted(), "w1", key="c1", by="jo", joined_at=LONG_AGO, text="By whom?", now=PUT)
    purpose = withdraw_change(purpose, "w1", "jo", WEEK)
    later = PUT + timedelta(days=13)
    purpose = ask_change(purpose, "w1", key="c2", by="jo", joined_at=LONG_AGO, text="And when?", now=later)
    one = purpose.under_way
    assert one is not None
    assert [(each.id, each.text, each.at) for each in one.asked] == [("c1", "And when?", PUT)]
    assert open_changes(one, FOUR, later)
    assert not open_changes(one, FOUR, PUT + timedelta(days=14))
    same = ask_change(purpose, "w1", key="c3", by="jo", joined_at=LONG_AGO, text="And when?", now=later)
    assert same == purpose


def test_a_late_press_changes_nothing() -> None:
    after = drafted(drafted(), id="w2", sentence="Carers are heard.", base="w1")
    for press in (
        lambda: can_live(after, "w1", "jo", WEEK),
        lambda: ask_change(after, "w1", key="c", by="jo", joined_at=LONG_AGO, text="No.", now=WEEK),
        lambda: withdraw_change(after, "w1", "jo", WEEK),
        lambda: take_back(after, "w1", "sam", WEEK),
        lambda: can_live(stood(drafted()), "w1", "wei", WEEK),
        lambda: can_live(after, "never", "jo", WEEK),
    ):
        with pytest.raises(Problem) as raised:
            press()
        assert raised.value.code is ProblemCode.PURPOSE_SETTLED


def test_after_six_weeks_it_is_laid_aside_and_what_stood_stands() -> None:
    purpose = drafted(stood(drafted()), id="w2", by="jo", sentence="Carers are heard.", now=WEEK)
    before = WEEK + timedelta(days=42, minutes=-1)
    assert moved_on(purpose, FOUR, before, before.date()) == purpose
    done = moved_on(purpose, FOUR, WEEK + timedelta(days=42), WEEK.date())
    assert done.standing
    assert (done.standing.id, done.wordings[1].ended) == ("w1", Ended.LAID_ASIDE)


def test_what_people_would_have_changed_goes_after_its_time_and_the_wordings_stay() -> None:
    purpose = ask_change(drafted(), "w1", key="c1", by="jo", joined_at=LONG_AGO, text="By whom?", now=PUT)
    assert without_asked(purpose, WEEK) == purpose
    settled = take_back(purpose, "w1", "sam", WEEK)
    assert without_asked(settled, PUT) == settled
    assert [(one.sentence, one.asked) for one in without_asked(settled, WEEK).wordings] == [
        ("Carers are seen.", ())
    ]


def test_the_brief_has_what_is_under_way_until_it_is_taken_back() -> None:
    purpose = drafted()
    (line,) = brief_lines(purpose, PUT)
    assert (line.why, line.text, line.whose) == ("purpose", "Carers are seen.", ("sam",))
    assert not [*brief_lines(purpose, PUT - timedelta(hours=1))]
    assert not [*brief_lines(stood(purpose), WEEK)]
    assert still_in_brief(stood(purpose), line)
    assert not still_in_brief(take_back(purpose, "w1", "sam", WEEK), line)


def test_my_data_has_what_is_hers_and_erasing_her_leaves_what_stood_without_a_name() -> None:
    purpose = ask_change(
        stood_and_drafted(), "w2", key="c1", by="wei", joined_at=LONG_AGO, text="Shorter.", now=WEEK
    )
    assert [one.what for one in exported.purpose(purpose, "jo")] == ["purpose_draft", "purpose_can_live"]
    assert [(one.text, one.private) for one in exported.purpose(purpose, "wei")] == [("Shorter.", False)]
    without_jo = erased.purpose(purpose, "jo", False, WEEK)
    assert [(one.by, one.sentence) for one in without_jo.wordings] == [
        ("sam", "Carers are seen."),
        (erased.NOBODY, erased.NO_WORDS),
    ]
    assert without_jo.under_way is None
    assert erased.purpose(without_jo, "jo", False, WEEK) == without_jo
    assert erased.purpose(purpose, "jo", True, WEEK).wordings[1].sentence == "Carers are heard."
    gone = erased.purpose(erased.purpose(purpose, "wei", False, WEEK), "sam", False, WEEK)
    assert (gone.wordings[0].by, gone.wordings[0].sentence) == (erased.NOBODY, "Carers are seen.")
    assert [(one.by, one.text) for one in gone.wordings[1].asked] == [(erased.NOBODY, "")]
