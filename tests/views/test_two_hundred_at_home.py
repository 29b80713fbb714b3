"""Home of eight groups of two hundred leaders each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commitments import State
from bot.domain.groups import MessageRef
from bot.domain.home import HomeSection
from bot.domain.matters import Matter, MatterCode
from bot.views import (
    home,
)
from tests.views.sound import shown, sound_view
from tests.views.two_hundred import (
    ARCHIVED,
    KEPT,
    SCRIPTS,
    commitment_of,
    crowd,
    full_digest,
    plate_of,
)
from tests.views.typed import NOW, person


def section_of(script: str, **more: Any) -> HomeSection:
    """Everything that a group's section can say, and more than it has room for."""
    kept = [replace(commitment_of(n, script), helpers=("p7",)) for n in range(KEPT) if list(State)[n % 6].open]
    snapshot = crowd(200)
    digest = replace(full_digest("plain", 1, 2), posted=MessageRef(team_id="T1", channel="C1", ts="1.0"))
    snapshot = replace(
        snapshot,
        viewer="p0",
        group=replace(snapshot.group, convenor=None, trouble=ARCHIVED),
        commitments={one.id: one for one in kept},
        digests={digest.round: digest},
    )
    since, until = NOW, NOW + timedelta(days=9)
    told = [
        Matter(person_id="p0", code=MatterCode.UNHELD, subject=f"{one.id}.p0", since=since, until=until)
        for one in kept[:9]
    ]
    return HomeSection(
        snapshot=snapshot,
        plate=plate_of(0, script),
        tended=kept,
        next_meeting=NOW + timedelta(days=4),
        unsent=True,
        waiting=True,
        matters=tuple(told),
        **more,
    )


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("groups", [1, 2, 3, 5, 8])
def test_home_of_eight_groups_of_two_hundred(script: str, groups: int) -> None:
    away = replace(person("p0"), away_until=(NOW + timedelta(days=9)).date())
    view = home.home(away, [section_of(script)] * groups, NOW)
    sound_view(view, groups=groups)
    text = shown(view)
    assert text.count("What the group holds") == groups
    assert text.count("Last digest: today") == groups
    assert text.count("can help") >= groups
    assert text.count("Answer has all of it") == 3 * groups
    assert text.count("For you") >= groups
    beyond = home.home(away, [section_of(script)] * (groups + home.MOST_GROUPS), NOW)
    assert len(beyond["blocks"]) <= 100
    assert f"And {groups} group" in shown(beyond)
