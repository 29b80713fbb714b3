"""What an entry is about, loaded anew when it goes; or why it need not go any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.domain.checkins import may_prompt
from bot.domain.outbox import Entry
from bot.domain.problems import Problem
from bot.domain.rhythm import Round
from bot.ports import Deps
from bot.usecases.people import Standing
from bot.usecases.plate import Sharing, sharing
from bot.usecases.snapshot import load_circle
from scheduler.outbox.messages import Drop


async def leader_of(entry: Entry, deps: Deps, only: Iterable[str] | None = None) -> Standing | Drop:
    """Whom a DM is for: only somebody who is in the group now. `only` as `load_circle`."""
    circle = await load_circle(deps.store, entry.group_id, only)
    leader = circle.active().get(entry.person_id or "")
    if leader is None:
        return Drop("they have left the group")
    return Standing(circle=circle, person=circle.people[leader.person_id], leader=leader)


async def round_of(entry: Entry, deps: Deps) -> Round:
    found = await deps.store.rounds.get(entry.group_id, entry.round or "")
    if found is None:
        raise Problem(f"{entry.name} is about a round that is not kept.")
    return found


async def askable(entry: Entry, deps: Deps, now: datetime) -> Sharing | Drop:
    """Where a leader stands in the round they are to be asked about; not if they went away, paused or left.

    Of the others only those are loaded who help with what the leader tends: a check-in names nobody else, and
    everybody for each of two hundred would be forty thousand.
    """
    await deps.store.ahead(entry.group_id, round=entry.round or "", person=entry.person_id or "")
    there = await leader_of(entry, deps, [entry.person_id or ""])
    if isinstance(there, Drop):
        return there
    round = await round_of(entry, deps)
    if now >= round.closes_at:
        return Drop("the round has closed")
    if not may_prompt(there.person, there.leader, round, now):
        return Drop("they are away, paused or silent")
    found = await sharing(deps, there, round)
    helpers = {id_ for commitment in found.tended for id_ in commitment.helpers}
    if not helpers:
        return found
    circle = await load_circle(deps.store, entry.group_id, {there.person.id, *helpers})
    return msgspec.structs.replace(found, circle=circle)
