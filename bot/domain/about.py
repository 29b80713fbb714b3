"""What somebody says of themselves, and what becomes of it."""

from __future__ import annotations

import msgspec

from bot.domain.people import Person

MOST_FORMER_NAMES = 5
"""So that nobody keeps a group's names from others."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says of themselves when they join, or later changes."""

    name: str
    organisation: str
    zone: str
    nation: str
    hour: str
    lighter: bool = False


def told(person: Person, about: About) -> Person:
    """With what they now say of themselves."""
    return msgspec.structs.replace(only_named(person, about), zone=about.zone, nation=about.nation, hour=about.hour)


def as_before(person: Person, about: About, before: Person) -> Person:
    """Nothing was saved; unless they have said something else since."""
    if told(person, about) != person:
        return person
    return msgspec.structs.replace(
        person,
        name=before.name,
        former_names=before.former_names,
        zone=before.zone,
        nation=before.nation,
        hour=before.hour,
    )


def only_named(person: Person, about: About) -> Person:
    """Somebody's own clock is theirs, whatever group they set up."""
    if about.name == person.name:
        return person
    former = [one for one in (*person.former_names, person.name) if one != about.name]
    return msgspec.structs.replace(person, name=about.name, former_names=tuple(former[-MOST_FORMER_NAMES:]))
