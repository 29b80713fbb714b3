"""One leader's part of a round: when they are asked, reminded and left in peace."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.checkins import (
    CheckIn,
    CheckInState,
    answered,
    asked,
    gone_away,
    may_prompt,
    nudge_at,
    nudged,
    postponed,
    prompt_at,
    prompt_expires_at,
    reminder_at,
    skipped,
)
from bot.domain.groups import MessageRef
from bot.domain.people import Person
from bot.domain.problems import Problem
from tests.domain.checkins import ASKED, CLOSED, RHYTHM, ROUND, WAITING, now_answered, people, when
from tests.domain.young_carers import (
    A_MESSAGE,
    THURSDAYS,
    at,
    group,
    leader,
    opened,
    person,
    sentence,
    unhurried,
    within_hours,
)


@pytest.mark.parametrize(
    ("who", "asked_at"),
    [
        (person(), "Fri 27 Nov 09:00"),
        (person(hour="11:30"), "Fri 27 Nov 11:30"),
        (person(hour="06:00"), "Fri 27 Nov 08:00"),
        (person(hour="20:00"), "Fri 27 Nov 08:00"),
        (person("amir", "Asia/Kolkata", "IN"), "Fri 27 Nov 03:30"),
        (person("tara", "Asia/Kathmandu", "NP"), "Fri 27 Nov 03:15"),
        (person("mere", "Pacific/Auckland", "NZ"), "Thu 26 Nov 20:00"),
        (person("kai", "Pacific/Honolulu", "US"), "Fri 27 Nov 19:00"),
        (person("ines", "Europe/Lisbon", "PT"), "Fri 27 Nov 09:00"),
        (person(away_until=date(2026, 11, 27)), "Fri 27 Nov 09:00"),
        (person(away_until=date(2026, 11, 28)), "Mon 30 Nov 09:00"),
        (person(away_until=date(2026, 12, 1)), "never"),
        (person("isla", nation="GB-SCT", away_until=date(2026, 11, 28)), "never"),  # Monday is St Andrew's Day
    ],
)
def test_each_leader_is_asked_at_their_own_hour(who: Person, asked_at: str) -> None:
    assert when(prompt_at(who, leader(who.id), ROUND, RHYTHM)) == asked_at


@pytest.mark.parametrize(
    ("joined", "asked_at"),
    [
        ("2026-11-27T08:59Z", "Fri 27 Nov 09:00"),
        ("2026-11-27T09:01Z", "Mon 30 Nov 09:00"),
        ("2026-11-29T12:00Z", "Mon 30 Nov 09:00"),
        ("2026-11-30T11:00Z", "never"),
    ],
)
def test_who_joins_in_an_open_round_is_asked_the_next_morning_if_a_day_is_left(joined: str, asked_at: str) -> None:
    newcomer = leader(joined_at=datetime.fromisoformat(joined))
    assert when(prompt_at(person(), newcomer, ROUND, RHYTHM)) == asked_at


def test_a_pause_ends_on_its_day() -> None:
    assert when(prompt_at(person(), leader(paused_until=date(2026, 11, 30)), ROUND, RHYTHM)) == "Mon 30 Nov 09:00"


def test_a_leader_in_the_far_west_is_asked_even_if_their_morning_leaves_less_than_a_day() -> None:
    mondays = opened(group(replace(THURSDAYS, weekday=0, interval=1)), at("2026-11-25", "12:00"))
    kai = person("kai", "Pacific/Honolulu", "US")
    due = prompt_at(kai, leader("kai"), mondays, RHYTHM)
    assert when(due) == "Wed 25 Nov 19:00"
    assert when(mondays.closes_at) == "Thu 26 Nov 18:00"
    assert due is not None
    assert when(prompt_expires_at(due, mondays)) == "Wed 25 Nov 20:00"
    assert when(nudge_at(kai, asked(WAITING, due, A_MESSAGE), mondays, RHYTHM)) == "never"


@pytest.mark.parametrize(
    ("asked_at", "who", "comes"),
    [
        ("2026-11-27T09:00Z", person(), "Mon 30 Nov 08:00"),
        ("2026-11-30T09:00Z", person(), "Tue 01 Dec 08:00"),
        ("2026-11-30T17:00Z", person(), "Tue 01 Dec 08:00"),
        ("2026-12-01T09:00Z", person(), "never"),  # 60 % falls in the last four hours
        ("2026-11-27T03:30Z", person("amir", "Asia/Kolkata", "IN"), "Mon 30 Nov 02:30"),
        ("2026-11-27T17:00Z", person("rosa", "America/New_York", "US"), "Mon 30 Nov 13:00"),
        ("2026-11-27T09:00Z", person("isla", nation="GB-SCT"), "Tue 01 Dec 08:00"),
        ("2026-11-30T19:00Z", person("kai", "Pacific/Honolulu", "US"), "never"),
    ],
)
def test_one_nudge_comes_when_most_of_the_window_has_gone(asked_at: str, who: Person, comes: str) -> None:
    checkin = asked(CheckIn(person_id=who.id, round=ROUND.name), datetime.fromisoformat(asked_at), A_MESSAGE)
    assert when(nudge_at(who, checkin, ROUND, RHYTHM)) == comes


def test_no_nudge_comes_to_whoever_did_something_or_had_one() -> None:
    now = at("2026-11-27", "10:00")
    done = [step(ASKED, ROUND, now) for step in (now_answered, skipped, gone_away)]
    done += [nudged(ASKED, now, A_MESSAGE), WAITING]
    assert [nudge_at(person(), one, ROUND, RHYTHM) for one in done] == [None] * 5


@pytest.mark.parametrize(
    ("pressed", "who", "again"),
    [
        ("2026-11-27T09:05Z", person(), "Fri 27 Nov 12:05"),
        ("2026-11-27T14:59Z", person(), "Fri 27 Nov 17:59"),
        ("2026-11-27T15:00Z", person(), "Mon 30 Nov 08:00"),
        ("2026-11-30T21:30Z", person(), "Tue 01 Dec 08:00"),
        ("2026-12-01T13:59Z", person(), "Tue 01 Dec 16:59"),
        ("2026-12-01T14:01Z", person(), "never"),
        ("2026-11-27T15:00Z", person(away_until=date(2026, 12, 1)), "never"),
        ("2026-11-27T11:00Z", person("amir", "Asia/Kolkata", "IN"), "Mon 30 Nov 02:30"),
    ],
)
def test_later_today_is_three_hours_on_or_the_next_morning(pressed: str, who: Person, again: str) -> None:
    assert when(reminder_at(who, datetime.fromisoformat(pressed), ROUND, RHYTHM)) == again


def test_later_today_takes_the_place_of_the_nudge() -> None:
    pressed, again = at("2026-11-27", "09:05"), at("2026-11-27", "12:05")
    put_off = postponed(ASKED, ROUND, pressed, again)
    assert nudge_at(person(), put_off, ROUND, RHYTHM) == again
    assert postponed(put_off, ROUND, at("2026-11-27", "09:06"), at("2026-11-27", "12:06")) == put_off
    after_nudge = nudged(put_off, again, A_MESSAGE)
    assert nudge_at(person(), after_nudge, ROUND, RHYTHM) is None
    late = postponed(nudged(ASKED, again, A_MESSAGE), ROUND, again, at("2026-11-27", "15:05"))
    assert (late.state, late.ask_again_at) == (CheckInState.REMIND_LATER, None)


@pytest.mark.parametrize(
    ("change", "may"),
    [
        ({}, True),
        ({"joined_at": at("2026-11-30")}, False),
        ({"left_at": at("2026-11-20")}, False),
        ({"paused_until": date(2026, 11, 28)}, False),
        ({"paused_until": date(2026, 11, 27)}, True),
        ({"quiet": True}, False),
        ({"lighter": True}, True),
    ],
)
def test_nobody_is_asked_who_has_not_joined_or_wants_peace(change: dict[str, object], may: bool) -> None:
    assert may_prompt(person(), leader(**change), ROUND, at("2026-11-27", "09:00")) is may


def test_away_ends_when_the_day_begins_where_the_leader_is() -> None:
    mere = person("mere", "Pacific/Auckland", "NZ", away_until=date(2026, 11, 27))
    assert not may_prompt(mere, leader("mere"), ROUND, at("2026-11-26", "10:59"))
    assert may_prompt(mere, leader("mere"), ROUND, at("2026-11-26", "11:00"))


def test_an_answer_stays_an_answer_whatever_is_pressed_afterwards() -> None:
    now = at("2026-11-27", "10:00")
    done = answered(ASKED)
    assert done.state is CheckInState.ANSWERED
    late = at("2026-12-05")
    assert skipped(done, ROUND, now) == gone_away(done, ROUND, late) == postponed(done, ROUND, late, now) == done
    assert answered(done) == done
    assert asked(done, now, A_MESSAGE) == done


def test_whoever_skipped_may_still_answer() -> None:
    now = at("2026-11-27", "10:00")
    assert answered(skipped(ASKED, ROUND, now)).state is CheckInState.ANSWERED
    assert skipped(postponed(ASKED, ROUND, now, now), ROUND, now).ask_again_at is None


def test_pressing_twice_is_pressing_once() -> None:
    now, second = at("2026-11-27", "10:00"), MessageRef(team_id="T1", channel="D1", ts="2.0")
    for step in (now_answered, skipped, gone_away):
        once = step(ASKED, ROUND, now)
        assert step(once, ROUND, at("2026-11-27", "10:01")) == once
    assert asked(ASKED, now, A_MESSAGE) == ASKED
    twice = nudged(nudged(ASKED, now, second), at("2026-11-28"), second)
    assert (twice.nudged_at, twice.messages) == (now, (A_MESSAGE, second))


def test_a_closed_check_in_says_so_and_asks_nothing() -> None:
    closed = ROUND.closes_at
    assert sentence(lambda: skipped(ASKED, ROUND, closed)) == CLOSED
    assert sentence(lambda: gone_away(ASKED, ROUND, closed)) == CLOSED
    assert sentence(lambda: postponed(ASKED, ROUND, closed, None)) == CLOSED
    assert (
        sentence(lambda: postponed(postponed(ASKED, ROUND, at("2026-11-27"), None), ROUND, closed, None)) == CLOSED
    )


@pytest.mark.parametrize("state", CheckInState)
def test_words_that_are_saved_are_an_answer_whatever_was_pressed_before(state: CheckInState) -> None:
    assert answered(replace(ASKED, state=state)).state is CheckInState.ANSWERED


@settings(unhurried, max_examples=200)
@given(people, st.integers(0, 120), st.booleans())
def test_nothing_ever_reaches_a_leader_outside_their_hours(who: Person, hours: int, put_off: bool) -> None:
    inside = (who.zone, who.nation, RHYTHM.hours_from, RHYTHM.hours_to)
    first = prompt_at(who, leader(), ROUND, RHYTHM)
    if first is None:
        return
    assert within_hours(first, *inside)
    assert may_prompt(who, leader(), ROUND, first)
    checkin = asked(WAITING, first, A_MESSAGE)
    if put_off:
        try:
            pressed = first + timedelta(hours=hours)
            checkin = postponed(checkin, ROUND, pressed, reminder_at(who, pressed, ROUND, RHYTHM))
        except Problem:
            return
    second = nudge_at(who, checkin, ROUND, RHYTHM)
    if second is not None:
        assert within_hours(second, *inside)
        assert first < second <= ROUND.closes_at - timedelta(hours=1 if put_off else 4)
