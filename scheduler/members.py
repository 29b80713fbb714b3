"""A daily look at who is in the group's channel: it finds whom no event told of, and what a join could not ask.

The sequence: a group whose look is due is looked at after it was planned, by any bot; two at once do no harm. What
is found is noted at once, each leader by themselves, and last when the next look is due: whoever dies before that
leaves the look due.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from bot.domain.absence import Presence
from bot.domain.groups import Group, ended
from bot.domain.people import AbsenceReason
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, StoreDown
from bot.usecases import absence
from bot.usecases.presence import account, all_members
from bot.usecases.reach import follow_all, look_at_connection, note_account
from bot.usecases.snapshot import load_snapshot
from bot.usecases.stored import if_there
from bot.usecases.together import together

log = structlog.get_logger()

EVERY = timedelta(days=1)
UNTOLD_AGAIN = timedelta(hours=6)
"""After Slack would not tell who is in the channel, or not in time."""

UNCONNECTED_AGAIN = timedelta(minutes=10)
"""After it would not tell just now how the channel stands: it may be archived, or shared, and we go on there."""

LOOK_TIMEOUT_S = 5.0
"""Seconds: other groups wait to be planned meanwhile."""

MOST_ACCOUNTS = 8
"""Asked about in one look: fewer than Slack takes at once. Those of the others have their turn on later days."""


def members_due_at(group: Group) -> datetime:
    """When Slack is next asked who is in the channel: for the first time a day after the group was set up."""
    return group.members_due_at or group.set_up_at + EVERY


async def look_at_members(group_id: str, deps: Deps, now: datetime) -> datetime:
    """Returns when the next look is due; looks only where one is."""
    group = await deps.store.groups.get(group_id)
    due_at = members_due_at(group) if group else now + EVERY
    if group is None or now < due_at:
        return due_at
    if ended(group, now):
        return now + EVERY
    next_at = now + await _looked(group, deps, now)
    asked_for = group.members_due_at
    stored = await deps.store.groups.change(
        group.id,
        # else Slack told of a change meanwhile, and the look that this asked for is still to come
        if_there(lambda one: replace(one, members_due_at=next_at) if one.members_due_at == asked_for else one),
    )
    return members_due_at(stored) if stored else next_at


async def _looked(group: Group, deps: Deps, now: datetime) -> timedelta:
    """Looks at how the channel stands, and at who is in it; how long it is until the next look."""
    connected = False
    try:
        async with asyncio.timeout(LOOK_TIMEOUT_S):
            connected = await look_at_connection(deps, group, now)
            told = connected and await _look(group, deps, now)
    except TimeoutError:
        told = False
    except StoreDown:
        raise
    except Exception:
        log.exception("can't look at who is in the channel", group=group.id)
        connected, told = True, False
    if not connected:
        return UNCONNECTED_AGAIN
    return EVERY if told else UNTOLD_AGAIN


async def _look(group: Group, deps: Deps, now: datetime) -> bool:
    """Whether Slack told who is in the channel. Where it names none of the leaders, it told of another channel than
    they are in, or not the truth: nobody is taken to be gone by that."""
    snapshot = await load_snapshot(deps.store, group.id)
    members = [one for id_ in snapshot.leaders if (one := snapshot.member(id_, absent=True))]
    # Everybody is written to as the rule says, should an installation have come since.
    await follow_all(deps, snapshot)
    everybody = await all_members(deps, group.place)
    if everybody is None:
        return False
    here = [one for one in members if _ids(one) & everybody]
    missing = [one for one in members if one not in here] if here else []
    # when they were last looked for, or were taken out, also where the group kept them by an objection
    noted = [(one, one.leader.absence or one.leader.departure) for one in here]
    closed = [one for one, found in noted if found and found.reason is AbsenceReason.LEFT_SLACK]
    for one in here:
        if (one.leader.absence or one.leader.departure) and one not in closed:
            await absence.note(deps, one, Presence.IN_CHANNEL, now)
    for one in missing[MOST_ACCOUNTS:]:
        await absence.note(deps, one, Presence.OUTSIDE, now)
    # Whoever had no account is not about because the channel names them still. And of those who are here some,
    # others on each day, all of them in as few days as it takes.
    most = max(MOST_ACCOUNTS - len(missing), 0)
    start = now.toordinal() * most % len(here) if here else 0
    others = [one for one in (*here[start:], *here[:start]) if one not in closed]
    asked = [*missing[:MOST_ACCOUNTS], *[*closed, *others][:most]]
    await together(*(_ask_about(one, everybody, snapshot, deps, now) for one in asked))
    return True


async def _ask_about(
    member: Membership, everybody: frozenset[str], snapshot: GroupSnapshot, deps: Deps, now: datetime
) -> None:
    profiles = [await account(deps, snapshot.group.place, identity) for identity in member.person.identities]
    for identity, profile in zip(member.person.identities, profiles, strict=True):
        if profile:
            await note_account(deps, member.person.id, identity, profile)
    found = [profile for profile in profiles if profile]
    ids = _ids(member).union(*(profile.ids for profile in found))
    if found and all(profile.deleted for profile in found):
        await absence.note(deps, member, Presence.CLOSED, now)
    else:
        await absence.note(deps, member, Presence.IN_CHANNEL if ids & everybody else Presence.OUTSIDE, now)


def _ids(member: Membership) -> set[str]:
    return {identity.user_id for identity in member.person.identities}
