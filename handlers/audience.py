"""*Who is that?*: the names behind *everyone*."""

from __future__ import annotations

from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.views.audience import WHO, names_sheet
from handlers.incoming import Press
from handlers.leaders import opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Beside every line that says *Everyone: 9 leaders of 6 organisations…*."""
    app.actions |= {WHO: opens(open_names)}


async def open_names(press: Press, member: Membership, deps: Deps) -> View:
    """The names are those in the group now, which may be others than as the line was drawn."""
    return names_sheet(member.snapshot)
