"""Sam's weeks in up to eight groups: check-ins, matters, letters, nudges, and each promise about them held."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.checkins import back_on
from bot.domain.groups import Group
from bot.domain.hours import to_local
from bot.domain.ledger import DMS_A_WEEK
from bot.domain.matter_kinds import MATTER_KINDS, for_you
from bot.domain.outbox import Kind
from bot.views.why import RULES
from tests.domain.attention import BEGIN, PAGE, lives, page
from tests.domain.test_rhythm import groups
from tests.domain.young_carers import group, leader, unhurried, within_hours

pytestmark = pytest.mark.slow


@settings(unhurried, max_examples=12)
@given(st.lists(groups, min_size=1, max_size=8), st.integers(0, 10_000), st.integers(1, 26))
def test_whatever_sams_groups_are_each_promise_about_his_weeks_is_kept(
    of: list[Group], seed: int, weeks: int
) -> None:
    away = (date(2027, 3, 15), date(2027, 3, 24)) if seed % 2 else None
    lived = lives(of, seed, away=away)
    lived.live(min(weeks, 26 if len(of) < 4 else 9))
    sam = lived.sam()
    assert all(len(names) <= DMS_A_WEEK for names in lived.taken.values())
    for life in lived.weeks.values():
        assert not [id_ for id_, times in Counter(life.put).items() if times > 1]
    for now, id_, entry in lived.sent:
        rhythm = lived.weeks[id_].group.rhythm
        assert within_hours(now, sam.zone, sam.nation, rhythm.hours_from, rhythm.hours_to), (now, entry)
        assert entry.kind in RULES, "Why this? can explain it"
        if away and away[0] <= now.date():
            assert to_local(now, sam.zone).date() >= away[1] or now.date() < away[0]


def test_a_matter_is_put_with_the_check_in_or_by_letter_and_never_again_after_not_now() -> None:
    lived = lives([group()], 3)
    [life] = lived.weeks.values()
    life.presses = True
    lived.live(12)
    assert sorted(life.put) == sorted({f"ask.{one.id}" for one in life.asks.values() if one.at < BEGIN + WEEKS})
    assert for_you(life.snapshot(), "sam", BEGIN + timedelta(weeks=12)) == []


WEEKS = timedelta(weeks=8)


@pytest.mark.parametrize("how", ["lighter", "quiet"])
def test_who_wants_it_lighter_or_is_silent_gets_no_letter(how: str) -> None:
    lived = lives([group()], 3)
    [life] = lived.weeks.values()
    life.leaders["sam"] = replace(life.leaders["sam"], **{how: True})
    lived.live(8)
    assert not [entry for _, _, entry in lived.sent if entry.kind is Kind.LETTER]


def test_nobody_is_written_to_before_they_are_back() -> None:
    away = (date(2027, 3, 2), date(2027, 4, 5))
    lived = lives([group()] * 3, 5, away=away)
    lived.live(8)
    assert lived.sent
    assert all(now.date() >= back_on(lived.sam(), leader()) for now, _, _ in lived.sent)


def test_the_page_shows_a_quarter_as_it_is_lived() -> None:
    assert PAGE.read_text("utf-8") == page(), "docs/attention.md is out of date: run make counts"


def test_the_page_says_of_every_sort_of_matter_to_whom_it_is_put() -> None:
    listed = PAGE.read_text("utf-8").partition("## How it gets there")[0]
    heading = 2
    assert sum(line.startswith("|") for line in listed.splitlines()) - heading == len(MATTER_KINDS)
