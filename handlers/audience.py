"""*Who is that?*: the names behind *everyone*."""

from __future__ import annotations

from bot.views.audience import WHO, names_sheet
from handlers.leaders import draws
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Beside every line that says *Everyone: 9 leaders of 6 organisations…*."""
    # the names are those in the group now, which may be others than as the line was drawn
    app.actions |= {WHO: draws(lambda _, member, __: names_sheet(member.snapshot))}
