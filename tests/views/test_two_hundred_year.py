"""The year and the handover of two hundred leaders with three hundred commitments: inside Slack's limits."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Commitment
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.domain.year import held_by, year_of
from bot.views import handover, year
from tests.views.sound import shown, sound_view
from tests.views.two_hundred import KEPT, SCRIPTS, commitment_of, crowd, said
from tests.views.typed import NOW


def commitments(script: str) -> dict[str, Commitment]:
    """Each with a tag of its own and one that all carry, made over three years."""
    found = [
        replace(
            commitment_of(n, script),
            made_at=NOW - timedelta(days=n * 3),
            tags=(said(script, n, "t", 30), "for all of us"),
        )
        for n in range(KEPT)
    ]
    return {one.id: one for one in found}


def town(script: str) -> GroupSnapshot:
    """A tenth of them have left, among them who spoke for the viewer's organisation."""
    snapshot = crowd(20)
    leaders = {
        id_: replace(one, left_at=NOW - timedelta(days=9)) if n % 10 == 0 and n else one
        for n, (id_, one) in enumerate(snapshot.leaders.items())
    }
    return replace(snapshot, viewer="p0", leaders=leaders, commitments=commitments(script))


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_year_is_one_sheet_that_a_phone_can_read(script: str) -> None:
    snapshot = town(script)
    group = replace(snapshot.group, set_up_at=NOW - timedelta(days=999))
    ours = year_of(group, snapshot.commitments.values(), [], {}, [], [], NOW)
    own = held_by(snapshot.commitments.values(), "p0", ours, group)
    view = year.year_sheet(ours, own)
    sound_view(view)
    told = shown(view)
    assert f"for all of us ({sum(ours.stand.values())})" in told
    assert len(told.split()) < 400
    bars = [line for line in told.splitlines() if year.OPEN_MARK in line and "as the month ended" not in line]
    assert max(map(len, bars)) <= 40
    assert "more" in told
    assert sum(own.values()) == sum(ours.stand.values()), "they are all his in this town"


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_handover_is_in_pages_and_no_open_commitment_is_left_out(script: str) -> None:
    snapshot = town(script)
    member = Membership(snapshot=snapshot, person=snapshot.people["p0"], leader=snapshot.leaders["p0"])
    still = [one for one in snapshot.commitments.values() if one.state.open]
    pages = -(-len(still) // handover.PER_PAGE)
    drawn = [handover.handover_sheet(member, NOW, page) for page in range(pages)]
    for view in drawn:
        assert len(json.dumps(view)) < 100_000
        assert len(view["blocks"]) <= 40
    for view in (drawn[0], drawn[1], drawn[-1]):
        sound_view(view)
    first = shown(drawn[0])
    assert "And 11 organisations more." in first
    assert "Before you spoke for Organisation 0" in first
    everything = "\n".join(map(shown, drawn))
    for n, one in enumerate(snapshot.commitments.values()):
        assert not one.state.open or f"{n}.w." in everything
    for view in drawn[1:]:
        assert "Who is who" not in shown(view)
