"""*Not with this person*: whom somebody would rather not be put together with. Private, and until they lift it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.domain.problems import Problem, ProblemCode


class Exclusions(msgspec.Struct, frozen=True, kw_only=True):
    """Of one leader in a group: `of` is by the other's id, with since when. Shown to nobody else, exported with
    nobody else's words."""

    person_id: str
    of: dict[str, datetime] = {}


def exclude(stored: Exclusions | None, person_id: str, other: str, now: datetime) -> Exclusions:
    """Said again, the first time stands."""
    if other == person_id:
        raise Problem(ProblemCode.NOT_YOURS)
    before = stored or Exclusions(person_id=person_id)
    return replace(before, of={other: now} | before.of)


def lift(stored: Exclusions | None, other: str) -> Exclusions | None:
    """That person may be put together with them again. Nothing, where there was no such wish."""
    return stored and replace(stored, of={id_: at for id_, at in stored.of.items() if id_ != other})


def apart_from(exclusions: Mapping[str, Exclusions], person_id: str) -> frozenset[str]:
    """Whom somebody is not to be put together with, whichever of the two wishes it so."""
    own = exclusions[person_id].of if person_id in exclusions else {}
    theirs = [id_ for id_, one in exclusions.items() if person_id in one.of]
    return frozenset([*own, *theirs])
