"""Offers: the form, *What people can lend*, renewing one and taking it back."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.usecases import introductions, offers
from bot.usecases.asks import NEEDS
from bot.usecases.snapshot import require_member
from bot.views import menu
from bot.views import offers as screens
from bot.views.introductions import asked_sheet
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, Submission, show
from handlers.leaders import for_leaders
from handlers.matters import after_press
from handlers.routes import Routes


def register(app: Routes) -> None:
    app.action(menu.OFFER)(for_leaders(open_form))
    app.action(menu.LEND)(for_leaders(open_sheet, NEEDS))
    app.action(re.compile(f"^{screens.EDIT}:"))(for_leaders(open_edit, NEEDS))
    app.view(screens.OFFER_FORM)(for_leaders(submit, NEEDS))
    app.action(re.compile(f"^{screens.INTRODUCE}:"))(for_leaders(introduce, introductions.NEEDS))
    app.action(re.compile(f"^{screens.RENEW}:"))(for_leaders(renew, NEEDS, home=True))
    app.action(re.compile(f"^{screens.TAKE_BACK}:"))(for_leaders(take_back, NEEDS, home=True))


async def open_form(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    await show(deps, press, screens.offer_form(member.snapshot, deps.new_id()))
    await ack()


async def open_edit(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    offer = offers.find(member, press.payload.subject)
    await show(deps, press, screens.offer_form(member.snapshot, offer.id, offer))
    await ack()


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    words = screens.read_offer(sent.values)
    done = await offers.save(deps, member, sent.payload.subject, words.what, words.shown, deps.now())
    await ack_view(ack, screens.offered_sheet(member.snapshot, done))


async def open_sheet(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    await show(deps, press, screens.lend(member.snapshot, member.person.id, deps.now()))
    await ack()


async def introduce(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """With who offers something for everyone to see."""
    done = await introductions.to_an_offer(deps, member, press.payload.subject, deps.now())
    await show(deps, press, asked_sheet(member.snapshot, done, member.person.id))
    await ack()


async def renew(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    await offers.renew(deps, member, press.payload.subject, deps.now())
    await ack()
    await _in_its_place(deps, press, screens.SAID_RENEWED)


async def take_back(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    await offers.take_back(deps, member, press.payload.subject, deps.now())
    await ack()
    await _in_its_place(deps, press, screens.SAID_TAKEN_BACK)


async def _in_its_place(deps: Deps, press: Press, words: str) -> None:
    """It was put to them as a matter, or it stands on the shelf."""
    if press.payload.person:
        await after_press(deps, press, words)
        return
    member = await require_member(deps.store, press.who, press.payload.group, NEEDS)
    view = screens.lend(member.snapshot, member.person.id, deps.now())
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))
