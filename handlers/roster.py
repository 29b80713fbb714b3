"""*People*: who is in a group. For its leaders, and for whoever is in its channel."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.groups import Place
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps
from bot.usecases.snapshot import load_snapshot
from bot.views import menu
from bot.views import roster as screens
from handlers.incoming import Press, read_press, show
from handlers.joining import offer_or_say


def register(app: AsyncApp) -> None:
    app.action(menu.PEOPLE)(open_sheet)
    app.action(re.compile(f"^{screens.PAGE}:"))(turn)


async def open_sheet(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = read_press(body)
    if snapshot := await readable(deps, press):
        await show(deps, press, screens.sheet(snapshot, press.payload, deps.now()))
    await ack()


async def turn(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = read_press(body)
    if snapshot := await readable(deps, press):
        view = screens.sheet(snapshot, press.payload, deps.now())
        await deps.messenger.update_form(press.team_id, press.view_id, view)
    await ack()


async def readable(deps: Deps, press: Press) -> GroupSnapshot | None:
    """The group for a leader of it, or for somebody in its channel: a form carries no channel, so the button of one
    that was opened there says it. None for anybody else, who is offered to join.
    """
    snapshot = await load_snapshot(deps.store, press.payload.group, who=press.who)
    where = Place(team_id=press.team_id, channel=press.channel or press.payload.subject)
    if where == snapshot.group.place or snapshot.member():
        return snapshot
    await offer_or_say(deps, press, snapshot)
    return None
