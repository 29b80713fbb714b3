"""How many DMs a leader may get in a week, over all kinds; and which week a moment falls in for them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.hours import to_local
from bot.domain.people import Person
from bot.domain.rounds import week_name

DMS_A_WEEK = 2


def week_of(person: Person, moment: datetime) -> str:
    """The ISO week on the leader's own wall: `2026-W48`."""
    return week_name(to_local(moment, person.zone).date())
