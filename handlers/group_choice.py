"""Which group a command means: the channel's, else the only one they are in; else they are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from slack_bolt.async_app import AsyncAck

from bot.ports import Deps
from bot.ports.blocks import Button
from bot.usecases.groups import group_in, groups_of
from bot.views import menu
from bot.views.problems import with_typed
from handlers.acks import ack_message
from handlers.incoming import Command


async def group_of_command(
    ack: AsyncAck, command: Command, deps: Deps, button: Callable[[str], Button], typed: str = ""
) -> str | None:
    """The group's id; or None once they were answered with a choice, or with how to begin; and with what they
    `typed`, which a button can't carry.
    """
    here = await group_in(deps.store, command.place)
    if here:
        return here.id
    groups = await groups_of(deps.store, command.who)
    if len(groups) == 1:
        return groups[0].id
    choice = menu.choose_group(groups, button) if groups else menu.no_group(command.channel)
    message = with_typed(choice, typed)
    await ack_message(ack, message)
    return None


async def look_where(deps: Deps, command: Command) -> None:
    """Ahead of `group_of_command` and a plate's form: where that is, who it is, and then what they will need."""
    group_id, _ = await asyncio.gather(deps.store.index.group(command.place), deps.store.index.person(command.who))
    await deps.store.ahead(group_id or "", form=True)
