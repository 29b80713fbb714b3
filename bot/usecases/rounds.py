"""Rounds: which one somebody's words belong to now, and what they said last time."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.domain.groups import Group
from bot.domain.plate import Plate
from bot.domain.rounds import A_DAY_LATE, Round, coming_round, present, retimed, taken
from bot.ports import Store

LOOK_BACK = 8
"""Rounds searched for what somebody said last."""


async def latest_round(store: Store, group: Group, now: datetime) -> Round | None:
    rounds = await store.rounds.all(group.id)
    return next(iter(present(rounds.values(), group, now)), None)


async def round_for_words(store: Store, group: Group, now: datetime) -> Round:
    """Where words shared now belong: the latest round until its meeting is over (a digest that has gone out is
    then corrected), else the coming one, which is opened early so that they have a place.
    """
    latest = await latest_round(store, group, now)
    if latest and not taken(latest, now):
        return latest
    if latest and latest.meeting_at and now < latest.meeting_at and await can_show(store, latest, now):
        return latest
    coming = coming_round(group, latest, now)
    opened = await store.rounds.change(group.id, coming.name, lambda stored: stored or coming)
    assert opened is not None
    return opened


async def can_show(store: Store, round: Round, now: datetime) -> bool:
    """Whether words added to a round still come before the group: its digest is to come, or there is one to
    correct. Where nobody had said anything there is none, and never will be; nor where the bot was down for it."""
    if not round.digested:
        return now < round.digest_at + A_DAY_LATE
    digest = await store.digests.get(round.group_id, round.name)
    return digest is not None and digest.posted is not None


async def last_plate(store: Store, group_id: str, person_id: str, before: str) -> Plate | None:
    """What they last wrote in a round earlier than `before`: the last, mostly; else the rest are read at once."""
    names = sorted((name for name in await store.rounds.all(group_id) if name < before), reverse=True)
    for some in filter(None, (names[:1], names[1:LOOK_BACK])):
        found = await asyncio.gather(*(store.plates.get(group_id, person_id, round=name) for name in some))
        said = next(filter(None, found), None)
        if said:
            return said
    return None


async def retime(store: Store, group: Group, now: datetime) -> None:
    """After a change of the rhythm or a meeting that moved: the latest round's times follow."""
    latest = await latest_round(store, group, now)
    if latest:
        await store.rounds.change(
            group.id, latest.name, lambda stored: retimed(stored, group, now) if stored else None
        )
