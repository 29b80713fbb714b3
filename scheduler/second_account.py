"""A leader proved that a second account is theirs: announced in the channel, once what each kept is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain import identity
from bot.domain.channel_days import Turn
from bot.domain.due import STILL_NEWS, Occurrence, post
from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases.follow_up import LONGEST_PRESS
from scheduler import announcements

KIND = Kind.SECOND_ACCOUNT
IN_HOURS, COUNTED = False, None
TURN = Turn.PROMPT

PAUSE = 2 * LONGEST_PRESS


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:  # noqa: ARG001 (every kind's shape)
    """Each that is not announced and not objected to, of somebody who is in the group: a minute after it was
    proved, by when what each kept is one, and for ten days."""
    here = snapshot.active()
    for one in snapshot.group.second_accounts:
        if one.told_at is None and not one.objected_by and one.person_id in here:
            yield post(KIND, snapshot.group, one.at + PAUSE, subject=one.id, lasts=STILL_NEWS)


compose = announcements.compose


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`told_at` of that account, in the group."""
    await deps.store.groups.change(
        entry.group_id, lambda stored: stored and identity.with_account(stored, entry.subject, told_at=now)
    )
