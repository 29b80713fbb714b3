"""What an entry is about, loaded anew when it goes; or why it need not go any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.domain.checkins import may_prompt
from bot.domain.outbox import Entry
from bot.domain.rounds import Round
from bot.ports import Deps
from bot.usecases.people import Membership
from bot.usecases.plate import PlateContext, load_plate_context
from bot.usecases.snapshot import load_snapshot
from scheduler.outbox.messages import Drop


async def leader_of(entry: Entry, deps: Deps, only: Iterable[str] | None = None) -> Membership | Drop:
    """Whom a DM is for: only somebody who is in the group now. `only` as `load_circle`."""
    snapshot = await load_snapshot(deps.store, entry.group_id, only)
    leader = snapshot.active().get(entry.person_id or "")
    if leader is None:
        return Drop("they have left the group")
    return Membership(snapshot=snapshot, person=snapshot.people[leader.person_id], leader=leader)


async def round_of(entry: Entry, deps: Deps) -> Round:
    found = await deps.store.rounds.get(entry.group_id, entry.round or "")
    if found is None:
        raise LookupError(f"{entry.name} is about a round that is not kept.")
    return found


async def askable(entry: Entry, deps: Deps, now: datetime) -> PlateContext | Drop:
    """Where a leader stands in the round they are to be asked about; not if they went away, paused or left.

    Of the others only those are loaded who help with what the leader tends: a check-in names nobody else, and
    everybody for each of two hundred would be forty thousand.
    """
    await deps.store.ahead(entry.group_id, round=entry.round or "", person=entry.person_id or "")
    member = await leader_of(entry, deps, [entry.person_id or ""])
    if isinstance(member, Drop):
        return member
    round = await round_of(entry, deps)
    if now >= round.closes_at:
        return Drop("the round has closed")
    if not may_prompt(member.person, member.leader, round, now):
        return Drop("they are away, paused or silent")
    found = await load_plate_context(deps, member, round)
    helpers = {id_ for commitment in found.tended for id_ in commitment.helpers}
    if not helpers:
        return found
    snapshot = await load_snapshot(deps.store, entry.group_id, {member.person.id, *helpers})
    return msgspec.structs.replace(found, snapshot=snapshot)
