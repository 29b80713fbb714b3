"""Whatever those who are asked do but say yes, the asker's side of it is the same: words, times and number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asks import (
    MOST_AT_A_TIME,
    Ask,
    Routed,
    ask,
    end_quietly,
    got_it,
    know_someone,
    next_step_at,
    put_to_everyone,
    quiet_end_due,
    say_yes,
    wave_due,
    with_wave,
)
from bot.domain.news import NewsCode, news_for
from bot.domain.problems import Problem, ProblemCode
from tests.domain.young_carers import at

BEGIN = at("2026-11-25", "10:00")
QUIET_ENDS = timedelta(days=14)
PEOPLE = [f"p{number}" for number in range(9)]


def asked(**more: object) -> Ask:
    return Ask(**{"id": "a1", "by": "jo", "what": "A van.", "at": BEGIN} | more)  # type: ignore[arg-type]


def lived(whom: list[list[Routed]], presses: Iterable[int] = ()) -> list[tuple[str, object]]:
    """What Jo hears of one ask in thirty days, looked at each hour; those who may press at most look at it."""
    one, heard, waves = asked(), [], iter(whom)
    for hour in range(24 * 31):
        now = BEGIN + timedelta(hours=hour)
        due = wave_due(one, now)
        if due is not None and due <= now:
            one = with_wave(one, len(one.waves), next(waves, []), now)
        if quiet_end_due(one, now):
            one = end_quietly(one)
            heard += [(news.code, news.at) for _, news in news_for([one], "jo")]
    return heard


WHOM = st.lists(
    st.lists(
        st.builds(Routed, to=st.sampled_from(PEOPLE), rests_on=st.just("plate.x.me"), excluded=st.booleans()),
        max_size=5,
    ),
    min_size=2,
    max_size=2,
)


@pytest.mark.slow
@given(WHOM)
def test_whoever_was_asked_or_excluded_or_nobody_jo_hears_the_same_at_the_same_time(
    whom: list[list[Routed]],
) -> None:
    assert lived(whom) == lived([[], []]) == [(NewsCode.ASK_ENDED, BEGIN + QUIET_ENDS)]


def test_the_second_wave_comes_seven_days_after_the_first_was_planned_and_no_third_one() -> None:
    one = with_wave(asked(), 0, [Routed(to="amir")], BEGIN)
    late = BEGIN + timedelta(hours=30)
    assert wave_due(one, late) == BEGIN + timedelta(days=7)
    two = with_wave(one, 1, [Routed(to="wei")], BEGIN + timedelta(days=7, hours=1))
    assert [wave.at for wave in two.waves] == [BEGIN, BEGIN + timedelta(days=7)]
    assert wave_due(two, late) is None
    assert next_step_at(two, late) == BEGIN + QUIET_ENDS


def test_one_that_asking_rested_for_has_its_two_weeks_once_it_goes_on() -> None:
    """Its asker does not hear that nobody said yes of people who were asked that minute."""
    goes_on = BEGIN + timedelta(days=16)
    one = with_wave(asked(), 0, [Routed(to="amir")], goes_on)
    assert next_step_at(one, goes_on) == wave_due(one, goes_on) == goes_on + timedelta(days=7)
    assert not quiet_end_due(one, goes_on)
    two = with_wave(one, 1, [Routed(to="wei")], goes_on + timedelta(days=7))
    assert next_step_at(two, goes_on) == two.until
    week_later = with_wave(with_wave(asked(), 0, [], BEGIN + timedelta(days=2)), 1, [], BEGIN + timedelta(days=9))
    assert not quiet_end_due(week_later, BEGIN + QUIET_ENDS)
    assert end_quietly(week_later).news[0].at == BEGIN + timedelta(days=16)


def test_a_wave_is_planned_once_and_of_three_at_most() -> None:
    one = with_wave(asked(), 0, [Routed(to=id_) for id_ in PEOPLE], BEGIN)
    assert len(one.waves[0].routed) == MOST_AT_A_TIME
    assert with_wave(one, 0, [Routed(to="somebody else")], BEGIN) == one


def test_only_whoever_it_was_put_to_can_answer_and_whoever_is_excluded_was_not_asked() -> None:
    one = with_wave(asked(), 0, [Routed(to="amir"), Routed(to="wei", excluded=True)], BEGIN)
    for nobody in ("wei", "margaret", "jo"):
        assert refused(lambda who=nobody: say_yes(one, who, BEGIN)) is ProblemCode.ASK_GONE
    assert say_yes(one, "amir", BEGIN).yeses[0].by == "amir"
    assert say_yes(put_to_everyone(one, "jo", BEGIN), "wei", BEGIN).yeses[0].by == "wei"


def test_said_twice_it_is_said_once() -> None:
    one = with_wave(asked(), 0, [Routed(to="amir")], BEGIN)
    yes = say_yes(one, "amir", BEGIN)
    assert say_yes(yes, "amir", BEGIN + timedelta(hours=1)) == yes
    known = know_someone(one, "amir", "Ask Priya.", BEGIN)
    assert know_someone(known, "amir", "Ask Priya.", BEGIN) == known


def test_a_yes_on_the_last_day_keeps_the_end_from_being_told() -> None:
    one = say_yes(
        with_wave(asked(), 0, [Routed(to="amir")], BEGIN), "amir", BEGIN + QUIET_ENDS - timedelta(hours=1)
    )
    assert not quiet_end_due(one, BEGIN + QUIET_ENDS)


def test_what_is_over_is_over() -> None:
    one = got_it(with_wave(asked(), 0, [Routed(to="amir")], BEGIN), "jo", "amir", BEGIN)
    assert one.thanked == "amir"
    assert refused(lambda: say_yes(one, "amir", BEGIN)) is ProblemCode.ASK_GONE
    assert refused(lambda: put_to_everyone(one, "jo", BEGIN)) is ProblemCode.ASK_GONE
    assert refused(lambda: got_it(asked(), "amir", "", BEGIN)) is ProblemCode.NOT_YOURS
    assert wave_due(one, BEGIN + timedelta(days=8)) is None
    month = asked()
    assert refused(lambda: put_to_everyone(month, "jo", month.until)) is ProblemCode.ASK_GONE


def test_one_quiet_ask_at_a_time_and_any_number_for_everyone() -> None:
    first = asked()
    more = {"id": "a2", "by": "jo", "what": "A room.", "now": BEGIN}
    assert refused(lambda: ask([first], quiet=True, **more)) is ProblemCode.ASKED_QUIETLY_ALREADY  # type: ignore[arg-type]
    assert ask([first], quiet=False, **more).opened_at == BEGIN  # type: ignore[arg-type]
    assert ask([put_to_everyone(first, "jo", BEGIN)], quiet=True, **more).quiet  # type: ignore[arg-type]
    assert refused(lambda: ask([], id="a3", by="jo", what="", quiet=True, now=BEGIN)) is ProblemCode.ASK_EMPTY


def refused(press: object) -> ProblemCode | None:
    try:
        press()  # type: ignore[operator]
    except Problem as problem:
        return problem.code
    return None
