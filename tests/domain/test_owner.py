"""A commitment belongs to its maker: others join in, suggest and help, and the maker hears of it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from bot.domain.as_read import version_of
from bot.domain.commitments import Commitment, FirstStep, Rewording, State, make, progress, reword, undo
from bot.domain.news import NewsCode, news_for, told
from bot.domain.problems import Problem, ProblemCode
from bot.domain.stuck import stuck_by
from bot.domain.tending import can_help, join, leave, suggest, take
from tests.domain.young_carers import at

NOW = at("2026-11-23", "09:00")
LATER = NOW + timedelta(days=1)
EVEN_LATER = LATER + timedelta(days=1)
HERE = {"margaret", "jo", "amir"}


def walk() -> Commitment:
    """Margaret's; Jo has joined in."""
    made = make(id="c1", by="margaret", what="Walk.", part="", first_step=FirstStep(), benefit="", now=NOW)
    return join(made, "jo", LATER)


def reworded(commitment: Commitment, by: str, what: str = "Run.") -> Commitment:
    return reword(commitment, by=by, what=what, part="", first_step=FirstStep(), benefit="", now=EVEN_LATER)


def test_jo_cannot_change_margaret_s_words_and_can_suggest_others() -> None:
    with pytest.raises(Problem, match=ProblemCode.NOT_ITS_MAKER):
        reworded(walk(), "jo")
    suggested = suggest(walk(), by="jo", what="Run.", now=LATER, here=HERE)
    assert suggested.what == "Walk."
    assert [news.code for _, news in news_for([suggested], "margaret")] == [NewsCode.JOINED, NewsCode.SUGGESTED]
    assert suggest(suggested, by="jo", what="Run.", now=EVEN_LATER, here=HERE) == suggested


def test_margaret_takes_the_words_and_how_they_were_stays_in_the_history() -> None:
    suggested = suggest(walk(), by="jo", what="Run.", now=LATER, here=HERE)
    taken = take(suggested, by="margaret", of="jo", now=EVEN_LATER, read=version_of("Run."))
    assert (taken.what, taken.suggestions) == ("Run.", ())
    assert taken.rewordings == (Rewording(at=EVEN_LATER, by="margaret", what="Walk."),)
    assert [news.code for _, news in news_for([taken], "jo")] == [NewsCode.TAKEN]
    with pytest.raises(Problem, match=ProblemCode.SUGGESTION_GONE):
        take(taken, by="margaret", of="jo", now=EVEN_LATER)


def test_margaret_leaves_the_words_and_nobody_is_told() -> None:
    suggested = suggest(walk(), by="jo", what="Run.", now=LATER, here=HERE)
    left = leave(suggested, by="margaret", of="jo", read=version_of("Run."))
    assert (left.what, left.suggestions, news_for([left], "jo")) == ("Walk.", (), [])
    for by in ("jo", "amir"):
        with pytest.raises(Problem, match=ProblemCode.NOT_ITS_MAKER):
            leave(suggested, by=by, of="jo")


@pytest.mark.parametrize("read", [version_of("Run, and call."), ""])
def test_margaret_takes_and_leaves_nothing_that_she_has_not_read(read: str) -> None:
    """Nor by a button of before December 2026, which holds no version, while she has not been told."""
    suggested = suggest(walk(), by="jo", what="Run.", now=LATER, here=HERE)
    for answered in (partial(take, now=EVEN_LATER), leave):
        with pytest.raises(Problem, match=ProblemCode.WORDS_CHANGED):
            answered(suggested, by="margaret", of="jo", read=read)
    heard = told(suggested, "margaret", LATER)
    assert take(heard, by="margaret", of="jo", now=EVEN_LATER).what == "Run."


def test_the_same_words_again_are_no_change() -> None:
    assert reworded(walk(), "margaret", "Walk.") == walk()


@pytest.mark.parametrize("state", [State.DONE, State.LET_GO])
def test_its_end_is_margaret_s_to_say(state: State) -> None:
    with pytest.raises(Problem, match=ProblemCode.NOT_ITS_MAKER):
        progress(walk(), by="jo", state=state, now=EVEN_LATER)
    assert progress(walk(), by="margaret", state=state, now=EVEN_LATER).state is state


def test_jo_says_how_it_goes_under_her_own_name_and_the_state_stays_margaret_s() -> None:
    said = progress(walk(), by="jo", state=State.STUCK, now=EVEN_LATER)
    assert said.state is State.MOVING
    assert (said.history[-1].by, said.history[-1].state) == ("jo", State.STUCK)
    assert stuck_by(said, said.tenders) == ["jo"]
    assert stuck_by(progress(said, by="jo", state=State.MOVING, now=EVEN_LATER), said.tenders) == []


def test_both_may_be_stuck_and_the_longest_comes_first() -> None:
    one = progress(walk(), by="jo", state=State.STUCK, now=LATER)
    both = progress(one, by="margaret", state=State.STUCK, now=EVEN_LATER)
    assert stuck_by(both, both.tenders) == ["jo", "margaret"]
    assert stuck_by(progress(both, by="margaret", state=State.DONE, now=EVEN_LATER), both.tenders) == []


def test_help_reaches_whoever_is_stuck_and_else_the_maker() -> None:
    stuck = progress(walk(), by="jo", state=State.STUCK, now=LATER)
    assert [news.code for _, news in news_for([can_help(stuck, "amir", EVEN_LATER, HERE)], "jo")] == [
        NewsCode.CAN_HELP
    ]
    assert [one.code for _, one in news_for([can_help(walk(), "amir", EVEN_LATER, HERE)], "margaret")][1:] == [
        NewsCode.CAN_HELP
    ]


def test_who_was_told_is_told_once_and_what_came_later_still_waits() -> None:
    helped = can_help(walk(), "amir", EVEN_LATER, HERE)
    assert [news.code for _, news in news_for([told(helped, "margaret", LATER)], "margaret")] == [NewsCode.CAN_HELP]
    assert news_for([told(helped, "margaret", EVEN_LATER)], "margaret") == []


def test_a_tap_is_undone_and_what_others_said_after_it_is_not() -> None:
    stuck = progress(walk(), by="margaret", state=State.STUCK, now=LATER)
    assert undo(stuck, by="margaret", since=LATER, now=EVEN_LATER) == walk()
    assert undo(stuck, by="jo", since=LATER, now=EVEN_LATER) == stuck
    assert undo(stuck, by="margaret", since=EVEN_LATER, now=EVEN_LATER) == stuck
    both = progress(stuck, by="jo", state=State.MOVING, now=EVEN_LATER)
    assert undo(both, by="margaret", since=LATER, now=EVEN_LATER) == progress(
        walk(), by="jo", state=State.MOVING, now=EVEN_LATER
    )
