"""Commitments: adding, saying how it goes, joining in, offering help. Nobody does these for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.commitments import (
    Commitment,
    CommitmentWords,
    ProgressWords,
    State,
    can_help,
    join,
    make,
    progress,
    reword,
    step_back,
)
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store
from bot.usecases.people import Membership, require_member, reset_silence

Decide = Callable[[Commitment, str], Commitment]
"""What becomes of a commitment, and who says so."""


async def add(
    deps: Deps, who: SlackIdentity, group_id: str, id: str, words: CommitmentWords, now: datetime
) -> tuple[GroupSnapshot, Commitment]:
    """Adds it under the id its form was opened with, or changes its words; so a form sent twice adds once."""
    member = await require_member(deps.store, who, group_id)
    by = member.person.id
    fields = {"what": words.what, "part": words.part, "first_step": words.first_step, "benefit": words.benefit}

    def decide(before: Commitment | None) -> Commitment:
        if before:
            return reword(before, by=by, **fields)  # type: ignore[arg-type]
        return make(id=id, by=by, now=now, **fields)  # type: ignore[arg-type]

    commitment = await deps.store.commitments.change(group_id, id, decide)
    assert commitment is not None
    await reset_silence(deps.store, group_id, by)
    return member.snapshot, commitment


async def get(deps: Deps, who: SlackIdentity, group_id: str, id: str) -> tuple[Membership, Commitment]:
    """Raises NotJoined, or Problem where there is none."""
    member = await require_member(deps.store, who, group_id)
    commitment = await deps.store.commitments.get(group_id, id)
    if commitment is None:
        raise Problem(ProblemCode.COMMITMENT_GONE)
    return member, commitment


async def of_group(deps: Deps, who: SlackIdentity, group_id: str) -> tuple[Membership, list[Commitment]]:
    member = await require_member(deps.store, who, group_id)
    return member, list((await deps.store.commitments.all(group_id)).values())


async def tap(deps: Deps, who: SlackIdentity, group_id: str, id: str, state: State, now: datetime) -> Commitment:
    """One tap: where it stands, be it where it stood."""
    return await _change(
        deps, who, group_id, id, lambda c, by: progress(c, by=by, state=state, now=now, still=True)
    )


async def note(store: Store, group_id: str, by: str, id: str, state: State, now: datetime) -> None:
    """From a form that holds every one of theirs: only a change counts, and a commitment that is gone or no longer
    theirs is passed over, so that the rest is saved."""
    try:
        await _changed(store, group_id, by, id, lambda c, by: progress(c, by=by, state=state, now=now, still=False))
    except Problem:
        return


async def say(
    deps: Deps, who: SlackIdentity, group_id: str, id: str, words: ProgressWords, now: datetime
) -> Commitment:
    """How it is going, in words."""
    return await _change(
        deps,
        who,
        group_id,
        id,
        lambda c, by: progress(c, by=by, state=words.state, now=now, note=words.note, noticed=words.noticed),
    )


async def join_in(deps: Deps, who: SlackIdentity, group_id: str, id: str) -> Commitment:
    return await _change(deps, who, group_id, id, join)


async def offer_help(deps: Deps, who: SlackIdentity, group_id: str, id: str) -> Commitment:
    return await _change(deps, who, group_id, id, can_help)


async def leave_to_others(deps: Deps, who: SlackIdentity, group_id: str, id: str) -> Commitment:
    return await _change(deps, who, group_id, id, step_back)


async def _change(deps: Deps, who: SlackIdentity, group_id: str, id: str, decide: Decide) -> Commitment:
    member = await require_member(deps.store, who, group_id)
    commitment = await _changed(deps.store, group_id, member.person.id, id, decide)
    await reset_silence(deps.store, group_id, member.person.id)
    return commitment


async def _changed(store: Store, group_id: str, by: str, id: str, decide: Decide) -> Commitment:
    def change(before: Commitment | None) -> Commitment:
        if before is None:
            raise Problem(ProblemCode.COMMITMENT_GONE)
        return decide(before, by)

    commitment = await store.commitments.change(group_id, id, change)
    assert commitment is not None
    return commitment
