"""Where we are installed: who may install us, what a new installation changes, and what follows when one ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain import installation as domain
from bot.domain.installation import End, Installation, speaking_in
from bot.domain.people import SlackIdentity
from bot.ports import Deps, Store

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
    return bool(invitation) and await store.tickets.take(INVITATION, invitation)


async def installed(store: Store, one: Installation) -> None:
    """A new one, or one that is there already, installed again: its workspaces that we have met stay known. Groups
    are found by their channel from then on, since two installations may both be in it."""

    def noted(stored: Installation | None) -> Installation:
        if stored is None:
            return one
        since = stored.installed_at if stored.active else one.installed_at
        return replace(one, installed_at=since, teams=stored.teams)

    await store.installations.change(one.key, noted)
    for group in (await store.groups.many(await store.index.groups())).values():
        await store.index.put_group(group.place, group.id)


async def ended(deps: Deps, key: str, by: End, now: datetime) -> None:
    """Slack took us out of a workspace. Its token is deleted in the same write."""
    await deps.store.installations.change(key, lambda stored: stored and domain.ended(stored, by, now))


async def ended_for(
    deps: Deps, organisation: str | None, team_id: str, by: End, at: datetime, now: datetime
) -> None:
    """The installation that an event names: the workspace's own, else its organisation's. An event of before it
    was installed (`at`, by Slack's clock) is about an earlier one: Slack tells such things again for an hour."""
    for key in (team_id, organisation or ""):
        stored = await deps.store.installations.get(key) if key else None
        if stored and at >= stored.installed_at.replace(microsecond=0):
            return await ended(deps, key, by, now)
    return None


async def own_first(deps: Deps, who: SlackIdentity, via_team: str) -> str:
    """Through which installation somebody is written to: that of their own workspace, else the one that they came
    by."""
    installations = await deps.store.installations.all()
    return who.team_id if speaking_in(installations.values(), who.team_id) else via_team
