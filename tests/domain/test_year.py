"""A group's year: what stood where as each month ended, themes, talks and the pulse; and nobody's name in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.bands import Band
from bot.domain.commitments import Commitment, FirstStep, Progress, State, make, progress
from bot.domain.introductions import Answer, Introduction, Talk, Why
from bot.domain.pulse import Pulse, Spread
from bot.domain.questions import OF_THE_BOT, WORKING
from bot.domain.rounds import Round
from bot.domain.tending import take_up
from bot.domain.year import (
    Theme,
    held_by,
    held_since,
    months_until,
    shown_pulses,
    states_of,
    talks_since,
    themes_of,
    year_of,
)
from tests.domain.young_carers import at, group

NOW = at("2026-11-28", "09:00")
CODES = {state.value: state for state in State}


def of(id_: str, *said: str, by: str = "jo", tags: tuple[str, ...] = ()) -> Commitment:
    """Made and moved on days, as `2026-01-10 made`, `2026-03-01 stuck`, `2026-04-01 amir took it up`,
    `2026-05-01 amir: done`."""
    first, *rest = said
    c = make(
        id=id_,
        by=by,
        what=id_,
        part="",
        first_step=FirstStep(),
        benefit="",
        now=at(first.partition(" ")[0], "12:00"),
    )
    c = replace(c, tags=tags, tenders=(by, "amir"))
    for line in rest:
        day, _, what = line.partition(" ")
        who, colon, state = what.partition(": ")
        if what.endswith("took it up"):
            c = take_up(c, what.split()[0], {what.split()[0]}, at(day, "12:00"))
        else:
            c = progress(c, by=who if colon else c.made_by, state=CODES[state or what], now=at(day, "12:00"))
    return c


def told(*commitments: Commitment, now: datetime = NOW, **more: Any) -> list[str]:
    """The months in which anything was held: `2026-03 1 moving 2 done`."""
    year = year_of(replace(group(), **more), commitments, [], {}, [], [], now)
    return [
        f"{month.first:%Y-%m} "
        + " ".join(f"{month.held[state]} {state.value}" for state in State if state in month.held)
        for month in year.months
        if month.held
    ]


STUCK_TO_DONE = of("c", "2026-07-10 made", "2026-08-31 stuck", "2026-09-02 moving", "2026-10-05 done")


@pytest.mark.parametrize(
    ("commitments", "months"),
    [
        ([], []),
        ([of("c", "2026-10-31 made")], ["2026-10 1 moving", "2026-11 1 moving"]),
        ([of("c", "2026-11-28 made")], []),  # at noon, which has not come yet
        ([STUCK_TO_DONE], ["2026-07 1 moving", "2026-08 1 stuck", "2026-09 1 moving", "2026-10 1 done"]),
        ([of("c", "2026-10-01 made", "2026-10-02 let_go")], ["2026-10 1 let_go"]),
        ([of("c", "2026-09-01 made", "2026-09-02 done", "2026-10-05 done")], ["2026-09 1 done"]),
        (
            [of("c", "2026-09-01 made", "2026-09-09 done", "2026-11-05 moving")],
            ["2026-09 1 done", "2026-11 1 moving"],
        ),
        (
            [of("c", "2026-09-01 made", "2026-09-03 amir: stuck", "2026-10-03 changed")],
            ["2026-09 1 moving", "2026-10 1 changed", "2026-11 1 changed"],
        ),
        (
            [of("c", "2026-08-01 made", "2026-08-03 stuck", "2026-09-03 amir took it up", "2026-10-03 amir: done")],
            ["2026-08 1 stuck", "2026-09 1 tending", "2026-10 1 done"],
        ),
        (
            [of("a", "2026-10-01 made"), of("b", "2026-10-01 made", "2026-11-01 tending")],
            ["2026-10 2 moving", "2026-11 1 moving 1 tending"],
        ),
    ],
    ids=[
        "nothing",
        "made on the last day of a month",
        "made later",
        "stuck, then moving, then done",
        "let go in the month it was made",
        "done, and said so again",
        "done, and taken up again by its maker",
        "stuck for somebody who tends it too",
        "stuck with one, taken up by another",
        "two",
    ],
)
def test_a_month_counts_each_once_where_it_stood_as_it_ended(
    commitments: list[Commitment], months: list[str]
) -> None:
    now = at("2026-11-28", "09:00")
    assert told(*[c for c in commitments if c.made_at <= now], now=now) == months


def test_a_month_ends_by_the_groups_own_clock() -> None:
    late = progress(of("c", "2026-10-10 made"), by="jo", state=State.DONE, now=at("2026-11-01", "03:00"))
    assert told(late) == ["2026-10 1 moving", "2026-11 1 done"]
    assert told(late, zone="America/New_York") == ["2026-10 1 done"]


def test_what_ended_before_the_year_is_not_in_it_and_what_was_held_through_it_is() -> None:
    before = of("a", "2025-06-01 made", "2025-11-30 done")
    through = of("b", "2025-06-01 made", "2026-11-20 let_go")
    year = year_of(replace(group(), set_up_at=at("2025-01-01")), [before, through], [], {}, [], [], NOW)
    assert [month.first for month in year.months] == [date(2025, 12, 1), *(date(2026, n, 1) for n in range(1, 12))]
    assert [month.total for month in year.months] == [1] * 12
    assert year.stand == {State.LET_GO: 1}


def test_a_young_groups_year_begins_with_the_group() -> None:
    assert months_until(date(2026, 11, 28), date(2026, 10, 31)) == [date(2026, 10, 1), date(2026, 11, 1)]
    assert len(months_until(date(2026, 11, 28), date(2020, 1, 1))) == 12
    assert months_until(date(2026, 1, 1), date(2020, 1, 1))[0] == date(2025, 2, 1)
    assert months_until(date(2026, 11, 1), date(2026, 12, 1)) == [date(2026, 11, 1)]


def test_one_whose_history_does_not_tell_ends_where_it_stands() -> None:
    old = Commitment(id="c", what="c", made_by="jo", made_at=NOW, tenders=("jo",), state=State.STUCK)
    assert states_of(old)[-1] == (NOW, State.STUCK)
    taken_back = replace(of("c", "2026-03-01 made", "2026-03-02 stuck"), state=State.MOVING)
    assert states_of(taken_back)[-1] == (at("2026-03-02", "12:00"), State.MOVING)


SAID = st.lists(st.tuples(st.sampled_from(["jo", "amir"]), st.sampled_from([*State, None])), max_size=12)


@given(SAID)
def test_whatever_was_said_it_ends_where_it_stands_and_time_goes_on(said: list[tuple[str, State | None]]) -> None:
    """None: whoever it is takes it up."""
    c, moment = of("c", "2026-01-01 made"), at("2026-01-02")
    for who, state in said:
        moment += timedelta(days=20)
        if state is None:
            if c.state.open:
                c = take_up(c, who, {who}, moment)
        elif who in c.tenders and (who == c.made_by or (state.open and c.state.open)):
            c = progress(c, by=who, state=state, now=moment)
    states = states_of(c)
    assert states[-1][1] is c.state
    assert [at_ for at_, _ in states] == sorted(at_ for at_, _ in states)
    assert all(one[1] is not other[1] for one, other in pairwise(states))
    assert len(states) <= len(c.history) + len(c.taken_up) + 1


# -- themes ----------------------------------------------------------------------------------------


def test_a_theme_is_one_tag_in_whatever_letters_and_no_name() -> None:
    held = [
        of("a", "2026-10-01 made", tags=("Short breaks", "Schools")),
        of("b", "2026-10-02 made", "2026-11-01 done", tags=("short  breaks",)),
        of("c", "2026-10-03 made", "2026-11-01 let_go", tags=("Jo",)),
        of("d", "2026-10-03 made", tags=("sam OKAFOR", "schools")),
        of("f", "2026-10-03 made", tags=("@jo.tester", "Schools")),
        of("e", "2026-10-03 made"),
    ]
    themes, untagged = themes_of(held, ["Jo Tester", "Sam Okafor"])
    assert themes == (Theme(tag="Schools", open=3), Theme(tag="Short breaks", open=1, done=1))
    assert untagged == 2


@pytest.mark.parametrize("tag", ["Jo Lindqvist", "jo lindqvist", "jo.lindqvist", "Jo's rota", "For Jo", "DR JO"])
def test_a_tag_in_which_somebody_is_named_is_no_theme(tag: str) -> None:
    """A leader is known by a first name alone; what stands beside it may be the rest of it."""
    assert themes_of([of("a", "2026-10-01 made", tags=(tag,))], ["Jo"]) == ((), 1)


@pytest.mark.parametrize(
    "tag",
    ["Young", "YOUNG", "Dr Young", "S. Young", "Young's rota", "Young\u2019s", "With Young", "Yóung", "Lea"],
)
def test_a_surname_by_itself_or_as_an_owners_is_no_theme(tag: str) -> None:
    assert themes_of([of("a", "2026-10-01 made", tags=(tag,))], ["Sam Young", "Kim Lea"]) == ((), 1)


@pytest.mark.parametrize("tag", ["Young carers", "Carers' breaks", "Doctors", "24/7", "S"])
def test_a_surname_beside_what_it_is_about_is_a_word(tag: str) -> None:
    themes, _ = themes_of([of("a", "2026-10-01 made", tags=(tag,))], ["Sam Young", "Dr Kim Carer"])
    assert [theme.tag for theme in themes] == [tag]


def test_a_name_inside_a_word_names_nobody() -> None:
    held = [of("a", "2026-10-01 made", tags=("Joint visits", "Also beds"))]
    assert [theme.tag for theme in themes_of(held, ["Jo", "Al"])[0]] == ["Also beds", "Joint visits"]


# -- talks and the pulse ---------------------------------------------------------------------------


def introduced(id_: str, *answers: tuple[Talk, str]) -> Introduction:
    said = {f"p{n}": Answer(talk=talk, at=at(day)) for n, (talk, day) in enumerate(answers)}
    return Introduction(id=id_, asked_by="p0", to="p1", why=Why.ASK, subject="a", at=at("2026-02-01"), answers=said)


def test_talks_are_counted_from_three_on_and_of_the_year_alone() -> None:
    did = [introduced(str(n), (Talk.WE_DID, "2026-03-01"), (Talk.WE_DID, "2026-03-02")) for n in range(3)]
    not_yet = introduced("n", (Talk.NOT_YET, "2026-03-01"))
    old = introduced("o", (Talk.WE_DID, "2025-11-01"))
    since = at("2025-12-01")
    assert talks_since([*did[:2], not_yet, old], since) == 0
    assert talks_since([*did, not_yet, old], since) == 3


def closed(day: str, **more: Any) -> Pulse:
    kept: dict[str, Any] = {
        "question": WORKING.reference,
        "closed_at": at(day, "17:00"),
        "spread": (Spread(choice="yes", band=Band.MOST),),
    }
    return Pulse(**(kept | more))


def digested(day: str) -> Round:
    moment = at(day, "10:00")
    return Round(
        group_id="g7", name="2026-W40", opens_on=moment.date(), closes_at=moment, digest_at=moment, meeting_at=None,
        question="", digested_at=moment,
    )  # fmt: skip


def test_of_the_pulse_stands_what_a_digest_has_shown_and_no_answer_of_anybody() -> None:
    pulses = {
        "2026-W01": closed("2026-01-05"),
        "2026-W01.bot": closed("2026-01-04", question=OF_THE_BOT.reference),
        "2026-W03": closed("2026-01-20", spread=()),
        "2025-W40": closed("2025-10-01"),
        "2026-W45": Pulse(question=WORKING.reference, answers={"jo": "no"}),
        "2026-W46": closed("2026-11-20"),
    }
    digests = [digested(day) for day in ("2025-10-02", "2026-01-06", "2026-11-01")]
    found = shown_pulses(pulses, digests, group(), at("2025-12-01"))
    assert [(one.day, one.question) for one in found] == [
        (date(2026, 1, 6), OF_THE_BOT.reference),
        (date(2026, 1, 6), WORKING.reference),
    ]
    assert "jo" not in repr(found)
    assert shown_pulses(pulses, [], group(), at("2025-12-01")) == ()


# -- yours -----------------------------------------------------------------------------------------


def test_ones_own_of_the_year_are_those_one_made() -> None:
    commitments = [
        of("a", "2026-10-01 made"),
        of("b", "2026-10-01 made", by="sam"),
        of("c", "2026-10-01 made", "2026-10-09 done"),
        of("d", "2025-02-01 made", "2025-03-01 done"),
    ]
    year = year_of(group(), commitments, [], {}, [], [], NOW)
    assert held_by(commitments, "jo", year, group()) == {State.MOVING: 1, State.DONE: 1}
    assert held_by(commitments, "amir", year, group()) == {}
    assert len(held_since(commitments, datetime(2026, 1, 1, tzinfo=UTC))) == 3


def test_lines_of_a_history_that_lie_out_of_order_are_read_in_theirs() -> None:
    lines = [
        Progress(at=at("2026-03-05"), by="jo", state=State.DONE),
        Progress(at=at("2026-03-01"), by="jo", state=State.STUCK),
    ]
    c = replace(of("c", "2026-02-01 made"), history=tuple(lines), state=State.DONE)
    assert [state for _, state in states_of(c)] == [State.MOVING, State.STUCK, State.DONE]
