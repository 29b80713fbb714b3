"""What a leader's Home shows of one group."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.commitments import Commitment
from bot.domain.matters import Matter
from bot.domain.plate import Plate
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot


class HomeSection(msgspec.Struct, frozen=True, kw_only=True):
    """One group of the viewer's, as their Home shows it."""

    snapshot: GroupSnapshot
    round: Round | None
    plate: Plate | None
    tended: list[Commitment]
    next_meeting: datetime | None
    unsent: bool = False
    waiting: bool = False
    """Their check-in is due, but it is the turn of other groups."""
    absent: bool = False
    matters: tuple[Matter, ...] = ()
    """What wants their attention, and can be answered now."""
