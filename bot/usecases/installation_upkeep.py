"""What becomes of installations by time alone: whoever installed one leaves, and what we hold of one that ended is
deleted. Each step may be done again, by several at once, and by whoever comes after somebody who died."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

import structlog
from msgspec.structs import replace

from bot.domain import installation as domain
from bot.domain.groups import Group, Place
from bot.domain.installation import Installation, InstallerLeaving, Leaving, speaking_in
from bot.domain.people import SlackIdentity
from bot.domain.purge import CHANNEL_GONE, without_channels, without_dms
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps, GroupCollection, Method, SlackRefused
from bot.usecases.follow_up import look_after
from bot.usecases.installation import hand_over, hand_over_left

T = TypeVar("T")

AT_A_TIME = 200
"""People read in one packet."""

log = structlog.get_logger()


async def look_after_installations(deps: Deps, now: datetime) -> None:
    """All of them; mostly there is nothing to do."""
    for one in (await deps.store.installations.all()).values():
        # whoever heard of its end died before all were handed over
        if not one.active and one.settled_at is None:
            await hand_over(deps, one, now)
        if one.left:
            await hand_over_left(deps, one, now)
        if domain.purge_due(one, now):
            await _purge(deps, one, now)
        elif domain.installer_due(one, now):
            await _look_at_installer(deps, one, now)


async def installer_changed(deps: Deps, who: SlackIdentity, leaving: Leaving | None, now: datetime) -> None:
    """Slack tells of a change of somebody's account: who installed us anywhere is noted."""
    for one in (await deps.store.installations.all()).values():
        theirs = one.installed_by == who.user_id and (one.org_wide or one.serves(who.team_id))
        if one.active and theirs and one.leaving != leaving:
            await _seen(deps, one, leaving, now)


async def _look_at_installer(deps: Deps, one: Installation, now: datetime) -> None:
    team = next(iter(one.teams), one.key) if one.org_wide else one.key
    leaving = one.leaving
    try:
        # where our pace is used up, what was known stands until tomorrow
        if not await deps.store.method_limiter.wait(team, Method.PROFILE):
            profile = await deps.messenger.profile(team, one.installed_by)
            leaving = Leaving.DELETED if profile.deleted else Leaving.GUEST if profile.guest else None
    except SlackRefused as refusal:
        log.info("can't look at who installed us", team=one.key, code=refusal.code)
    await _seen(deps, one, leaving, now)


async def _seen(deps: Deps, one: Installation, leaving: Leaving | None, now: datetime) -> None:
    """Groups first, so that who dies in between leaves it to be found again."""
    if leaving != one.leaving:
        for group_id in await deps.store.index.groups():
            snapshot = await deps.store.snapshots.load(group_id, Section.NAMES)
            if snapshot:
                await _note(deps, snapshot, one, leaving, now)
    await deps.store.installations.change(
        one.key, lambda stored: stored and domain.installer_seen(stored, leaving, now)
    )


async def _note(
    deps: Deps, snapshot: GroupSnapshot, one: Installation, leaving: Leaving | None, now: datetime
) -> None:
    """Nothing, where neither the group's channel nor anybody in it is of that installation."""
    people = [snapshot.people[id_] for id_ in snapshot.active() if id_ in snapshot.people]
    teams = {identity.team_id for person in people for identity in person.identities}
    if not any(one.serves(team) for team in {snapshot.group.place.team_id, *teams}):
        return

    def noted(group: Group | None) -> Group | None:
        # noted already: since when, and whether the convenor was told, stay as they are
        if group is None or (leaving and group.installer and group.installer.key == one.key):
            return group
        return replace(group, installer=leaving and InstallerLeaving(key=one.key, leaving=leaving, since=now))

    async with look_after(deps.store, snapshot.group.id, now):
        await deps.store.groups.change(snapshot.group.id, noted)


async def _purge(deps: Deps, gone: Installation, now: datetime) -> None:
    """Its token went at its end. Now the rest: channels that no other installation is in, where messages stand that
    nobody can change any more, and people's DMs. The record says when."""
    installations = (await deps.store.installations.all()).values()
    for group_id in await deps.store.index.groups():
        group = await deps.store.groups.get(group_id)
        if group and gone.serves(group.place.team_id) and not speaking_in(installations, group.place.team_id):
            # before the record, which says what is to be forgotten: who dies in between leaves it to be done again
            await deps.store.index.forget_place(group.place)
            await deps.store.groups.change(
                group_id,
                lambda one: (
                    one and replace(one, place=Place(team_id=one.place.team_id, channel=CHANNEL_GONE), panel=None)
                ),
            )
        if group:
            await _purge_messages(deps, group_id, gone)
    ids = await deps.store.index.people()
    for begin in range(0, len(ids), AT_A_TIME):
        for id_, person in (await deps.store.people.many(ids[begin : begin + AT_A_TIME])).items():
            if without_dms(person, gone) is not person:
                await deps.store.people.change(id_, lambda stored: stored and without_dms(stored, gone))
    # last: until it is noted, each look goes through all groups and people again
    await deps.store.installations.change(gone.key, lambda stored: stored and domain.purged(stored, now))
    log.info("deleted what was held of a workspace that took us out", team=gone.key)


async def _purge_messages(deps: Deps, group_id: str, gone: Installation) -> None:
    """Where our messages stand that only its token could have changed."""
    store = deps.store
    await store.groups.change(group_id, lambda stored: stored and without_channels(stored, gone))
    collections: tuple[GroupCollection[Any], ...] = (
        *(store.attention, store.introductions, store.digests),
        *(store.briefs, store.inquiries),
    )
    for one in collections:
        await _purge_collection(one, group_id, gone)
    for round in await store.rounds.all(group_id):
        await _purge_collection(store.checkins, group_id, gone, round=round)


async def _purge_collection(
    collection: GroupCollection[T], group_id: str, gone: Installation, *, round: str = ""
) -> None:
    for key, record in (await collection.all(group_id, round=round)).items():
        # the same object comes back where there is nothing to take out
        if without_channels(record, gone) is not record:
            await collection.change(
                group_id, key, lambda stored: stored and without_channels(stored, gone), round=round
            )
