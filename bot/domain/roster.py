"""The roster: who is in a group, for whom they speak, who joined and who left lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.people import Leader
from bot.domain.snapshot import GroupSnapshot

LATELY = timedelta(weeks=4)


def by_organisation(snapshot: GroupSnapshot) -> list[Leader]:
    """Everybody in the group, those of an organisation together, by name; those who speak for none come last."""
    names = {id_: person.name.casefold() for id_, person in snapshot.people.items()}
    return sorted(
        snapshot.active().values(),
        key=lambda one: (not one.organisation, one.organisation.casefold(), names[one.person_id], one.person_id),
    )


def joined_lately(snapshot: GroupSnapshot, now: datetime) -> list[Leader]:
    """Newest first. Whoever was there from the first day is not news."""
    found = [one for one in snapshot.active().values() if one.joined_at > now - LATELY]
    newest = sorted(found, key=lambda one: (one.joined_at, one.person_id), reverse=True)
    return [one for one in newest if one.joined_at > snapshot.group.set_up_at + timedelta(days=1)]


def left_lately(snapshot: GroupSnapshot, now: datetime) -> list[Leader]:
    """Newest first."""
    left = [
        (one.left_at, id_, one)
        for id_, one in snapshot.leaders.items()
        if one.left_at and one.left_at > now - LATELY and id_ in snapshot.people
    ]
    return [one for _, _, one in sorted(left, key=lambda each: each[:2], reverse=True)]
