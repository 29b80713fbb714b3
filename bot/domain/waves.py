"""Waves: when the people that an ask may be for are asked, a few at a time; and when it ends.

The times follow from when the first were planned and from nothing else. So nobody can tell by them whether somebody
said no, was silent, away, excluded, or not asked at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import msgspec

from bot.domain.matching import Match

AT_A_TIME = 3
NEXT_AFTER = timedelta(days=7)
ENDS_AFTER = timedelta(days=14)


class Wave(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked from `at` on, and not from `until` on. Nothing in it tells who is excluded."""

    at: datetime
    until: datetime
    person_ids: tuple[str, ...]


class Waves(msgspec.Struct, frozen=True, kw_only=True):
    """At `ends_at` the asker is asked whether to put it to everyone, whatever happened before."""

    waves: tuple[Wave, ...]
    ends_at: datetime


def waves(matches: Iterable[Match], planned_at: datetime) -> Waves:
    """Always two waves, also where nobody is in them. Whoever is excluded takes their place as if they were asked;
    and whoever keeps the plan notes everybody in it as asked, so that the next ask shows nothing either."""
    people = [one.person_id for one in matches]
    second, ends_at = planned_at + NEXT_AFTER, planned_at + ENDS_AFTER
    return Waves(
        waves=(
            Wave(at=planned_at, until=second, person_ids=tuple(people[:AT_A_TIME])),
            Wave(at=second, until=ends_at, person_ids=tuple(people[AT_A_TIME : 2 * AT_A_TIME])),
        ),
        ends_at=ends_at,
    )


def to_ask(plan: Waves, fresh: Iterable[Match], asked: Collection[str], now: datetime) -> list[Match]:
    """Whom to ask at this moment. `fresh` is matched anew, since words may stand no more, and somebody be away or
    excluded by now: then they are not asked, and nobody is asked in their place. `asked` were asked already."""
    due = [id_ for wave in plan.waves if wave.at <= now < wave.until for id_ in wave.person_ids]
    still = {one.person_id: one for one in fresh if not one.excluded}
    return [still[id_] for id_ in due if id_ in still and id_ not in asked]
