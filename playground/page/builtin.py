"""Slack's own commands, as far as the playground needs them: bring somebody in, take somebody out, leave."""

from __future__ import annotations

from playground.acts import Person, PersonCannot
from playground.apps import Command
from playground.messages import Channel
from playground.world import Unknown

COMMANDS = (
    Command("/invite", "Bring a person or an app into this channel", "@name"),
    Command("/remove", "Take a person or an app out of this channel", "@name"),
    Command("/leave", "Leave this channel"),
)


async def run(who: Person, name: str, rest: str, channel: Channel) -> bool:
    """Do it, if `name` is one of Slack's own; False if it is not."""
    if name not in {command.name for command in COMMANDS}:
        return False
    if channel.is_im:
        raise PersonCannot(f"{name} works in channels only.")
    called = who.id if name == "/leave" else _id(who, rest)
    if name == "/invite":
        who.courier.events.join(channel, called, inviter=who.id)
    else:
        who.courier.events.leave(channel, called)
    return True


def _id(who: Person, rest: str) -> str:
    try:
        return who.world.user(rest.strip().removeprefix("@")).id
    except Unknown:
        raise PersonCannot(f"Nobody here is called {rest.strip() or 'that'}. Try @ and a whole name.") from None
