"""How somebody is reached: what Slack tells of their account and of the channel is noted, and what follows from it
is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from bot.domain.groups import Group, Place
from bot.domain.installation import speaking_in
from bot.domain.people import Account, Guest, Person, SlackIdentity, reached
from bot.domain.reach import Tie, Ways, best_reach, connected_now, facts_of, what_works
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import UNREACHED, Deps, Profile, SlackRefused, Store
from bot.usecases.follow_up import look_after

GONE = (Tie.SEVERED, Tie.LOST, Tie.FROZEN)
"""How a channel stands that is none to them any more."""

log = structlog.get_logger()


async def ways_of(store: Store, member: Membership) -> Ways:
    """What works for them in this group, from all installations as they are now."""
    installations = await store.installations.all()
    return what_works(facts_of(member.person, member.snapshot.group, installations.values(), member.leader))


async def has_commands(store: Store, who: SlackIdentity) -> bool:
    """Whether commands and Home surely work for somebody of whom no more is known than that they pressed."""
    person_id = await store.index.person(who)
    person = await store.people.get(person_id) if person_id else None
    account = person.accounts.get(who.key, Account()) if person else Account()
    installations = (await store.installations.all()).values()
    return not account.guest and speaking_in(installations, who.team_id) is not None


async def parted_from(store: Store, who: SlackIdentity, place: Place) -> Group | None:
    """A group of theirs that has lost its channel for them, so that they may take another for it: setting up there
    would make a second group by accident."""
    person_id = await store.index.person(who)
    person = await store.people.get(person_id) if person_id else None
    if person is None:
        return None
    installations = (await store.installations.all()).values()
    for group in (await store.groups.many(await store.index.groups_of(person.id))).values():
        gone = group.place.channel != place.channel and facts_of(person, group, installations).tie in GONE
        # a bot that was only taken out of the channel can be invited again, so that group stays there
        if gone and not (group.trouble and group.trouble.code == "not_in_channel"):
            return group
    return None


def may_go_on_in(group: Group, place: Place) -> bool:
    """Whether a group may move to that channel: its own can't be found any more, and both are seen by one bot. As
    long as it stands for others, the group stays with them."""
    lost = group.trouble is not None and group.trouble.code == "channel_not_found"
    return lost and group.place.team_id == place.team_id


async def note_account(deps: Deps, person_id: str, who: SlackIdentity, profile: Profile) -> None:
    """What Slack shows of an account. An empty profile, of somebody whom it does not show, changes nothing."""
    if profile.ids:
        await _note(deps, person_id, who, lambda before: replace(profile.account, refused=before.refused))


async def account_told(deps: Deps, person_id: str, who: SlackIdentity, *, guest: Guest, closed: bool) -> None:
    """Slack tells of every change of somebody's account. Who has another is written to there from now on."""
    await _note(deps, person_id, who, lambda before: replace(before, guest=guest, closed=closed))
    person = await deps.store.people.get(person_id)
    if person and len(person.identities) > 1:
        await follow(deps, person, person.reach.via_team)


async def _note(deps: Deps, person_id: str, who: SlackIdentity, decide: Callable[[Account], Account]) -> None:
    def noted(stored: Person | None) -> Person | None:
        if stored is None or all(one.key != who.key for one in stored.identities):
            return stored
        before = stored.accounts.get(who.key, Account())
        now = decide(before)
        return stored if now == before else replace(stored, accounts={**stored.accounts, who.key: now})

    await deps.store.people.change(person_id, noted)


async def refused(deps: Deps, person_id: str, code: str) -> None:
    """Slack would not take a DM to them, for a reason about them; `code` is empty once it took one again."""
    # Slack says the same of each message to them: read first, and written once
    person = await deps.store.people.get(person_id)
    who = next((one for one in person.identities if one.user_id == person.reach.user_id), None) if person else None
    if person and who and person.accounts.get(who.key, Account()).refused != code:
        await _note(deps, person_id, who, lambda before: replace(before, refused=code))
        if code:  # so that the next one is opened anew, which shows that it may be
            await deps.store.people.change(
                person_id, lambda one: one and reached(one, replace(one.reach, dm_channel=None))
            )


async def look_soon(deps: Deps, place: Place, now: datetime) -> None:
    """Slack tells that a channel is shared with others now, or no more, or archived: how it stands, and who is in
    it, is looked at anew."""

    def sooner(one: Group) -> Group:
        # another moment in any case: a look that is under way notes its next only where nobody asked for one since
        before = one.members_due_at or now
        return replace(one, members_due_at=min(now, before - timedelta.resolution))

    if group_id := await deps.store.index.group(place):
        await deps.store.groups.change(group_id, lambda one: one and sooner(one))
        await deps.store.due.look_at(group_id, now)


async def look_at_connection(deps: Deps, group: Group, now: datetime) -> bool:
    """What Slack tells of a group's channel is noted, and a look at the group finds what follows. False where it
    would not tell just now, so it is worth asking again soon: not by a dead token, nor where it never will."""
    try:
        told = await deps.messenger.connection(group.place)
    except SlackRefused as refused:
        log.info("can't look at the channel", group=group.id, code=refused.code)
        return not (refused.in_doubt or refused.retry_after is not None or refused.code == UNREACHED)
    new = replace(told, looked_at=now)

    def noted(stored: Group | None) -> Group | None:
        # Slack told of a change since we asked, or somebody else asked: theirs is newer than our answer
        if stored is None or (stored.place, stored.connection) != (group.place, group.connection):
            return stored
        return connected_now(stored, new, now)

    if connected_now(group, new, now) == replace(group, connection=replace(group.connection, looked_at=now)):
        # no news: that Slack was asked is noted, and nobody need look
        await deps.store.groups.change(group.id, noted)
        return True
    async with look_after(deps.store, group.id, now):
        await deps.store.groups.change(group.id, noted)
    return True


async def follow_all(deps: Deps, snapshot: GroupSnapshot) -> None:
    """Everybody in a group, as `follow`; mostly nothing changes."""
    installations = (await deps.store.installations.all()).values()
    speaks_in = snapshot.group.place.team_id
    for id_ in snapshot.active():
        person = snapshot.people[id_]
        if best_reach(person, installations, speaks_in) != person.reach:
            await follow(deps, person, speaks_in)


async def follow(deps: Deps, person: Person, speaks_in: str) -> None:
    """Somebody is written to as the rule says, from now on: an installation came or ended, or an account did."""
    installations = await deps.store.installations.all()
    if best_reach(person, installations.values(), speaks_in) != person.reach:
        # decided again on what stands: they may have got another account since, or lost one
        await deps.store.people.change(
            person.id,
            lambda stored: stored and reached(stored, best_reach(stored, installations.values(), speaks_in)),
        )
