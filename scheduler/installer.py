"""Whoever installed Between in a workspace is leaving: said to whoever looks after the rhythm, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain.due import STILL_NEWS, Occurrence, dm, in_hours
from bot.domain.groups import Group, MessageRef
from bot.domain.ledger import Claim
from bot.domain.moments import to_the_second
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.views.installation import installer_leaves
from scheduler.outbox.messages import Drop, OutgoingMessage
from scheduler.recipients import leader_of

KIND = Kind.INSTALLER
IN_HOURS, COUNTED = True, Claim.LETTER
TURN = None


def due(snapshot: GroupSnapshot, now: datetime) -> Iterator[Occurrence]:
    """Where `group.installer` is not told: to the convenor, or the first active leader where there is none. For ten
    days."""
    group, active = snapshot.group, snapshot.active()
    if group.installer is None or group.installer.told_at or not active:
        return
    keeper = snapshot.keeper
    since, person = group.installer.since, snapshot.people[keeper]
    found = dm(KIND, group, person, since, since + STILL_NEWS, subject=_which(group))
    yield from in_hours(found, snapshot, person, now, back=active[keeper])


def _which(group: Group) -> str:
    return f"{group.installer.key}.{to_the_second(group.installer.since)}" if group.installer else ""


async def compose(entry: Entry, deps: Deps, now: datetime) -> OutgoingMessage | Drop:  # noqa: ARG001
    """Dropped where they are not leaving any more, or Between is in that workspace no more."""
    to = await leader_of(entry, deps)
    if isinstance(to, Drop):
        return to
    installer = to.snapshot.group.installer
    stored = await deps.store.installations.get(installer.key) if installer else None
    if installer is None or entry.subject != _which(to.snapshot.group) or stored is None or not stored.active:
        return Drop("they are not leaving, or Between has gone with them")
    return OutgoingMessage(installer_leaves(to.snapshot, stored.name, installer.leaving), person=to.person)


async def sent(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """`told_at` of that departure; nothing, where it is about another by now."""
    await deps.store.groups.change(
        entry.group_id,
        lambda one: (
            replace(one, installer=replace(one.installer, told_at=now))
            if one and one.installer and entry.subject == _which(one)
            else one
        ),
    )
