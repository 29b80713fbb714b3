"""A digest, or the announcement of a change, of which nobody can tell whether it is in the channel: noted; and the
digest posted again by whoever has looked."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.outbox import Entry, Kind
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.domain.unconfirmed import posted_again, unconfirmed
from bot.ports import Deps
from bot.usecases.follow_up import look_after
from bot.usecases.stored import if_there


async def can_not_tell(deps: Deps, entry: Entry, now: datetime) -> None:
    """It may be in the channel, and nobody can look: of a digest, and of a change, that is said to whoever can."""
    if entry.kind is Kind.DIGEST and entry.round:
        await deps.store.rounds.change(entry.group_id, entry.round, if_there(unconfirmed, now))
    elif entry.kind is Kind.CHANGE and entry.subject:
        noted = if_there(replace, unconfirmed_at=now)
        await deps.store.changes.change(entry.group_id, entry.subject, noted)
    else:
        return
    await deps.store.due.look_at(entry.group_id, now)


async def post_again(deps: Deps, snapshot: GroupSnapshot, round_name: str, now: datetime) -> None:
    """By somebody who has looked: the digest of which nobody could tell is not in the channel."""
    if round_name not in snapshot.rounds:
        raise Problem(ProblemCode.ROUND_GONE)
    group = snapshot.group
    async with look_after(deps.store, group.id, now):
        await deps.store.rounds.change(group.id, round_name, if_there(posted_again, group, now))
