"""What a leader's Home shows of one group."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.absence import present
from bot.domain.commitments import Commitment
from bot.domain.matters import Matter
from bot.domain.plate import Plate
from bot.domain.snapshot import GroupSnapshot
from bot.domain.stuck import stuck_by, stuck_since


class HomeSection(msgspec.Struct, frozen=True, kw_only=True):
    """One group of the viewer's, as their Home shows it."""

    snapshot: GroupSnapshot
    plate: Plate | None
    tended: list[Commitment]
    next_meeting: datetime | None
    as_before: bool = False
    """They answered without a word on their plate: `plate` is then the one before, if there is any."""
    tapped: bool = False
    """By saying how a commitment goes, so not that there is nothing new."""
    unsent: bool = False
    waiting: bool = False
    """Their check-in is due, but it is the turn of other groups."""
    absent: bool = False
    matters: tuple[Matter, ...] = ()
    """What wants their attention, and can be answered now."""


def open_commitments(snapshot: GroupSnapshot) -> list[Commitment]:
    """All that the group holds: first what somebody is stuck with, the longest first; then as they were made."""

    here = present(snapshot.leaders)

    def place(one: Commitment) -> tuple[bool, datetime, str]:
        stuck = stuck_by(one, here)
        since = stuck_since(one, stuck[0]) if stuck else None
        return since is None, since or one.made_at, one.id

    return sorted((one for one in snapshot.commitments.values() if one.state.open), key=place)
