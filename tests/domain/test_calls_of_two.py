"""Two are stuck with one commitment, and Wei is asked to help either: each line is about whose it is."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.asks import Routed
from bot.domain.calls import call_matters, put_apart, with_call
from bot.domain.commitments import Commitment, Progress, State
from bot.domain.snapshot import GroupSnapshot
from bot.views.matters import matter_line
from tests.domain.young_carers import at, group, leader, person

STUCK = at("2026-11-25", "10:00")
LATER = STUCK + timedelta(minutes=20)


def said(by: str, note: str, minutes: int = 0) -> Progress:
    return Progress(at=STUCK + timedelta(minutes=minutes), by=by, state=State.STUCK, note=note)


def held() -> Commitment:
    one = Commitment(
        id="c1",
        what="Walk the ward",
        made_by="sam",
        made_at=STUCK - timedelta(days=9),
        tenders=("sam", "jo"),
        state=State.STUCK,
        history=(said("sam", "No keys."), said("jo", "No time.", 1)),
    )
    for by in ("sam", "jo"):
        one = with_call(one, by, [Routed(to="wei")], LATER)
    return one


def town(one: Commitment) -> GroupSnapshot:
    names = ("sam", "jo", "wei")
    return GroupSnapshot(
        group=group(),
        leaders={name: leader(name) for name in names},
        people={name: person(name) for name in names},
        commitments={"c1": one},
    )


def lines(one: Commitment) -> list[str]:
    snapshot = town(one)
    return [matter_line(snapshot, matter) for matter in call_matters(snapshot, LATER)]


def test_each_is_named_with_what_they_said_themselves() -> None:
    first, second = lines(held())
    assert first.startswith("Sam Tester (The Trust) is stuck with “Walk the ward” and wants help. “No keys.”")
    assert second.startswith("Jo Tester (The Trust) is stuck with “Walk the ward” and wants help. “No time.”")


def test_put_apart_from_one_of_them_wei_is_asked_for_the_other_alone() -> None:
    (only,) = lines(put_apart(held(), "wei", "jo"))
    assert only.startswith("Sam Tester")
    assert put_apart(put_apart(held(), "wei", "jo"), "jo", "wei") == put_apart(held(), "wei", "jo")
    assert put_apart(held(), "amir", "jo") == held()
