"""What we learnt: words of it pulled back, from a commitment or from what stays of one."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.learnt import without
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps
from bot.usecases import commitments

READS = Section.NAMES | Section.COMMITMENTS | Section.LEARNT

NEEDS = READS | Section.OWN
"""The newest digests besides, which may hold the words."""


async def pull_back(deps: Deps, member: Membership, id_: str, at: datetime, now: datetime) -> Membership:
    """Their own words of that moment, here and in digests. Twice is once. Raises Problem where nothing of it is
    kept."""
    snapshot, by = member.snapshot, member.person.id
    if id_ in snapshot.commitments:
        changed = await commitments.pull_back_words(deps, member, id_, at, now)
        return replace(member, snapshot=replace(snapshot, commitments={**snapshot.commitments, id_: changed}))
    kept = await deps.store.learnt.change(snapshot.group.id, id_, lambda stored: stored and without(stored, by, at))
    if kept is None:
        raise Problem(ProblemCode.LEARNT_GONE)
    return replace(member, snapshot=replace(snapshot, learnt={**snapshot.learnt, id_: kept}))
