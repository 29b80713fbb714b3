"""Commitments between peers: who may say what of them, and that pressing twice is pressing once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commitments import (
    Commitment,
    FirstStep,
    Progress,
    State,
    make,
    progress,
    reword,
)
from bot.domain.problems import Problem, ProblemCode
from bot.domain.tending import (
    can_help,
    collective,
    held_by_nobody,
    join,
    state_since,
    step_back,
    take_up,
    tended_by,
)
from tests.domain.young_carers import at

NOW = at("2026-11-23", "09:00")
LATER = NOW + timedelta(days=1)
HERE = {"margaret", "jo", "amir"}


def walk(id_: str = "c1", by: str = "jo", **more: Any) -> Commitment:
    made = make(id=id_, by=by, what="Walk the ward.", part="", first_step=FirstStep(), benefit="", now=NOW)
    return replace(made, **more)


def test_who_makes_it_tends_it_and_its_history_begins() -> None:
    c = walk()
    assert c.tenders == ("jo",)
    assert [(p.state, p.by, p.at) for p in c.history] == [(State.MOVING, "jo", NOW)]


def test_saying_again_that_it_is_stuck_begins_nothing_anew() -> None:
    first = walk().history
    stuck = [Progress(at=NOW + timedelta(days=day), by="jo", state=State.STUCK) for day in (2, 9)]
    other = Progress(at=NOW + timedelta(days=5), by="amir", state=State.MOVING)
    c = walk(state=State.STUCK, history=(*first, stuck[0], other, stuck[1]))
    assert state_since(c) == NOW + timedelta(days=2)
    assert state_since(walk()) == NOW


@pytest.mark.parametrize("wish", ["make", "reword"])
def test_a_commitment_that_says_nothing_is_asked_for_at_its_field(wish: str) -> None:
    words: dict[str, Any] = {"what": "", "part": "", "first_step": FirstStep(), "benefit": ""}
    with pytest.raises(Problem) as told:
        reword(walk(), by="jo", now=LATER, **words) if wish == "reword" else make(
            id="c1", by="jo", now=NOW, **words
        )
    assert told.value.field == "what"


def test_other_words_leave_the_history_as_it_was() -> None:
    step = FirstStep(what="Ring.")
    c = reword(walk(), by="jo", what="Walk two wards.", part="Mine.", first_step=step, benefit="x", now=LATER)
    assert (c.what, c.part, c.first_step.what, c.history) == ("Walk two wards.", "Mine.", "Ring.", walk().history)


@pytest.mark.parametrize("state", State)
def test_a_tap_adds_a_line_unless_it_stands_there_already(state: State) -> None:
    once = progress(walk(), by="jo", state=state, now=LATER)
    assert once.state is state
    assert len(once.history) == (1 if state is State.MOVING else 2)
    assert progress(once, by="jo", state=state, now=LATER + timedelta(hours=1)) == once


def test_words_are_kept_once_and_other_words_once_more() -> None:
    once = progress(walk(), by="jo", state=State.STUCK, now=LATER, note="Need keys.", noticed="Calmer.")
    assert progress(once, by="jo", state=State.STUCK, now=LATER, note="Need keys.", noticed="Calmer.") == once
    again = progress(once, by="jo", state=State.STUCK, now=LATER, note="Found keys.")
    assert [p.note for p in again.history] == ["", "Need keys.", "Found keys."]


@pytest.mark.parametrize("by", ["amir", "", "sam"])
def test_nobody_speaks_for_those_who_tend_it(by: str) -> None:
    with pytest.raises(Problem, match=ProblemCode.NOT_TENDED):
        progress(walk(), by=by, state=State.DONE, now=LATER)
    with pytest.raises(Problem, match=ProblemCode.NOT_ITS_MAKER):
        reword(walk(), by=by, what="x", part="", first_step=FirstStep(), benefit="", now=LATER)


def test_joining_is_by_ones_own_wish_and_once() -> None:
    offered = can_help(walk(), "amir", LATER, HERE)
    joined = join(offered, "amir", LATER)
    assert (joined.tenders, joined.helpers) == (("jo", "amir"), ())
    assert join(joined, "amir", LATER) == joined


def test_stepping_back_leaves_it_to_the_others_and_the_maker_lets_it_go_instead() -> None:
    joined = join(walk(), "amir", LATER)
    left = step_back(joined, "amir", LATER)
    assert left.tenders == ("jo",)
    assert [(one.by, one.at) for one in left.stepped_back] == [("amir", LATER)]
    assert step_back(left, "amir", LATER) == left
    for one in (joined, left):
        with pytest.raises(Problem, match=ProblemCode.LAST_TENDER):
            step_back(one, "jo", LATER)


def test_offering_help_twice_is_once_and_a_tender_is_told_they_are_seen_already() -> None:
    once = can_help(walk(), "amir", LATER, HERE)
    assert can_help(once, "amir", LATER, HERE) == once
    with pytest.raises(Problem, match=ProblemCode.TENDED_ALREADY):
        can_help(once, "jo", LATER, HERE)


@pytest.mark.parametrize(
    ("tenders", "together"),
    [(("jo",), False), (("jo", "priya"), False), (("jo", "amir"), True), (("jo", "gone"), False), ((), False)],
)
def test_it_is_collective_when_two_organisations_tend_it(tenders: tuple[str, ...], together: bool) -> None:
    organisations = {"jo": "Trust", "priya": "Trust", "amir": "Fire"}
    assert collective(walk(tenders=tenders), organisations) is together


def test_what_somebody_tends_is_open_and_oldest_first() -> None:
    mine = [
        walk("c3", made_at=LATER),
        walk("c2"),
        walk("c1"),
        walk("c4", state=State.DONE),
        walk("c5", state=State.LET_GO),
        walk("c6", by="amir"),
    ]
    assert [c.id for c in tended_by(mine, "jo")] == ["c1", "c2", "c3"]


def test_what_a_maker_left_is_held_by_nobody_until_the_first_who_takes_it_up() -> None:
    here = {"sam", "amir"}
    c = replace(walk(), tenders=("jo", "sam"), helpers=("amir",))
    assert held_by_nobody(c, here)
    taken = take_up(c, "amir", here, LATER)
    assert (taken.made_by, taken.tenders, taken.helpers) == ("amir", ("amir", "sam"), ())
    assert taken.history[0].by == "jo"
    assert not held_by_nobody(taken, here)
    assert take_up(taken, "amir", here, LATER) == taken
    with pytest.raises(Problem) as told:
        take_up(taken, "sam", here, LATER)
    assert told.value.code is ProblemCode.HELD_ALREADY


def test_what_its_maker_holds_or_is_over_is_not_to_be_taken_up() -> None:
    assert not held_by_nobody(walk(), {"jo"})
    assert not held_by_nobody(replace(walk(), state=State.DONE), {"sam"})
    with pytest.raises(Problem):
        take_up(walk(), "sam", {"jo", "sam"}, LATER)
