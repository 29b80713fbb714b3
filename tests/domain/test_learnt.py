"""What we learnt: which of a commitment's history it is, how it is found, and what is pulled back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Commitment, FirstStep, State, make, progress, reword
from bot.domain.first_steps import another_day
from bot.domain.learning import Learnt, Sort
from bot.domain.learnt import all_learnt, learnt_from, matching, unsay, without
from bot.domain.snapshot import GroupSnapshot
from tests.domain.young_carers import at, group

NOW = at("2026-11-28", "12:00")
LATER = NOW + timedelta(days=9)
FRIDAY = NOW.date() + timedelta(days=6)
STEP = FirstStep(what="Ring the wards", day=FRIDAY)


def walk(**more: object) -> Commitment:
    made = make(id="c1", by="jo", what="Walk the ward", part="", first_step=STEP, benefit="", now=NOW)
    return replace(made, **more)


def other_words(c: Commitment, what: str, why: str = "", days: int = 9) -> Commitment:
    return reword(
        c, by="jo", what=what, part="", first_step=c.first_step, benefit="", now=NOW + timedelta(days=days), why=why
    )


def let_go(c: Commitment, note: str = "Nobody was awake.") -> Commitment:
    return progress(c, by="jo", state=State.LET_GO, now=LATER + timedelta(days=1), note=note)


def test_a_let_go_is_one_with_its_words_and_without() -> None:
    (one,) = learnt_from(let_go(walk()))
    assert (one.sort, one.what, one.words, one.by) == (Sort.LET_GO, "Walk the ward", "Nobody was awake.", "jo")
    (one,) = learnt_from(let_go(walk(), ""))
    assert one.words == ""


@pytest.mark.parametrize(
    ("c", "expected"),
    [
        (other_words(walk(), "Walk two wards", "One was not enough."), [("Walk the ward", "One was not enough.")]),
        (other_words(walk(), "Walk two wards"), [("Walk the ward", "")]),
        (other_words(walk(), "Walk two wards", days=0), []),
        (progress(walk(), by="jo", state=State.CHANGED, now=LATER, note="Now at six."), [("", "Now at six.")]),
        (progress(walk(), by="jo", state=State.CHANGED, now=LATER), []),
        (progress(walk(), by="jo", state=State.MOVING, now=LATER, note="It goes."), []),
        (progress(walk(), by="jo", state=State.DONE, now=LATER, note="It went."), []),
    ],
    ids=["other words", "without why", "while being put", "changed", "changed, no word", "moving", "done"],
)
def test_what_is_a_reshaping(c: Commitment, expected: list[tuple[str, str]]) -> None:
    assert [(one.was, one.words) for one in learnt_from(c)] == expected
    assert {one.sort for one in learnt_from(c)} <= {Sort.RESHAPED}


def test_another_day_is_one_where_they_say_why() -> None:
    day = FRIDAY + timedelta(days=7)
    moved = another_day(
        walk(), by="jo", was=FRIDAY, day=day, why="The wards were full.", now=LATER, today=LATER.date()
    )
    (one,) = learnt_from(moved)
    assert (one.sort, one.was, one.words) == (Sort.RESHAPED, "", "The wards were full.")
    silent = another_day(walk(), by="jo", was=FRIDAY, day=day, why="", now=LATER, today=LATER.date())
    assert not learnt_from(silent)


def carers(*kept: Commitment, learnt: dict[str, Learnt] | None = None) -> GroupSnapshot:
    return GroupSnapshot(
        group=group(), leaders={}, people={}, commitments={c.id: c for c in kept}, learnt=learnt or {}
    )


def test_the_newest_comes_first_and_what_stays_of_others_is_among_them_once() -> None:
    walked = let_go(other_words(walk(), "Walk two wards", "One was not enough."))
    older = replace(let_go(walk(id="c0")), history=())
    stays = Learnt(learnings=learnt_from(let_go(walk(id="c9"))))
    found = all_learnt(carers(walked, older, learnt={"c9": stays, "c1": Learnt(learnings=learnt_from(walked))}))
    assert [one.commitment_id for one in found] == ["c9", "c1", "c1"]
    assert found[1].sort is Sort.LET_GO


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", True),
        ("walking", True),
        ("wards walked", True),
        ("awake", True),
        ("the walk", True),
        ("the", True),
        ("form", False),
        ("walk form", False),
        ("…", True),
    ],
)
def test_it_is_found_by_stem_and_needs_every_word(typed: str, found: bool) -> None:
    assert bool(matching(learnt_from(let_go(walk())), typed)) == found


def test_pulled_back_words_are_gone_and_that_it_was_let_go_stays() -> None:
    gone = let_go(other_words(walk(), "Walk two wards", "One was not enough."))
    for one in learnt_from(gone):
        gone = unsay(gone, by="jo", at=one.at)
    assert [(one.words, one.what) for one in learnt_from(gone)] == [("", "Walk two wards")] * 2
    kept = Learnt(learnings=learnt_from(let_go(walk())))
    assert without(kept, "amir", kept.learnings[0].at) == kept, "nobody pulls back another's"
    assert without(kept, "jo", kept.learnings[0].at).learnings[0].words == ""
