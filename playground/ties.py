"""Slack Connect from outside: `POST /connect` shares a channel or severs it, `GET /connect` says how all are.

In JSON, like faults, so that a test in any language can: `{"do": "share", "channel": "C…", "team": "T…"}`.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from playground.messages import Channel
from playground.world import Unknown, World

Json = dict[str, Any]
DEEDS = {
    "share": "Connect the channel to the workspace, and let these of its people in.",
    "unshare": "Take the workspace out; nothing of it stays in the channel.",
    "disconnect": "Sever the workspace; it keeps a frozen copy with a new id.",
}
KNOWN = {"do", "channel", "team", "members"}


class CannotTie(ValueError):
    """Slack would not let anybody do that; the words say why."""


class Ties:
    """Takes these wishes for one world. Only JSON is taken, so that no other site's form can do anything."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/connect", self.take), web.get("/connect", self.show)]

    async def take(self, request: web.Request) -> web.Response:
        """Do it; the answer is the channel as it is then, or the frozen copy that a disconnect leaves."""
        if request.content_type != "application/json":
            return web.json_response({"error": "Ask with JSON."}, status=415)
        try:
            channel = tie(self._world, await request.json())
        except (ValueError, LookupError, RecursionError) as fault:
            return web.json_response({"error": _words(fault)}, status=400)
        return web.json_response(shape(channel))

    async def show(self, _: web.Request) -> web.Response:
        every = [shape(one) for one in self._world.channels.values() if one.is_named]
        teams = [{"id": one.id, "name": one.name} for one in self._world.workspaces.values()]
        return web.json_response({"do": DEEDS, "workspaces": teams, "channels": every})


def _words(fault: Exception) -> str:
    return str(fault) if isinstance(fault, CannotTie | Unknown) else "That is no JSON."


def shape(channel: Channel) -> Json:
    """A channel with the workspaces it connects, its host first."""
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "teams": channel.teams,
        "members": channel.members,
        "frozen": channel.frozen,
    }


def tie(world: World, said: Any) -> Channel:
    """Do what was asked for. Raises `CannotTie`, or `Unknown` for a name that nothing has."""
    if not isinstance(said, dict):
        raise CannotTie("Ask with a JSON object.")
    if strange := sorted(said.keys() - KNOWN):
        raise CannotTie(f"There is no {strange[0]!r} here. There may be: {', '.join(sorted(KNOWN))}.")
    deed, team_id = str(said.get("do") or ""), str(said.get("team") or "")
    if deed not in DEEDS:
        raise CannotTie(f"Nobody can do {deed!r} here. One can: {', '.join(DEEDS)}.")
    channel = world.channel(str(said.get("channel") or ""))
    if team_id not in world.workspaces:
        raise CannotTie(f"There is no workspace {team_id!r}.")
    if not channel.is_named:
        raise CannotTie("A direct message is not shared.")
    if deed == "share":
        return _share(world, channel, team_id, said.get("members") or [])
    if team_id not in channel.teams[1:]:
        raise CannotTie(f"{world.workspaces[team_id].name} is not a guest in #{channel.name}.")
    if deed == "disconnect":
        return world.disconnect(channel, team_id)
    world.unshare(channel, team_id)
    return channel


def _share(world: World, channel: Channel, team_id: str, called: Any) -> Channel:
    name = world.workspaces[team_id].name
    if team_id in channel.teams:
        raise CannotTie(f"#{channel.name} is a channel of {name} already.")
    if channel.archived or channel.frozen or channel.is_general:
        raise CannotTie(
            f"#{channel.name} cannot be shared: it is frozen, archived, or the one that everyone is in."
        )
    if not isinstance(called, list):
        raise CannotTie("`members` is a list of people.")
    people = [world.user(str(one)) for one in called]
    for one in people:
        if one.team_id != team_id:
            raise CannotTie(f"{one.real_name} is not of {name}.")
    return world.share(channel, team_id, *(one.id for one in people))
