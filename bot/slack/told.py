"""What Slack tells of people and channels, read from its objects as they are: any part may lack."""

from __future__ import annotations

from typing import Any

from bot.domain.groups import Connection
from bot.domain.people import Account, Guest, SlackIdentity
from bot.ports import Profile

Json = dict[str, Any]


def profile_in(user: Json) -> Profile:
    """Names in the order people would choose; people of other organisations may lack any of these."""
    card: Json = user.get("profile") or {}
    # on Enterprise Grid a user object names the person in the workspace and in its organisation
    grid: Json = user.get("enterprise_user") or {}
    teams = dict.fromkeys([user.get("team_id"), grid.get("enterprise_id"), *(grid.get("teams") or ())])
    ids = [id_ for id_ in dict.fromkeys([user.get("id"), grid.get("id")]) if id_]
    names = (card.get("real_name"), user.get("real_name"), card.get("display_name"), user.get("name"))
    guest = Guest.of(restricted=user.get("is_restricted"), ultra_restricted=user.get("is_ultra_restricted"))
    return Profile(
        name=next((name for name in names if name), ""),
        zone=user.get("tz") or "",
        ids=tuple(map(str, ids)),
        bot=bool(user.get("is_bot")),
        deleted=bool(user.get("deleted")),
        account=Account(
            team_id=str(user.get("team_id") or ""),
            enterprise_id=str(grid.get("enterprise_id") or ""),
            guest=guest,
            stranger=bool(user.get("is_stranger")),  # there of people of other workspaces only
            closed=bool(user.get("deleted")),
        ),
        guest=guest is not Guest.NO,
        identities=tuple(SlackIdentity(team_id=team, user_id=id_) for id_ in ids for team in teams if team),
    )


def connection_in(channel: Json) -> Connection:
    """`shared_team_ids` has all workspaces of it; where it lacks, the others' ids stand by themselves."""
    host = str(channel.get("conversation_host_id") or "")
    told = [channel.get("shared_team_ids"), channel.get("connected_team_ids"), channel.get("internal_team_ids")]
    teams = dict.fromkeys([host, *(str(team) for some in told for team in some or ())])
    return Connection(
        shared=bool(channel.get("is_ext_shared") or channel.get("is_org_shared")),
        host=host,
        teams=tuple(filter(None, teams)),
        frozen=str(channel.get("frozen_reason") or ("frozen" if channel.get("is_frozen") else "")),
        archived=bool(channel.get("is_archived")),
    )
