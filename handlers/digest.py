"""Digests asked for again: the last one, one of a date, all of it."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.hours import read_day
from bot.ports import Deps, Message
from bot.usecases import digest
from bot.usecases.channel import require_in_channel
from bot.usecases.people import NotJoined, require_member
from bot.usecases.snapshot import load_snapshot
from bot.views import digest as screens
from bot.views import menu
from handlers.incoming import Incoming, read_press, show


def register(app: AsyncApp) -> None:
    app.action(menu.DIGEST)(open_digest)
    app.action(menu.DIGESTS)(open_chooser)
    app.action(re.compile(f"^{screens.WHOLE}:"))(open_whole)
    app.action(screens.PICK)(pick)


async def open_digest(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """The last one."""
    press = await read_press(body, deps)
    await may_read(deps, press, press.payload.group)
    snapshot, found = await digest.last(deps, press.payload.group, deps.now())
    await show(deps, press, screens.whole(found, zone=snapshot.group.zone))
    await ack()


async def open_chooser(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    await may_read(deps, press, press.payload.group)
    snapshot, found = await digest.all_of(deps, press.payload.group, deps.now())
    await show(deps, press, screens.chooser(snapshot, found))
    await ack()


async def open_whole(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """A page of a digest; from a page's own buttons, in its place."""
    press = await read_press(body, deps)
    await may_read(deps, press, press.payload.group)
    snapshot, found = await digest.of_round(deps, press.payload.group, press.payload.round, deps.now())
    view = screens.whole(found, zone=snapshot.group.zone, page=press.payload.page)
    if press.in_modal:
        await deps.messenger.update_form(press.team_id, press.view_id, view)
    else:
        await show(deps, press, view)
    await ack()


async def pick(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    await may_read(deps, press, press.payload.group)
    snapshot, found = await digest.of_round(deps, press.payload.group, press.payload.round, deps.now())
    await show(deps, press, screens.whole(found, zone=snapshot.group.zone))
    await ack()


async def again(deps: Deps, incoming: Incoming, group_id: str, typed: str) -> Message:
    """`last` or nothing, or a day: the digest as it was posted. Raises Problem for a day that can't be read."""
    await may_read(deps, incoming, group_id)
    if typed in ("", "last"):
        snapshot, found = await digest.last(deps, group_id, deps.now())
    else:
        snapshot, found = await digest.of_day(deps, group_id, read_day(typed), deps.now())
    return screens.digest_message(found, zone=snapshot.group.zone)


async def may_read(deps: Deps, incoming: Incoming, group_id: str) -> None:
    """Who is in the channel it was posted in has read it there; from anywhere else only the group's leaders may.

    A form opened from the channel carries no channel; its buttons are for leaders. Raises NotJoined, and Problem
    for somebody who is not in the channel that they press in.
    """
    try:
        await require_member(deps.store, incoming.who, group_id)
    except NotJoined:
        snapshot = await load_snapshot(deps.store, group_id)
        if incoming.place != snapshot.group.place:
            raise
        await require_in_channel(deps, incoming.who, snapshot.group)
