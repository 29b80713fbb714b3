"""Changing a record of a group that a press is about: it has to be there still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.domain.problems import ProblemCode, require
from bot.domain.snapshot import Membership
from bot.ports import Deps, GroupCollection
from bot.usecases.follow_up import look_after
from bot.usecases.people import reset_silence

T = TypeVar("T")


async def change_existing(
    records: GroupCollection[T], member: Membership, id_: str, decide: Callable[[T], T], gone: ProblemCode
) -> T:
    """What it has become, beginning from the member's snapshot. Raises Problem with `gone` where there is none, and
    what `decide` raises."""

    snapshot = member.snapshot
    # Of the record as it stands, and not of the snapshot: a button stands in a message for long, and what it is
    # about may be gone a moment after the snapshot was read.
    changed = await records.change(
        snapshot.group.id, id_, lambda stored: decide(require(stored, gone)), seen=snapshot.versions
    )
    assert changed is not None
    return changed


async def change_and_look(
    deps: Deps,
    records: GroupCollection[T],
    member: Membership,
    id_: str,
    decide: Callable[[T], T],
    gone: ProblemCode,
    now: datetime,
) -> T:
    """The same; then the group is looked at, since somebody may be to hear of it, and whoever pressed is silent no
    more."""
    async with look_after(deps.store, member.snapshot.group.id, now):
        changed = await change_existing(records, member, id_, decide, gone)
    # Last, since nothing hangs on it: whoever dies before it is taken to be silent until their next press.
    await reset_silence(deps, member)
    return changed
