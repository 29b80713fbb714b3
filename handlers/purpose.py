"""The purpose: its sheet, its form, what each says of a draft; and the line of sight."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace
from slack_bolt.async_app import AsyncAck

from bot.domain.drafting import base_for
from bot.domain.matters import MatterCode
from bot.domain.purpose import require_under_way
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import purpose
from bot.usecases.plate import NEEDS
from bot.views import menu
from bot.views import purpose as screens
from bot.views import purpose_sheet as sheets
from bot.views.line_of_sight import sight_sheet
from bot.views.matters import SAID_NOT_NOW
from handlers.acks import ack_view
from handlers.incoming import Press, Submission, redraw_form, tell
from handlers.leaders import draws, for_leaders, opens
from handlers.matters import after_answer, after_press, answered_elsewhere, pressed_where_put
from handlers.routes import Routes

Undo = Callable[[Deps, Membership, str, datetime], Awaitable[Membership]]


def register(app: Routes) -> None:
    """All that is said of a draft is said while it is under way: PURPOSE_SETTLED from then on."""
    needs = purpose.NEEDS
    app.actions |= {
        menu.PURPOSE: opens(open_sheet, needs),
        sheets.PAGE: opens(open_sheet, needs),
        menu.DRAFT: opens(open_draft, needs),
        screens.CAN_LIVE: for_leaders(can_live, NEEDS, home=True),
        screens.CHANGE: opens(open_change, needs),
        sheets.WITHDRAW: for_leaders(partial(undo, purpose.withdraw_change), needs),
        sheets.TAKE_BACK: for_leaders(partial(undo, purpose.take_back), needs),
        # *Line of sight*: their part, the commitment, the aim, and whose life gets better
        menu.SIGHT: draws(lambda _, member, __: sight_sheet(member.snapshot), purpose.SIGHT),
    }
    app.views |= {
        screens.DRAFT_FORM: for_leaders(submit_draft, needs),
        screens.CHANGE_FORM: for_leaders(submit_change, NEEDS, home=True),
    }


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*What we are here for*: what stands, what is under way, and all wordings with their dates."""
    return sheets.purpose_sheet(member.snapshot, deps.now(), press.payload.page)


async def open_draft(press: Press, member: Membership, deps: Deps) -> View:
    """*Draft a purpose* or *Suggest other words*: filled with what it would take the place of. GROUP_ENDED where
    nothing is posted any more."""
    require_not_ended(member.snapshot.group, deps.now())
    base = base_for(member.snapshot.purpose, member.person.id, member.snapshot.leaders)
    return screens.draft_form(member.snapshot, deps.new_id(), base)


async def submit_draft(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Under the id it was opened with, so that sent twice it drafts once. PURPOSE_UNDER_WAY where somebody else's
    draft came first: nothing is changed, and the words are still in the form."""
    id_, _, base = sent.payload.subject.partition(".")
    now = deps.now()
    after = await purpose.draft(deps, member, id_, base, screens.read_draft(sent.values), now)
    drafted = after.snapshot.purpose.find(id_)
    assert drafted is not None
    await ack_view(ack, sheets.drafted_sheet(after.snapshot, drafted, now))


async def can_live(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*I can live with it*, in the post, a matter or the sheet. Where it was put to them as a matter it then reads
    as after *Not now*: what stays in a DM does not say what they pressed, since others may be able to export it.
    That it is kept is said to them alone."""
    id_ = press.payload.subject
    async with pressed_where_put(deps, press):
        after = await purpose.can_live(deps, member, id_, deps.now())
    await ack()
    matter = bool(press.payload.person)
    if matter:
        await after_press(deps, replace(press, response_url=""), SAID_NOT_NOW)
    elif press.in_modal:
        await redraw_form(deps, press, sheets.purpose_sheet(after.snapshot, deps.now()))
    if not press.in_modal:
        await tell(deps, press, screens.SAID_CAN)
    if not matter:
        await answered_elsewhere(deps, press, f"{MatterCode.PURPOSE}.{id_}", SAID_NOT_NOW)


async def open_change(press: Press, member: Membership, deps: Deps) -> View:
    """*I would change this…*: whoever drafted it changes the words themselves. GROUP_ENDED, as nothing goes under
    them any more."""
    snapshot = member.snapshot
    require_not_ended(snapshot.group, deps.now())
    async with pressed_where_put(deps, press):
        one = require_under_way(snapshot.purpose, press.payload.subject)
    if one.by == member.person.id:
        return screens.draft_form(snapshot, deps.new_id(), one)
    return screens.change_form(snapshot, one, deps.new_id(), press.payload)


async def submit_change(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """In their name, for all to read under the draft; and so they can't live with it as it is. Other words take the
    place of their first."""
    id_, _, key = sent.payload.subject.partition(".")
    text = screens.read_change(sent.values)
    after = await purpose.ask_change(deps, member, id_, key, text, deps.now())
    await ack_view(ack, sheets.said_sheet(after.snapshot))
    await after_answer(deps, sent, member, f"{MatterCode.PURPOSE}.{id_}", screens.SAID_CHANGE)


async def undo(undone: Undo, ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Withdraw it*, of their own change, or *Take it back*, of their own draft (NOT_YOURS)."""
    after = await undone(deps, member, press.payload.subject, deps.now())
    await ack()
    await redraw_form(deps, press, sheets.purpose_sheet(after.snapshot, deps.now()))
