"""Slack Connect: channels shared between workspaces, and who meets whom in them.

https://docs.slack.dev/apis/slack-connect. The first of a channel's `teams` hosts it.
"""

from __future__ import annotations

import copy
from itertools import combinations

from playground.messages import Channel
from playground.people import User
from playground.state import State

SEVERED = "connection_severed"


def meet(world: State, bot_user_id: str, user_id: str) -> bool:
    """Whether these two are in one channel that is still in use (their direct conversation does not count)."""
    pair = {bot_user_id, user_id}
    return any(
        pair <= set(channel.members)
        for channel in world.channels.values()
        if channel.is_named and not (channel.archived or channel.frozen)
    )


def connects(world: State, channel: Channel) -> bool:
    """Whether several workspaces meet in it: a shared channel, or a direct message between people of two."""
    return channel.shared or (
        not channel.is_named and len({world.users[one].team_id for one in channel.members}) > 1
    )


def is_stranger(world: State, bot_user_id: str, user: User) -> bool:
    """Somebody of another workspace who shares no channel with this bot."""
    return user.team_id != world.users[bot_user_id].team_id and not meet(world, bot_user_id, user.id)


def knows(world: State, team_id: str, user: User) -> bool:
    """Whether people of this workspace may learn that `user` exists: one of them, or of a connected workspace."""
    return user.team_id == team_id or frozenset({user.team_id, team_id}) in world.acquainted


def introduce(world: State, channel: Channel) -> None:
    """The workspaces of a channel know each other from now on."""
    world.acquainted.update(frozenset(pair) for pair in combinations(channel.teams, 2))


def share(world: State, channel: Channel, team_id: str, members: list[str]) -> Channel:
    """Connect `channel` to a workspace. A private one with an old id (`G…`) gets a new one (`C…`) first."""
    if channel.id.startswith("G"):
        _rename_id(world, channel)
    if team_id not in channel.teams:
        channel.teams.append(team_id)
        introduce(world, channel)
        world.announce({"type": "channel_shared", "connected_team_id": team_id, "channel": channel.id}, channel)
    channel.members += [one for one in members if one not in channel.members]
    world.touch()
    return channel


def _rename_id(world: State, channel: Channel) -> None:
    old, new = channel.id, "C" + channel.id[1:]
    del world.channels[old]
    channel.id = new
    world.channels[new] = channel
    for message in channel.messages.values():
        message.channel_id = new
    for ticket in world.response_urls.values():
        ticket.channel_id = new if ticket.channel_id == old else ticket.channel_id
    world.announce({"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}, channel)


def unshare(world: State, channel: Channel, team_id: str) -> None:
    """Take a workspace out: its people and bots leave, the others and their messages stay."""
    if team_id not in channel.teams[1:]:
        raise ValueError(f"{team_id} is not a guest in #{channel.name}.")
    still = len(channel.teams) > 2
    gone = {"type": "channel_unshared", "previously_connected_team_id": team_id, "channel": channel.id}
    world.announce(gone | {"is_ext_shared": still}, channel)
    channel.teams.remove(team_id)
    channel.members = [one for one in channel.members if world.users[one].team_id != team_id]
    world.touch()


def disconnect(world: State, channel: Channel, team_id: str) -> Channel:
    """Take a workspace out and leave it a frozen copy with a new id; the host's channel keeps its own."""
    theirs = [one for one in channel.members if world.users[one].team_id == team_id]
    kept = copy.deepcopy(channel.messages)
    unshare(world, channel, team_id)
    mine = world.add_channel(channel.name, channel.kind, [team_id], theirs)
    mine.topic, mine.purpose, mine.frozen = channel.topic, channel.purpose, SEVERED
    for message in kept.values():
        message.channel_id = mine.id
    mine.messages = kept
    world.touch()
    return mine
