"""A group's year: read, and made of what is stored; nothing is kept of it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.year import Year, year_of
from bot.ports import Store

NEEDS = Section.NAMES | Section.COMMITMENTS | Section.INTRODUCTIONS | Section.ROUNDS


async def our_year(store: Store, snapshot: GroupSnapshot, now: datetime) -> Year:
    """`snapshot` with all that it needs. Who answers a pulse that is open is read with it and goes no further."""
    return year_of(
        snapshot.group,
        snapshot.commitments.values(),
        snapshot.introductions.values(),
        await store.pulses.all(snapshot.group.id),
        snapshot.rounds.values(),
        [person.name for person in snapshot.people.values()],
        now,
    )
