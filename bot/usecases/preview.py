"""Preview: the first post into a channel that other organisations read is shown to whoever sets the group up."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.groups import Connection, Group, Place, Preview
from bot.domain.hours import to_local
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, SlackRefused
from bot.usecases.follow_up import look_after
from bot.usecases.presence import ASKING_TIMEOUT_S


async def preview_for(deps: Deps, place: Place, who: SlackIdentity) -> Preview | None:
    """None where the channel is of one workspace, and theirs. Where Slack does not tell in time it may be of many.
    Then it is shown."""
    try:
        async with asyncio.timeout(ASKING_TIMEOUT_S):
            teams = await deps.messenger.workspaces(place)
    except (TimeoutError, SlackRefused):
        return Preview()
    own = {place.team_id, *who.elsewhere}
    return None if set(teams) <= {place.team_id} and who.team_id in own else Preview(teams=teams)


LEFT_ALONE = timedelta(days=7)
"""How long a group that is not posted waits for whoever set it up; then anyone in its channel can take it on."""


def left_alone(snapshot: GroupSnapshot, now: datetime) -> bool:
    """Whether anyone in the channel may take it on: seven days after it was set up, or at once where nobody is in
    it."""
    return not snapshot.active() or now >= snapshot.group.set_up_at + LEFT_ALONE


def waits(snapshot: GroupSnapshot, now: datetime) -> Problem:
    """For others in the channel, who can only ask whoever set it up, or wait."""
    group = snapshot.group
    by = snapshot.people.get(group.set_up_by)
    day, today = (to_local(at, group.zone).date() for at in (group.set_up_at + LEFT_ALONE, now))
    return Problem(
        ProblemCode.PREVIEW_WAITS, name=group.name, by=by.name if by else "", day=max(day, today), today=today
    )


async def going_on(deps: Deps, group: Group, place: Place, who: SlackIdentity) -> Group:
    """As it will be in that channel, since its own is gone; with whom that is shared stands in its `connection`."""
    shown = await preview_for(deps, place, who)
    seen = Connection(shared=True, teams=shown.teams) if shown else Connection()
    return replace(group, place=place, connection=seen, preview=None, trouble=None, panel=None, panel_at=None)


async def workspace_names(deps: Deps, group: Group) -> dict[str, str]:
    """Of those that install Between: nobody else's is known to us."""
    teams = group.preview.teams if group.preview and group.unposted else group.connection.teams
    known = (await deps.store.installations.all()).values()
    return {one.key: one.name for one in known if one.key in teams and one.name}


async def post_it(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> Group:
    """From now on what the group is owed goes out. Pressed twice it is once. Raises Problem."""
    group_id = snapshot.group.id

    def begun(stored: Group | None) -> Group | None:
        # Not the first post of a new group: others came to read its channel since, and now a leader has looked.
        if stored and stored.trouble and stored.trouble.unseen:
            return replace(stored, trouble=None)
        if stored is None or stored.preview is None or not stored.unposted:
            return stored
        return replace(stored, preview=replace(stored.preview, posted_at=now))

    async with look_after(deps.store, group_id, now):
        group = await deps.store.groups.change(group_id, begun)
    return require(group, ProblemCode.GROUP_UNKNOWN)
