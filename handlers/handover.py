"""*See where things stand*: the handover to whoever is new, and turning its page."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership, Section
from bot.ports import Deps
from bot.views import handover as screens
from handlers.best_effort import best_effort
from handlers.incoming import Press, show
from handlers.leaders import for_leaders
from handlers.routes import Routes

NEEDS = (
    Section.NAMES
    | Section.COMMITMENTS
    | Section.PURPOSE
    | Section.ASKS
    | Section.INQUIRIES
    | Section.REVIEWS
    | Section.LEARNT
)


def register(app: Routes) -> None:
    app.action(screens.OPEN)(for_leaders(open_sheet, NEEDS))
    app.action(re.compile(f"^{screens.PAGE}:"))(for_leaders(turn, NEEDS))


async def open_sheet(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    await show(deps, press, screens.handover_sheet(member, deps.now()))
    await ack()


async def turn(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    view = screens.handover_sheet(member, deps.now(), press.payload.page)
    await ack()
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))
