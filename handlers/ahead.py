"""*Who is already ahead*: the sheet, offering a visit or a call, asking for one."""

from __future__ import annotations

from bot.domain.ahead import already_ahead, find, visit_id
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, View
from bot.usecases import digest
from bot.usecases.asks import NEEDS as OF_ASKS
from bot.views import ahead as screens
from bot.views import what_for_doors
from bot.views.asks import ask_form
from bot.views.offers import offer_form
from handlers.incoming import Press
from handlers.leaders import opens
from handlers.routes import Routes

NEEDS = OF_ASKS | Section.DIGESTS | Section.ROUNDS


def register(app: Routes) -> None:
    """Nothing is saved by any of these: the forms that they open are those of offers and of asks."""
    app.actions |= {
        what_for_doors.AHEAD: opens(open_sheet, NEEDS),
        screens.PAGE: opens(open_sheet, NEEDS),
        screens.OFFER: opens(open_offer, NEEDS),
        screens.ASK: opens(open_ask, NEEDS),
    }


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*Who is already ahead*, under *What for*, and turning its page. With digests as they should read: one may
    wait for its correction."""
    now = deps.now()
    snapshot = await digest.up_to_date(deps, member.snapshot, now)
    return screens.ahead_sheet(snapshot, already_ahead(snapshot), now, press.payload.page)


async def open_offer(press: Press, member: Membership, deps: Deps) -> View:
    """*Offer a visit or a call*, beside one's own words alone (NOT_YOURS). Under an id that goes with what was
    said, so that who reads that finds the offer."""
    one = find(member.snapshot, press.payload.subject)
    if one.by != member.person.id:
        raise Problem(ProblemCode.NOT_YOURS)
    id_ = visit_id(member.snapshot, one)
    before = member.snapshot.offers.get(id_)
    return offer_form(member.snapshot, id_, before, typed=screens.words_of_offer(one))


async def open_ask(press: Press, member: Membership, deps: Deps) -> View:
    """*Ask for a visit*, beside somebody else's words: the form to ask, filled with where and with what they said.
    AHEAD_GONE where that was pulled back since."""
    one = find(member.snapshot, press.payload.subject)
    return ask_form(member.snapshot, deps.new_id(), screens.words_of_ask(one))
