"""Where we are installed: who may install us, what a new installation changes, and what follows when one ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain import installation as domain
from bot.domain.installation import End, Installation, speaking_in
from bot.domain.people import Leader, SlackIdentity
from bot.domain.personal_data import RECORDS
from bot.domain.reach import installed_by
from bot.domain.snapshot import GroupSnapshot, Section
from bot.domain.trouble import ends_with_a_key
from bot.ports import Deps, Store
from bot.usecases import channel, voice
from bot.usecases.follow_up import look_after
from bot.usecases.reach import follow
from bot.usecases.stored import if_there

INVITATION = "invitation"
INVITATION_LIFE = timedelta(days=7)


async def invite(store: Store, code: str) -> None:
    """Whoever comes with this code may install us, once."""
    await store.tickets.issue(INVITATION, code, INVITATION_LIFE)


async def admit(store: Store, allowed: Iterable[str], one: Installation, invitation: str) -> bool:
    """By the workspace's id, since it has us already, or by an invitation: it is used up by that."""
    stored = await store.installations.get(one.key)
    if one.key in allowed or (stored and stored.active):
        return True
    # of several who come with it at once, one is let in
    return bool(invitation and await store.tickets.redeem(INVITATION, invitation))


async def installed(store: Store, one: Installation, now: datetime) -> None:
    """A new one, or one that is there already, installed again: its workspaces that we have met stay known. Groups
    are found by their channel from then on, since two installations may both be in it; and where the key was what
    was missing, what is owed to their channel goes now. The sequence: its record, then each group."""

    def noted(stored: Installation | None) -> Installation:
        if stored is None:
            return one
        since = stored.installed_at if stored.active else one.installed_at
        return replace(one, installed_at=since, teams=stored.teams, left=stored.left)

    # first: what is owed to a channel goes with this token
    await store.installations.change(one.key, noted)
    for group in (await store.groups.many(await store.index.groups())).values():
        await store.index.put_group(group.place, group.id)
        if ends_with_a_key(group) and one.serves(group.place.team_id):
            await channel.opened(store, group.id, now)


async def ended(deps: Deps, key: str, by: End, now: datetime) -> None:
    """Slack took us out of a workspace. Its token is deleted in the same write; then what follows from it is done,
    now or, should we die before, by the next who looks."""
    stands = await deps.store.installations.change(key, lambda stored: stored and domain.ended(stored, by, now))
    if stands and not stands.settled_at:
        await hand_over(deps, stands, now)


async def ended_for(
    deps: Deps, organisation: str | None, team_id: str, by: End, at: datetime, now: datetime
) -> None:
    """The installation that an event names: the workspace's own, else its organisation's. An event from before it
    was installed (`at`, by Slack's clock) is about an earlier one: Slack tells such things again for an hour."""
    for key in (team_id, organisation or ""):
        stored = await deps.store.installations.get(key) if key else None
        if stored and at >= stored.installed_at.replace(microsecond=0):
            return await ended(deps, key, by, now)
    return None


async def came_to_workspaces(store: Store, organisation: str, teams: Iterable[str]) -> None:
    """Those of an organisation that has us everywhere: their people are served by it from the next look on."""
    came = tuple(teams)
    # added to those that stand: of two events at once neither knows of what the other told
    await store.installations.change(organisation, lambda one: one and domain.with_teams(one, came))


async def left_workspace(deps: Deps, organisation: str, team_id: str, now: datetime) -> None:
    """One workspace of an organisation that has us everywhere: what follows is as where a workspace's own ends. The
    sequence: the organisation's record, then what follows."""
    # before the rest, which asks who else speaks there
    stands = await deps.store.installations.change(
        organisation, lambda one: one and domain.without_team(one, team_id, now)
    )
    if stands:
        await hand_over_left(deps, stands, now)


async def hand_over_left(deps: Deps, one: Installation, now: datetime) -> None:
    """Workspaces that left an organisation's installation: now or, should we die before, by the next who looks."""
    for team_id in one.left:
        await hand_over(deps, domain.parted(one, team_id), now)
        # last, as in `hand_over`; its moment stays the same until then, so nobody is told twice
        await deps.store.installations.change(one.key, if_there(domain.team_handed_over, team_id))


async def hand_over(deps: Deps, gone: Installation, now: datetime) -> None:
    """Groups and people that were spoken to through an installation that ended are handed over to another, and its
    workspace's people are owed a word of what still works. Done again it does no harm."""
    told: set[str] = set()
    for group_id in await deps.store.index.groups():
        snapshot = await deps.store.snapshots.load(group_id, Section.NAMES)
        if snapshot:
            told |= await _hand_over_group(deps, gone, snapshot, told, now)
    # last: until it is noted, the next who looks after installations does it again
    await deps.store.installations.change(gone.key, lambda stored: stored and domain.all_handed_over(stored, now))


async def _hand_over_group(
    deps: Deps, gone: Installation, snapshot: GroupSnapshot, told: set[str], now: datetime
) -> set[str]:
    """Returns who is told in this group: each in one of theirs."""
    group = snapshot.group
    if gone.serves(group.place.team_id):
        group = await voice.chosen(deps, group.id, now) or group
    installations = (await deps.store.installations.all()).values()
    # no bot of ours is left that could tell anybody
    if not speaking_in(installations, group.place.team_id):
        return set()
    theirs = set()
    async with look_after(deps.store, group.id, now):
        for id_ in snapshot.active():
            person = snapshot.people.get(id_)
            if person and gone.serves(person.reach.via_team):
                await follow(deps, person, group.place.team_id)  # in another DM: the one there was is closed to us
            if person and id_ not in told and any(gone.serves(one.team_id) for one in person.identities):
                theirs.add(id_)
                await deps.store.leaders.change(group.id, id_, lambda one: one and _unserved(one, gone))
    return theirs


def _unserved(leader: Leader, gone: Installation) -> Leader:
    # noted already, by somebody who died further on: they are told of one end once
    if leader.unserved_since == gone.ended_at:
        return leader
    return replace(leader, unserved_since=gone.ended_at, unserved_told_at=None)


async def own_first(deps: Deps, who: SlackIdentity, via_team: str) -> str:
    """Through which installation somebody is written to: that of their own workspace, else the one that they came
    by."""
    installations = await deps.store.installations.all()
    return who.team_id if speaking_in(installations.values(), who.team_id) else via_team


async def installed_by_them(store: Store, who: SlackIdentity) -> list[Installation]:
    """By whichever of their pairs; also those that ended."""
    return [one for one in (await store.installations.all()).values() if installed_by(who.each(), one)]


async def forget_installer(store: Store, who: Iterable[SlackIdentity], now: datetime) -> None:
    """It stays installed, and it is not known by whom."""
    accounts = [each for one in who for each in one.each()]
    for key, one in (await store.installations.all() if accounts else {}).items():
        if installed_by(accounts, one):
            await store.installations.change(
                key, if_there(RECORDS[Installation].erase, one.installed_by, False, now)
            )


async def is_of(store: Store, who: SlackIdentity, team_id: str) -> bool:
    """Whether somebody is of the workspace, or the organisation, whose installation speaks there."""
    one = speaking_in((await store.installations.all()).values(), team_id)
    return who.team_id == team_id or bool(one and any(one.serves(each.team_id) for each in who.each()[:1]))


async def team_of_bot(store: Store, user_id: str) -> str:
    """The workspace whose bot of ours that is, whichever installation Slack named beside it; empty for anybody
    else."""
    for one in (await store.installations.all()).values():
        if one.active and not one.org_wide and user_id and one.bot_user_id == user_id:
            return one.key
    return ""
