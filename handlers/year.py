"""*Our year*: to whoever asks, as a sheet that only they see."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership
from bot.domain.year import held_by
from bot.ports import Deps
from bot.usecases import year
from bot.views import year as screens
from handlers.incoming import Press, show
from handlers.leaders import for_leaders
from handlers.routes import Routes


def register(app: Routes) -> None:
    """For any leader; it saves nothing."""
    app.actions |= {screens.OPEN: for_leaders(open_sheet, year.NEEDS)}


async def open_sheet(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """Nothing of it is by person, but how the reader's own commitments stand."""
    snapshot = member.snapshot
    ours = await year.our_year(deps.store, snapshot, deps.now())
    own = held_by(snapshot.commitments.values(), member.person.id, ours, snapshot.group)
    await show(deps, press, screens.year_sheet(ours, own))
    await ack()
