"""What a review shows in bands and when it does not; when one begins and closes, and what may be stopped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.bands import Band, bands
from bot.domain.commitments import Commitment, FirstStep, State, make
from bot.domain.inquiry import Inquiry
from bot.domain.open_until import close_due, followed, who_could
from bot.domain.problems import Problem, ProblemCode
from bot.domain.review import (
    LEAST_OPEN,
    Banded,
    Placing,
    Placings,
    Review,
    Stop,
    apart,
    check_placings,
    closed,
    may_stop,
    suggest_stop,
)
from bot.domain.review_days import begins_at, by_itself, review_matters, start, stop_matters
from bot.domain.snapshot import GroupSnapshot
from tests.domain.test_rhythm import move
from tests.domain.young_carers import A_MESSAGE, at, group, leader, person

NOW = at("2026-11-28", "12:00")
CARERS = group()
"""Set up on 5 January, they meet on Thursday 3 December at 14:00; their brief goes on Wednesday at four."""
PEOPLE = [f"p{number}" for number in range(6)]
G, N, W, E = Placing.GROW, Placing.NURTURE, Placing.WEED, Placing.TOO_EARLY


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ("", {}),
        ("G", {}),
        ("GGG", {G: Band.NEARLY_ALL}),
        ("GGW", {G: Band.NEARLY_ALL}),
        ("GNW", {}),
        ("GGWW", {G: Band.HALF, W: Band.HALF}),
        ("GGGW", {G: Band.NEARLY_ALL}),
        ("GGNW", {G: Band.HALF}),
        ("GGGWW", {G: Band.HALF, W: Band.HALF}),
        ("GGGGWW", {G: Band.MOST, W: Band.FEW}),
        ("WWWWWG", {W: Band.NEARLY_ALL}),
        ("GGGGGNW", {G: Band.MOST}),
    ],
)
def test_bands(counts: str, expected: dict[Placing, Band]) -> None:
    letters = dict(zip("GNWE", Placing, strict=True))
    assert bands({letters[one]: counts.count(one) for one in letters}) == expected


@given(st.dictionaries(st.sampled_from(Placing), st.integers(0, 30)))
def test_who_joins_a_choice_of_nearly_all_is_not_seen(counts: dict[Placing, int]) -> None:
    found = bands(counts)
    assert set(found) <= {what for what, n in counts.items() if n}
    if Band.NEARLY_ALL in found.values():
        ((most, _),) = found.items()
        assert bands({**counts, most: counts[most] + 1}) == found


def carried(id_: str = "c1", by: str = "p0", what: str = "One form") -> Commitment:
    return make(id=id_, by=by, what=what, part="", first_step=FirstStep(), benefit="", now=NOW)


def review(**more: object) -> Review:
    return Review(**{"id": "20261128", "at": NOW, "closes_at": NOW + timedelta(days=4)} | more)  # type: ignore[arg-type]


def placed(*ways: Placing, id_: str = "c1") -> list[Placings]:
    return [Placings(at=NOW, placed={id_: way}) for way in ways]


@pytest.mark.parametrize(
    ("ways", "could", "shows"),
    [((W, W, G), 5, True), ((W, W), 9, False), ((W, W, G), 4, False), ((), 9, False)],
    ids=["three of five", "two", "of four", "nobody"],
)
def test_below_the_floors_a_commitment_shows_nothing(ways: tuple[Placing, ...], could: int, shows: bool) -> None:
    done = closed(review(), placed(*ways), {f"p{n}" for n in range(could)}, [carried()], NOW)
    assert bool(done.shown) == shows
    assert done.closed_at == NOW


def test_each_commitment_has_its_own_floor_and_one_that_ended_shows_nothing() -> None:
    some = [*placed(G, G, W), *placed(G, W, id_="c2"), *placed(G, G, G, id_="c3")]
    kept = [carried(), carried("c2"), replace(carried("c3"), state=State.DONE)]
    done = closed(review(), some, PEOPLE, kept, NOW)
    assert [one.commitment_id for one in done.shown] == ["c1"]


def test_closed_once_it_stays_as_it_is() -> None:
    done = closed(review(), placed(G, G, G), PEOPLE, [carried()], NOW)
    assert closed(done, placed(W, W, W), PEOPLE, [carried()], NOW + timedelta(days=1)) == done


@pytest.mark.parametrize(
    ("placing", "code"),
    [
        ({}, ProblemCode.REVIEW_EMPTY),
        ({f"c{n}": G for n in range(4)}, ProblemCode.REVIEW_EMPTY),
        ({"c9": G}, ProblemCode.REVIEW_ENDED),
        ({"done": G}, ProblemCode.REVIEW_ENDED),
    ],
)
def test_what_can_not_be_placed(placing: dict[str, Placing], code: ProblemCode) -> None:
    kept = {f"c{n}": carried(f"c{n}") for n in range(4)} | {"done": replace(carried("done"), state=State.DONE)}
    with pytest.raises(Problem) as raised:
        check_placings(placing, kept)
    assert raised.value.code is code


# -- after its day ---------------------------------------------------------------------------------


def shown(*ways: Placing, **more: object) -> Review:
    return replace(closed(review(), placed(*ways), PEOPLE, [carried()], NOW), **more)


def test_only_what_some_would_weed_and_is_open_may_be_stopped() -> None:
    kept = {"c1": carried()}
    assert [one.commitment_id for one in may_stop(shown(W, W, W), kept)] == ["c1"]
    assert not may_stop(shown(G, G, G), kept)
    assert not may_stop(shown(W, W, W), {"c1": replace(carried(), state=State.LET_GO)})
    assert not may_stop(shown(W, W, W), {})


def test_its_maker_is_asked_once_whoever_suggests_it_and_each_suggests_one() -> None:
    two = Banded(commitment_id="c2", bands={W: Band.MOST})
    kept = {"c1": carried(), "c2": carried("c2")}
    one = shown(W, W, W)
    one = replace(one, shown=(*one.shown, two))
    once = suggest_stop(one, Stop(commitment_id="c1", by="p1", at=NOW), kept)
    assert suggest_stop(once, Stop(commitment_id="c1", by="p2", at=NOW), kept) == once
    assert suggest_stop(once, Stop(commitment_id="c1", by="p1", at=NOW), kept) == once
    with pytest.raises(Problem) as raised:
        suggest_stop(once, Stop(commitment_id="c2", by="p1", at=NOW), kept)
    assert raised.value.code is ProblemCode.REVIEW_STOPPED_ONE
    with pytest.raises(Problem) as raised:
        suggest_stop(one, Stop(commitment_id="c9", by="p1", at=NOW), kept)
    assert raised.value.code is ProblemCode.REVIEW_NOT_TO_STOP


def test_the_brief_has_where_it_showed_us_apart_while_that_is_open() -> None:
    kept = {"c1": carried()}
    (line,) = apart([shown(W, W, G, G)], kept, NOW - timedelta(days=1))
    assert (line.text, line.whose) == ("One form", ("p0",))
    assert not [*apart([shown(W, W, G, G)], kept, NOW)], "it was in the brief before"
    assert not [*apart([shown(W, W, W)], kept, NOW - timedelta(days=1))], "nearly all agree"
    assert not [*apart([shown(W, W, E, E)], kept, NOW - timedelta(days=1))], "nobody would grow it"
    assert not [*apart([shown(W, W, G, G)], {}, NOW - timedelta(days=1))]


# -- its days --------------------------------------------------------------------------------------


def carers(
    reviews: tuple[Review, ...] = (), kept: int = LEAST_OPEN, here: int = 6, **more: object
) -> GroupSnapshot:
    return GroupSnapshot(
        group=CARERS,
        leaders={id_: leader(id_) for id_ in PEOPLE[:here]},
        people={id_: person(id_) for id_ in PEOPLE[:here]},
        reviews={one.id: one for one in reviews},
        commitments={f"c{n}": carried(f"c{n}") for n in range(kept)},
        **more,  # type: ignore[arg-type]
    )


def test_it_closes_with_the_brief_or_on_a_day_that_was_chosen() -> None:
    usual = start(carers(), id="20261128", by="p1", day=None, now=NOW)
    assert (usual.closes_at, usual.round) == (at("2026-12-02", "16:00"), "2026-W49")
    chosen = start(carers(), id="20261128", by="p1", day=date(2026, 12, 1), now=NOW)
    assert (chosen.closes_at, chosen.round) == (at("2026-12-01", "16:00"), "")


def test_one_at_a_time_and_an_old_form_starts_none() -> None:
    running = review(by="p1")
    assert start(carers((running,)), id="20261129", by="p2", day=None, now=NOW) == running
    with pytest.raises(Problem) as raised:
        start(carers((shown(G),)), id="20261128", by="p2", day=None, now=NOW)
    assert raised.value.code is ProblemCode.REVIEW_CLOSED


@pytest.mark.parametrize(
    ("of", "code"),
    [(carers(kept=0), ProblemCode.REVIEW_OF_NOTHING), (carers(here=4), ProblemCode.REVIEW_TOO_FEW)],
)
def test_where_none_can_be_started(of: GroupSnapshot, code: ProblemCode) -> None:
    with pytest.raises(Problem) as raised:
        start(of, id="20261128", by="p1", day=None, now=NOW)
    assert raised.value.code is code


def test_it_moves_with_the_meeting_and_a_chosen_day_stays() -> None:
    usual = by_itself(carers(), NOW)
    later = move(CARERS, "2026-12-03", "2026-12-08")
    assert followed(usual, later, (), NOW).closes_at == at("2026-12-07", "16:00")
    assert followed(usual, later, (), NOW).changes == 1
    chosen = replace(usual, round="")
    assert followed(chosen, later, (), NOW) == chosen


def test_a_group_that_rests_shows_nothing_and_one_that_ended_closes_it() -> None:
    late = NOW + timedelta(days=5)
    assert close_due(review(), CARERS, late)
    assert not close_due(review(), CARERS, NOW)
    assert not close_due(review(), replace(CARERS, paused_until=date(2027, 1, 1)), late)
    assert close_due(review(), replace(CARERS, ends_on=date(2026, 11, 1)), NOW)


@pytest.mark.parametrize(
    ("of", "now", "expected"),
    [
        (carers(), NOW, at("2026-11-30", "10:00")),
        (carers(), at("2026-11-30", "10:00"), at("2026-11-30", "10:00")),
        (carers(), at("2026-11-30", "11:00"), at("2026-11-30", "11:00")),
        (carers(), at("2026-11-30", "17:00"), at("2026-12-01", "10:00")),
        (carers(here=4), NOW, None),
        (carers(kept=1), NOW, None),
        (carers((review(),)), NOW, None),
        (carers((shown(G),)), NOW, at("2027-03-01", "10:00")),
    ],
    ids=["on a Saturday", "at ten", "at eleven", "at five", "four", "one open", "under way", "a quarter later"],
)
def test_when_it_begins_by_itself(of: GroupSnapshot, now: object, expected: object) -> None:
    assert begins_at(of, now) == expected  # type: ignore[arg-type]


def test_it_keeps_off_days_with_another_post() -> None:
    asked = Inquiry(id="i1", by="p1", question="Why?", at=NOW, opened_at=at("2026-11-30", "10:00"))
    assert begins_at(carers(inquiries={"i1": asked}), NOW) == at("2026-12-01", "10:00")
    after_the_meeting = at("2026-12-04", "08:00")
    assert begins_at(carers(), after_the_meeting) == at("2026-12-07", "10:00"), "the capture comes on the fourth"


def test_who_is_away_or_paused_could_not_have_placed_any() -> None:
    people = {"p0": person("p0"), "p1": person("p1", away_until=date(2026, 12, 9)), "p2": person("p2")}
    leaders = {id_: leader(id_) for id_ in ("p0", "p1")} | {"p2": leader("p2", paused_until=date(2026, 12, 9))}
    assert who_could(leaders, people, date(2026, 11, 28)) == {"p0"}


def test_each_is_asked_while_it_is_open_and_the_maker_of_what_is_to_stop() -> None:
    there = carers((review(posted=A_MESSAGE),))
    assert {one.person_id for one in review_matters(there, NOW)} == {*PEOPLE}
    assert not [*review_matters(there, NOW + timedelta(days=4))]
    assert not [*review_matters(carers((review(),)), NOW)]
    stopping = replace(shown(W, W, W), stops=(Stop(commitment_id="c1", by="p3", at=NOW),))
    (one,) = stop_matters(carers((stopping,)), NOW)
    assert (one.person_id, one.subject) == ("p0", "c1.20261128")
    gone = carers((stopping,), kept=0)
    assert not [*stop_matters(gone, NOW)]
