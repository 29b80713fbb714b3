"""*Who is that?*: the names behind *everyone*."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.views.audience import WHO, names_sheet
from handlers.incoming import Press, show
from handlers.leaders import for_leaders
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Beside every line that says *Everyone: 9 leaders of 6 organisations…*."""
    app.actions |= {WHO: for_leaders(open_names)}


async def open_names(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """The names are those in the group now, which may be others than as the line was drawn."""
    await show(deps, press, names_sheet(member.snapshot))
    await ack()
