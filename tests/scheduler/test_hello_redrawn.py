"""Our hello's green button is to go: for how long that is tried."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.due import planned
from bot.domain.groups import Hello, MessageRef
from bot.usecases.retention import RETENTION
from scheduler import hello_redrawn
from tests.domain.young_carers import at, group, snapshot_of

PRESSED = at("2026-11-23", "09:00")
POST = MessageRef(team_id="T1", channel="C1", ts="1.0")


@pytest.mark.parametrize(("since", "tried"), [(timedelta(days=100), 1), (RETENTION + timedelta(days=1), 0)])
def test_due__refused_each_day_it_is_tried_for_a_year_from_the_press_and_no_longer(
    since: timedelta, tried: int
) -> None:
    now = PRESSED + since
    hello = Hello(post=POST, pressed_at=PRESSED, refused_at=now - timedelta(days=1))
    snapshot = snapshot_of(replace(group(), hello=hello), {}, {}, None, {})
    assert len(planned(hello_redrawn.due(snapshot, now), now).entries) == tried
