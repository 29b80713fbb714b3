"""Offers: the form, *What people can lend*, renewing one and taking it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from slack_bolt.async_app import AsyncAck

from bot.domain.offers import Offer
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import introductions, offers
from bot.usecases.asks import NEEDS
from bot.usecases.snapshot import require_member
from bot.views import menu
from bot.views import offers as screens
from bot.views.introductions import asked_sheet
from handlers.acks import ack_view
from handlers.as_read import as_read
from handlers.incoming import Press, Submission, redraw_form, show
from handlers.leaders import draws, for_leaders, opens
from handlers.matters import after_press, pressed_where_put
from handlers.routes import Routes

Change = Callable[[Deps, Membership, str, datetime], Awaitable[Offer]]


def register(app: Routes) -> None:
    """An offer is changed by whoever made it alone (NOT_YOURS); one that is only to be matched is shown to nobody
    else."""
    renew = partial(change, offers.renew, screens.SAID_RENEWED)
    take_back = partial(change, offers.take_back, screens.SAID_TAKEN_BACK)
    app.actions |= {
        # *Offer something*, wherever it stands
        menu.OFFER: draws(lambda _, member, deps: screens.offer_form(member.snapshot, deps.new_id())),
        menu.LEND: opens(open_sheet, NEEDS),
        screens.EDIT: opens(open_edit, NEEDS),
        screens.INTRODUCE: for_leaders(as_read(introduce), introductions.NEEDS),
        screens.RENEW: for_leaders(renew, NEEDS, home=True),
        screens.TAKE_BACK: for_leaders(take_back, NEEDS, home=True),
    }
    app.views |= {screens.OFFER_FORM: for_leaders(submit, NEEDS)}


async def open_edit(press: Press, member: Membership, deps: Deps) -> View:
    """*Change it*, beside one's own. OFFER_GONE once it was taken back."""
    offer = offers.find(member, press.payload.subject)
    return screens.offer_form(member.snapshot, offer.id, offer)


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Under the id it was opened with, so that sent twice it offers once. Nobody is written to for an offer."""
    words = screens.read_offer(sent.values)
    done = await offers.save(deps, member, sent.payload.subject, words.what, words.shown, deps.now())
    await ack_view(ack, screens.offered_sheet(member.snapshot, done))


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*What people can lend*: everybody's that are for all to see, and their own."""
    return screens.lend(member.snapshot, member.person.id, deps.now())


async def introduce(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Introduce us*, beside what somebody offers for everyone to see: that was the first yes. OFFER_GONE where it
    ended, or was hidden, since."""
    aimed = press.payload
    done = await introductions.to_an_offer(deps, member, aimed.subject, deps.now(), read=aimed.words)
    await show(deps, press, asked_sheet(member.snapshot, done, member.person.id))
    await ack()


async def change(saved: Change, said: str, ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Renew it*, *It still stands*, or *Take it back*: their own, put to them as a matter or on the sheet.
    OFFER_GONE for renewing one that was taken back."""
    async with pressed_where_put(deps, press):
        await saved(deps, member, press.payload.subject, deps.now())
    await ack()
    if press.payload.person:
        await after_press(deps, press, said)
        return
    member = await require_member(deps.store, press.who, press.payload.group, NEEDS)
    await redraw_form(deps, press, screens.lend(member.snapshot, member.person.id, deps.now()))
