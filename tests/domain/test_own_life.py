"""A commitment's own life: whatever is pressed twice, late, by somebody else, or after somebody has left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.asks import Routed
from bot.domain.calls import call_at, calls_due, with_call
from bot.domain.commitments import Commitment, FirstStep, ProgressWords, State, make, progress, undo
from bot.domain.first_steps import another_day, awaited, happened, plan_next
from bot.domain.glad import latest
from bot.domain.news import NewsCode
from bot.domain.passing import MOST_ASKED, WHOEVER, may_take_up, pass_on
from bot.domain.problems import Problem, ProblemCode
from bot.domain.stuck import stuck_by
from bot.domain.tending import can_help, join, last_touched, say_more, take_out, take_up
from tests.domain.young_carers import at

NOW = at("2026-11-23", "09:00")
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)
SATURDAY = at("2026-11-28", "09:00")
HERE = {"jo", "amir", "margaret", "sam"}


def walk(**more: Any) -> Commitment:
    step = FirstStep(what="Ring the lead.", day=FRIDAY)
    made = make(id="c1", by="jo", what="Walk the ward.", part="", first_step=step, benefit="", now=NOW)
    return replace(made, **more)


def code(problem: pytest.ExceptionInfo[Problem]) -> ProblemCode:
    return problem.value.code


# -- the first step's day ----------------------------------------------------------------


def test_it_happened_said_twice_is_one_line_and_changes_no_state() -> None:
    once = happened(walk(state=State.TENDING), by="jo", day=FRIDAY, now=SATURDAY)
    assert (once.state, once.history[-1].step, awaited(once)) == (State.TENDING, "Ring the lead.", False)
    assert happened(once, by="jo", day=FRIDAY, now=SATURDAY + timedelta(hours=1)) == once


def test_what_happened_can_be_undone_and_is_awaited_again() -> None:
    once = happened(walk(), by="jo", day=FRIDAY, now=SATURDAY)
    assert awaited(undo(once, by="jo", since=SATURDAY, now=SATURDAY))


def test_nobody_but_its_maker_says_how_it_went() -> None:
    with pytest.raises(Problem) as told:
        happened(join(walk(), "amir", NOW), by="amir", day=FRIDAY, now=SATURDAY)
    assert code(told) is ProblemCode.NOT_ITS_MAKER


@pytest.mark.parametrize("meanwhile", ["another day", "let go"])
def test_an_answer_that_comes_late_says_so(meanwhile: str) -> None:
    moved = another_day(walk(), by="jo", was=FRIDAY, day=TUESDAY, why="", now=SATURDAY, today=FRIDAY)
    now = moved if meanwhile == "another day" else progress(walk(), by="jo", state=State.LET_GO, now=SATURDAY)
    with pytest.raises(Problem) as told:
        happened(now, by="jo", day=FRIDAY, now=SATURDAY)
    assert code(told) is ProblemCode.STEP_GONE


def test_another_day_keeps_the_day_before_and_why_and_sent_twice_is_one_change() -> None:
    moved = another_day(walk(), by="jo", was=FRIDAY, day=TUESDAY, why="She was away.", now=SATURDAY, today=MONDAY)
    assert moved.first_step == FirstStep(what="Ring the lead.", day=TUESDAY)
    assert [(one.first_step.day, one.why) for one in moved.rewordings] == [(FRIDAY, "She was away.")]
    again = another_day(moved, by="jo", was=FRIDAY, day=TUESDAY, why="She was away.", now=SATURDAY, today=MONDAY)
    assert again == moved


@pytest.mark.parametrize("day", [FRIDAY, date(2029, 1, 1)])
def test_another_day_is_one_that_is_still_to_come(day: date) -> None:
    with pytest.raises(Problem) as told:
        another_day(walk(), by="jo", was=FRIDAY, day=day, why="", now=SATURDAY, today=MONDAY)
    assert told.value.field == "first_day"


def test_the_next_step_begins_anew_where_the_first_has_happened() -> None:
    done = happened(walk(), by="jo", day=FRIDAY, now=SATURDAY)
    following = plan_next(done, day=TUESDAY, why="", now=SATURDAY, today=MONDAY)
    assert following.first_step == FirstStep(day=TUESDAY)
    assert following.rewordings[-1].first_step.happened_at == SATURDAY
    assert plan_next(walk(), day=FRIDAY, why="", now=SATURDAY, today=MONDAY) == walk()


def test_free_words_of_before_stay_until_a_day_is_picked() -> None:
    old = walk(first_step=FirstStep(what="Ring.", when="Friday, by phone"))
    words = ProgressWords(state=None, note="", noticed="")
    assert say_more(old, by="jo", words=words, now=NOW, today=FRIDAY).first_step.when == "Friday, by phone"
    picked = plan_next(old, day=TUESDAY, why="", now=NOW, today=FRIDAY)
    assert picked.first_step == FirstStep(what="Ring.", day=TUESDAY)


# -- passing it on -----------------------------------------------------------------------


def test_at_most_three_are_asked_each_since_they_were_and_whoever_stands_for_all() -> None:
    once = pass_on(walk(), to=["amir", "jo", "amir"], now=NOW)
    more = pass_on(once, to=["amir", "sam", "margaret", "wei"], now=SATURDAY)
    assert [(one.to, one.at) for one in more.passing] == [("amir", NOW), ("sam", SATURDAY), ("margaret", SATURDAY)]
    assert len(more.passing) == MOST_ASKED
    assert [one.to for one in pass_on(walk(), to=["amir", WHOEVER], now=NOW).passing] == [WHOEVER]


def test_the_first_yes_has_it_and_the_second_hears_that_somebody_holds_it() -> None:
    offered = pass_on(join(walk(), "sam", NOW), to=["amir", "margaret"], now=NOW)
    taken = take_up(offered, "amir", HERE, SATURDAY)
    assert (taken.made_by, taken.tenders, taken.passing, taken.glad) == ("amir", ("amir", "sam"), (), ())
    assert [(one.by, one.of) for one in taken.taken_up] == [("amir", "jo")]
    assert [one.to for one in taken.news if one.by == "amir"] == ["jo"]
    assert take_up(taken, "amir", HERE, SATURDAY) == taken
    with pytest.raises(Problem) as told:
        take_up(taken, "margaret", HERE, SATURDAY)
    assert code(told) is ProblemCode.HELD_ALREADY


def test_what_its_maker_was_stuck_with_wants_tending_once_somebody_takes_it_up() -> None:
    taken = take_up(pass_on(stuck(), to=["amir"], now=NOW), "amir", HERE, SATURDAY)
    assert (taken.state, stuck_by(taken, taken.tenders)) == (State.TENDING, [])


def test_whom_it_was_not_passed_to_cant_take_it_up_nor_anybody_once_it_has_ended() -> None:
    offered = pass_on(walk(), to=["amir"], now=NOW)
    assert not may_take_up(offered, "margaret")
    ended = say_more(
        offered, by="jo", words=ProgressWords(state=State.DONE, note="", noticed=""), now=NOW, today=FRIDAY
    )
    assert ended.passing == ()
    assert not may_take_up(ended, "amir")


def test_only_its_maker_passes_it_on() -> None:
    words = ProgressWords(state=None, note="Mine.", noticed="", day=TUESDAY, pass_to=("sam",))
    said = say_more(join(walk(), "amir", NOW), by="amir", words=words, now=SATURDAY, today=MONDAY)
    assert (said.passing, said.first_step.day) == ((), FRIDAY)


# -- that it has ended -------------------------------------------------------------------


def said(commitment: Commitment, state: State, note: str = "", minutes: int = 0) -> Commitment:
    words = ProgressWords(state=state, note=note, noticed="")
    return say_more(commitment, by="jo", words=words, now=NOW + timedelta(minutes=minutes), today=FRIDAY)


def untold(commitment: Commitment) -> list[str]:
    return [one.to for one in commitment.news if one.code is NewsCode.ENDED and not one.told]


def test_amir_hears_once_that_it_has_ended_whatever_jo_adds_or_sends_twice() -> None:
    done = said(join(walk(), "amir", NOW), State.DONE, "Every night.")
    assert untold(done) == untold(said(done, State.DONE, "Every night.", 1)) == ["amir"]
    assert untold(said(done, State.DONE, "And at weekends.", 2)) == ["amir"]
    assert untold(said(done, State.LET_GO, "It is not.", 3)) == ["amir"]


def test_amir_hears_nothing_where_jo_says_in_time_that_it_goes_on() -> None:
    done = said(join(walk(), "amir", NOW), State.DONE, minutes=1)
    assert untold(said(done, State.MOVING, minutes=2)) == []
    assert untold(progress(done, by="jo", state=State.STUCK, now=NOW + timedelta(minutes=2))) == []
    assert untold(undo(done, by="jo", since=NOW, now=NOW)) == []


def test_amir_hears_it_all_the_same_where_jo_takes_back_what_she_added_to_it() -> None:
    added = said(said(join(walk(), "amir", NOW), State.DONE, minutes=1), State.DONE, "And at weekends.", 2)
    assert untold(undo(added, by="jo", since=NOW, now=NOW)) == ["amir"]


# -- glad to hear, stuck, taken out ------------------------------------------------------


def test_latest__is_the_last_line_with_words_or_another_state() -> None:
    made = walk()
    assert latest(made) is None
    assert latest(progress(made, by="jo", state=State.MOVING, now=SATURDAY, still=True)) is None
    said = progress(made, by="jo", state=None, now=SATURDAY, note="They rang.")
    after = progress(said, by="jo", state=None, now=SATURDAY + timedelta(days=1), still=True)
    assert latest(after) == said.history[-1]


def stuck() -> Commitment:
    return progress(walk(), by="jo", state=State.STUCK, now=NOW + timedelta(hours=1))


def test_helpers_are_called_ten_minutes_later_and_once_for_each_time_it_got_stuck() -> None:
    due = NOW + timedelta(hours=1, minutes=10)
    assert calls_due(stuck(), due - timedelta(seconds=1)) == []
    assert calls_due(stuck(), due) == ["jo"]
    called = with_call(stuck(), "jo", [Routed(to="amir")], due)
    assert with_call(called, "jo", [Routed(to="sam")], due) == called
    moving = progress(called, by="jo", state=State.MOVING, now=SATURDAY)
    again = progress(moving, by="jo", state=State.STUCK, now=SATURDAY + timedelta(hours=1))
    assert call_at(again, "jo") == SATURDAY + timedelta(hours=1, minutes=10)


def test_undone_meanwhile_nobody_is_called() -> None:
    undone = undo(stuck(), by="jo", since=NOW + timedelta(minutes=1), now=NOW)
    assert with_call(undone, "jo", [Routed(to="amir")], NOW + timedelta(hours=2)).calls == ()


def test_what_has_long_been_stuck_when_the_bot_comes_back_calls_nobody() -> None:
    assert calls_due(stuck(), NOW + timedelta(days=4)) == []


@pytest.mark.parametrize("touch", ["joins", "helps", "says"])
def test_what_others_have_touched_is_not_taken_out(touch: str) -> None:
    take_out(walk(), "jo")
    joined = join(walk(), "amir", NOW)
    touched = {
        "joins": joined,
        "helps": can_help(walk(), "amir", NOW, HERE),
        "says": replace(progress(joined, by="amir", state=None, now=NOW, note="Me too."), tenders=("jo",)),
    }[touch]
    with pytest.raises(Problem) as told:
        take_out(touched, "jo")
    assert code(told) is ProblemCode.TOUCHED_BY_OTHERS


def test_last_touched__is_whatever_was_last_said_changed_or_taken_up() -> None:
    assert last_touched(walk(history=())) == NOW
    moved = another_day(walk(), by="jo", was=FRIDAY, day=TUESDAY, why="", now=SATURDAY, today=MONDAY)
    assert last_touched(moved) == SATURDAY
