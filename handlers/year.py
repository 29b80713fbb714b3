"""*Our year*: to whoever asks, as a sheet that only they see."""

from __future__ import annotations

from bot.domain.snapshot import Membership
from bot.domain.year import held_by
from bot.ports import Deps, View
from bot.usecases import year
from bot.views import year as screens
from handlers.incoming import Press
from handlers.leaders import opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """For any leader; it saves nothing."""
    app.actions |= {screens.OPEN: opens(open_sheet, year.NEEDS)}


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """Nothing of it is by person, but how the reader's own commitments stand."""
    snapshot = member.snapshot
    ours = await year.our_year(deps.store, snapshot, deps.now())
    own = held_by(snapshot.commitments.values(), member.person.id, ours, snapshot.group)
    return screens.year_sheet(ours, own)
