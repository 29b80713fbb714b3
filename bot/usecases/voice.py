"""Which of our installations speaks in a group's channel: the host's, and where that can't, another that is in it.

Exactly one at a time, since it stands in the group's record, and everything posted there goes by that. What another
has posted is changed with the token that posted it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from bot.domain.groups import Group, Place
from bot.domain.installation import Installation, speaking_in
from bot.domain.reach import without_panel
from bot.domain.snapshot import Section
from bot.domain.trouble import KEYLESS
from bot.ports import Deps, SlackRefused
from bot.usecases.presence import is_member

OUT_OF_IT = KEYLESS | {"not_in_channel", "channel_not_found", "not_installed", "team_access_not_granted"}
"""Refusals that are about the one who spoke, so that another may be let in."""


async def chosen(deps: Deps, group_id: str, now: datetime, *, unless: str = "") -> Group | None:
    """The group with the installation that is to speak in its channel from now on; None where nothing changes, or
    there is no group (yet). `unless`: not through this workspace. Twice is once, and whoever dies in between leaves
    it as it was. What one that is gone has posted has no buttons any more, so the panel is posted anew."""
    active = [one for one in (await deps.store.installations.all()).values() if one.active]
    snapshot = await deps.store.snapshots.load(group_id, Section.NAMES)
    if snapshot is None:  # our hello, refused in a channel that has none
        return None
    before = snapshot.group.place
    # mostly there is one installation, and nothing to ask Slack about
    if len(active) < 2 and speaking_in(active, before.team_id):
        return None
    # through which workspaces to try: the one that spoke so far, those of leaders, all others
    leaders = [snapshot.people[id_] for id_ in snapshot.active() if id_ in snapshot.people]
    own = [identity.team_id for person in leaders for identity in person.identities]
    teams = dict.fromkeys([before.team_id, *own, *(team for one in active for team in (one.key, *one.teams))])
    channels = [Place(team_id=team, channel=before.channel) for team in teams]
    best = await best_place(deps, channels, active, unless=unless)
    if best is None or best == before:
        return None
    gone = speaking_in(active, before.team_id) is None

    def handed_over(stored: Group | None) -> Group | None:
        # another bot chose meanwhile, or the channel was renamed: what stands is newer than what we asked Slack
        if stored is None or stored.place != before:
            return stored
        # what kept the one before from posting was its own; that the channel is archived, or that nobody has looked
        # yet who else reads it, is not
        trouble = stored.trouble if stored.trouble and (stored.trouble.unseen or stored.trouble.archived) else None
        new = replace(stored, place=best, trouble=trouble)
        return without_panel(new, now) if gone else new

    # found there before it moves: a press that comes in between is not taken for one in a new channel
    await deps.store.index.put_group(best, group_id)
    group = await deps.store.groups.change(group_id, handed_over)
    await deps.store.due.look_at(group_id, now)
    return group


async def best_place(
    deps: Deps, places: list[Place], active: Iterable[Installation], *, unless: str = ""
) -> Place | None:
    """The first of these whose bot is in the channel, the host's before all; not that of `unless`. Where none is,
    but one may see it, that one: it says that it must be invited. Whichever was refused before is among those, so
    that two which are both out of the channel never hand it to each other without an end."""
    bots = {one.team_id: found for one in places if (found := speaking_in(active, one.team_id))}
    places = [one for one in places if one.team_id in bots]
    host = await _host(deps, places)
    seen = None
    for place in sorted(places, key=lambda one: one.team_id != host):
        inside = await is_member(deps, place, bots[place.team_id].bot_user_id)
        if inside and place.team_id != unless:
            return place
        if inside is not None:
            seen = seen or place
    return seen


async def host_speaks(deps: Deps, place: Place) -> Place:
    """For a group that is being set up: the channel as the host's installation knows it, if that is in it."""
    active = [one for one in (await deps.store.installations.all()).values() if one.active]
    if len(active) < 2:
        return place
    teams = dict.fromkeys([place.team_id, *(team for one in active for team in (one.key, *one.teams))])
    best = await best_place(deps, [replace(place, team_id=team) for team in teams], active)
    return best or place


async def _host(deps: Deps, places: list[Place]) -> str:
    for place in places:
        try:
            if host := (await deps.messenger.connection(place)).host:
                return host
        # not told to this one; another of our bots may see the channel
        except SlackRefused:
            continue
    return ""
