"""*What for*, behind *More*: the way to questions to all and what else asks what a group is here for."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership, Section
from bot.ports import Deps
from bot.usecases import pulse
from bot.views import menu
from bot.views.what_for import what_for_sheet
from handlers.incoming import Press, show
from handlers.leaders import for_leaders
from handlers.routes import Routes


def register(app: Routes) -> None:
    """For any leader; it saves nothing."""
    app.actions |= {
        menu.WHAT_FOR: for_leaders(open_sheet, Section.NAMES | Section.ROUNDS | Section.PURPOSE),
    }


async def open_sheet(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """Over *More* it takes its place, with a way back: the forms that it opens would else be a fourth, and Slack
    stacks three."""
    beating = await pulse.answerable(deps.store, member, deps.now())
    if press.in_modal:
        view = what_for_sheet(member.snapshot, beating, press.payload)
        await deps.messenger.update_form(press.team_id, press.view_id, view)
    else:
        await show(deps, press, what_for_sheet(member.snapshot, beating))
    await ack()
