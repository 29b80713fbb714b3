"""*See where things stand*: the handover to whoever is new, turning its page, and taking up what is in it."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.matters import MatterCode
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, View
from bot.usecases import commitments
from bot.usecases.snapshot import require_member
from bot.views import handover as screens
from bot.views.progress import said_taken_up
from handlers.as_read import as_read
from handlers.incoming import Press, redraw_form
from handlers.leaders import for_leaders, opens
from handlers.matters import answered_elsewhere
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
    """For any leader: it shows nothing that they could not read elsewhere."""
    app.actions |= {
        screens.OPEN: opens(open_sheet, NEEDS),
        screens.PAGE: opens(open_sheet, NEEDS),
        screens.TAKE_UP: for_leaders(as_read(take_up), commitments.NEEDS, home=True),
    }


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*See where things stand*, in the first DM and under *What for*; and turning its page."""
    return screens.handover_sheet(member, deps.now(), press.payload.page)


async def take_up(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take it up*, beside what nobody holds: as on its card, and the page is drawn anew. HELD_ALREADY where
    somebody was quicker."""
    aimed = press.payload
    await commitments.make_own(deps, member, aimed.subject, deps.now(), read=aimed.words)
    await ack()
    # loaded again: what they have just taken up is no longer held by nobody
    now_there = await require_member(deps.store, press.who, press.payload.group, NEEDS)
    await redraw_form(deps, press, screens.handover_sheet(now_there, deps.now(), press.payload.page))
    taken = said_taken_up(now_there.snapshot, deps.now())
    await answered_elsewhere(deps, press, f"{MatterCode.UNHELD}.{press.payload.subject}", taken)
