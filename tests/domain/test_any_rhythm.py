"""Whatever a group's rhythm, its life keeps what leaders are promised."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.due import LONGEST_SLEEP
from bot.domain.groups import Group
from bot.domain.outbox import Kind
from scheduler.kinds import KINDS
from tests.domain.test_rhythm import groups
from tests.domain.young_carers import (
    Life,
    at,
    group,
    opened,
    person,
    unhurried,
    within_hours,
)

SAM = person()
AMIR = person("amir", "Asia/Kolkata", "IN")
MERE = person("mere", "Pacific/Auckland", "NZ")
ROUND = opened(group(), at("2026-11-27", "12:00"))


@pytest.mark.slow
@settings(unhurried, max_examples=12)
@given(groups, st.integers(0, 300))
def test_a_life_in_any_rhythm_keeps_its_promises(of: Group, day: int) -> None:
    start = at("2027-03-01") + timedelta(days=day)
    cast = {one.id: one for one in (SAM, AMIR, MERE, person("kai", "Pacific/Honolulu", "US"))}
    life = Life(of, list(cast.values()))
    now = start
    while now < start + timedelta(days=40):
        found = life.look(now)
        assert now < found.look_again_at <= now + LONGEST_SLEEP
        now = found.look_again_at
    for name, moment in life.sent.items():
        kind, *_, id_ = name.split(":")
        if KINDS[Kind(kind)].IN_HOURS:
            assert within_hours(moment, cast[id_].zone, cast[id_].nation, of.rhythm.hours_from, of.rhythm.hours_to)
    for one in life.rounds[:-1]:
        assert sum(name.startswith("digest") and name.endswith(one.name) for name in life.sent) == 1
