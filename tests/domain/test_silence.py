"""Silence: what counts as one, and the one message after two."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.domain.checkins import (
    after_round,
    answered,
    gone_away,
    gone_quiet,
    hushed,
    leaves_out,
    lightened,
    may_prompt,
    postponed,
    silent,
    skipped,
    woken,
)
from tests.domain.checkins import ASKED, ROUND, WAITING, now_answered
from tests.domain.young_carers import (
    at,
    leader,
    person,
)


def test_a_leader_who_wants_it_lighter_is_asked_in_every_other_round() -> None:
    numbers = [replace(ROUND, number=number) for number in range(1, 5)]
    asked_in = [may_prompt(person(), leader(lighter=True), one, at("2026-11-27", "09:00")) for one in numbers]
    assert asked_in == [True, False, True, False]


@pytest.mark.parametrize("number", [3, 4])
def test_lightened__leaves_out_the_next_round_whatever_its_number(number: int) -> None:
    lighter = lightened(leader(), replace(ROUND, number=number))
    left_out = [leaves_out(lighter, replace(ROUND, number=number + n)) for n in (1, 2, 3, 4)]
    assert left_out == [True, False, True, False]


def test_silence_is_being_asked_and_doing_nothing() -> None:
    now = at("2026-11-27", "10:00")
    assert silent(ASKED)
    assert silent(postponed(ASKED, ROUND, now, now))
    assert not silent(WAITING)
    assert not any(silent(step(ASKED, ROUND, now)) for step in (now_answered, skipped, gone_away))


def test_after_two_silent_rounds_a_leader_is_due_one_message_and_then_silence() -> None:
    once = after_round(leader(), ASKED)
    assert not gone_quiet(once)
    twice = after_round(once, ASKED)
    assert gone_quiet(twice)
    assert not gone_quiet(hushed(twice))
    assert after_round(hushed(twice), None) == hushed(twice)
    assert woken(hushed(twice)) == leader()


def test_any_sign_begins_the_count_anew_and_not_being_asked_counts_for_nothing() -> None:
    now = at("2026-11-27", "10:00")
    once = after_round(leader(), ASKED)
    for step in (now_answered, skipped, gone_away):
        assert after_round(once, step(ASKED, ROUND, now)) == leader()
    assert after_round(once, None) == once
    assert after_round(once, WAITING) == once
    assert after_round(hushed(once), answered(WAITING)) == leader()
