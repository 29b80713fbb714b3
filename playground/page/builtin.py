"""Slack's own commands, as far as the playground needs them: bring somebody in, take somebody out, leave."""

from __future__ import annotations

from collections.abc import Collection

from playground.acts import Person, PersonCannot
from playground.apps import Command
from playground.connect import knows
from playground.messages import Channel
from playground.people import User

COMMANDS = (
    Command("/invite", "Bring a person or an app into this channel", "@name"),
    Command("/remove", "Take a person or an app out of this channel", "@name"),
    Command("/leave", "Leave this channel"),
)


async def run(who: Person, name: str, rest: str, channel: Channel) -> bool:
    """Do it, if `name` is one of Slack's own; False if it is not. Who may do it is for `Member` to say."""
    if name not in {command.name for command in COMMANDS}:
        return False
    if not channel.is_named:
        raise PersonCannot(f"{name} works in channels only.")
    if name == "/leave":
        await who.leave(channel)
    elif name == "/remove":
        await who.remove(channel, _named(who, rest, channel.members).id)
    else:
        await _invite(who, channel, _named(who, rest, ()))
    return True


async def _invite(who: Person, channel: Channel, guest: User) -> None:
    if guest.is_bot:
        await who.invite_bot(channel, guest.app_id)
    else:
        await who.invite(channel, guest.id)


def _named(who: Person, rest: str, here: Collection[str]) -> User:
    """The one this person means among all whom their workspace knows: `here` first, then their own people."""
    called = rest.strip().removeprefix("@")
    every = [one for one in who.world.users.values() if knows(who.world, who.user.team_id, one)]
    found = [one for one in every if called and one.answers_to(called)]
    own = [one for one in found if one.team_id == who.user.team_id]
    for some in ([one for one in found if one.id in here], own, found):
        if len({one.app_id or one.id for one in some}) == 1:
            return some[0]
    raise PersonCannot(f"Nobody here is called {rest.strip() or 'that'}. Try @ and a whole name.")
