"""*People*: who is in a group. For its leaders, and for whoever is in its channel."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.views import menu
from bot.views import roster as screens
from handlers.incoming import Press, read_press, show_page
from handlers.joining import readable
from handlers.routes import Routes


def register(app: Routes) -> None:
    """For leaders, and for whoever is in the group's channel and looks before joining."""
    app.actions |= {
        menu.PEOPLE: open_sheet,
        screens.PAGE: open_sheet,
    }


async def open_sheet(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*People*, and turning its page. Others are offered to join; NOT_IN_CHANNEL for who says they are in the
    channel and is not."""
    press = read_press(body)
    if snapshot := await readable(deps, press, press.payload.group, opened_in=press.payload.subject):
        await show_page(ack, deps, press, screens.sheet(snapshot, press.payload, deps.now()))
    else:
        await ack()


async def open_for_leader(press: Press, member: Membership, deps: Deps) -> View:
    """`/between people`: the first page, where it is known already that they are in the group."""
    return screens.sheet(member.snapshot, press.payload, deps.now())
