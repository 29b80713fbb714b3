"""What wants a leader's attention: *Not now*, *For you*, *Why this?*; and the message after a press on a matter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec.structs import replace
from slack_bolt.async_app import AsyncAck

from bot.domain.attention import put_in
from bot.domain.hours import to_local
from bot.domain.matter_kinds import still
from bot.domain.matters import code_of
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import checkin, matters
from bot.usecases.plate import NEEDS
from bot.usecases.snapshot import require_member
from bot.views import menu
from bot.views.letter import answered, letter
from bot.views.matters import AGAIN, NO_MORE, NOT_NOW, SAID_NOT_NOW, SAID_OVER, SAID_SETTLED, for_you_sheet
from bot.views.passing import SAID_NO_MORE
from bot.views.why import why
from handlers.best_effort import best_effort
from handlers.checkin import bring_up_to_date
from handlers.incoming import Press, Submission, redraw_form, tell
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """A matter is its person's: NOT_YOURS answers anybody else's press on a message that was passed around."""
    app.actions |= {
        menu.FOR_YOU: opens(open_for_you, NEEDS),
        menu.WHY: opens(open_why, NEEDS),
        NO_MORE: for_leaders(no_more, NEEDS, home=True),
        AGAIN: for_leaders(hear_again, NEEDS, home=True),
        NOT_NOW: for_leaders(not_now, NEEDS, home=True),
    }


async def open_for_you(press: Press, member: Membership, deps: Deps) -> View:
    """*For you*: all that wants their attention in this group, also what no message has put to them yet."""
    return for_you_sheet(member.snapshot, matters.mine(member, deps.now()))


async def open_why(press: Press, member: Membership, deps: Deps) -> View:
    """*Why this?*: what they were sent unasked in four weeks, in all of their groups, and what waits."""
    now = deps.now()
    explained = await matters.explain(deps, member, now)
    today = to_local(now, member.person.zone).date()
    return why(member.snapshot, explained, today)


async def not_now(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Not now*: it is put to them no more, which nobody is shown. Where they had said yes before, on a screen that
    was not drawn anew, that stands, and they read that it is settled."""
    ended = await matters.not_now(deps, member, press.payload.subject, deps.now())
    await ack()
    await after_press(deps, press, SAID_NOT_NOW if ended else SAID_SETTLED)


async def no_more(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*No more of these*, under news that somebody thought they would be glad of: none of that sort in this group,
    until they press *Hear it again* under *For you*."""
    sort = require(code_of(press.payload.subject), ProblemCode.OLD_BUTTON)
    await matters.want(deps, member, sort, again=False)
    await ack()
    await after_press(deps, press, SAID_NO_MORE)


async def hear_again(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Hear it again*: the sheet that it was pressed in, as it is now."""
    sort = require(code_of(press.payload.subject), ProblemCode.OLD_BUTTON)
    stored = await matters.want(deps, member, sort, again=True)
    await ack()
    known = {**member.snapshot.attention, member.person.id: stored}
    after = replace(member, snapshot=replace(member.snapshot, attention=known))
    await redraw_form(deps, press, for_you_sheet(after.snapshot, matters.mine(after, deps.now())))


async def after_form(deps: Deps, sent: Submission, member: Membership, id_: str, said: str) -> None:
    """As `after_press`, of a matter that was answered by a form."""
    pressed = Press(
        who=sent.who,
        team_id=sent.team_id,
        payload=replace(sent.payload, person=member.person.id, state=id_),
        view_id=sent.below,
        in_modal=bool(sent.below),
    )
    await after_press(deps, pressed, said)


async def after_answer(deps: Deps, sent: Submission, member: Membership, id_: str, said: str) -> None:
    """A matter's form was sent, be it opened where the matter was put to them or in another place."""
    if sent.payload.person:
        await after_form(deps, sent, member, id_, said)
    else:
        await answered_elsewhere(deps, sent, id_, said)


async def answered_elsewhere(deps: Deps, press: Press | Submission, about: str, said: str) -> None:
    """A matter that was put to them by a message, and answered in another place: it can't be pressed there any
    more. A check-in of a past round shows no matter, and stays as it is. `about`: its code and what it is about, as
    its id begins."""
    member = await require_member(deps.store, press.who, press.payload.group, NEEDS)
    attention = member.snapshot.attention.get(member.person.id)
    every = attention.put.items() if attention else ()
    puts = [put for id_, put in every if id_ == about or id_.startswith(f"{about}.")]
    if not puts:
        return
    # it may have been put more than once, weeks apart
    put = max(puts, key=lambda one: one.at)
    latest = member.snapshot.latest_round(deps.now())
    asked = member.snapshot.own_checkins.get(latest.name) if latest else None
    round = asked.round if asked and put.message in asked.messages else ""
    if not round and await matters.in_check_in(deps.store, member, put.message):
        return
    there = Press(
        who=press.who,
        team_id=press.team_id,
        payload=replace(press.payload, round=round, person=member.person.id),
        message=put.message,
    )
    await after_press(deps, there, said)


@asynccontextmanager
async def pressed_where_put(deps: Deps, press: Press) -> AsyncIterator[None]:
    """Around what a press on a matter does. Where that can't be done, since another was sooner, they read why; and
    what is over by then can't be pressed there once more."""
    try:
        yield
    except Problem:
        if press.payload.person and not press.in_modal:
            await best_effort(after_press(deps, replace(press, response_url=""), SAID_OVER))
        raise


async def after_press(deps: Deps, press: Press, said: str) -> None:
    """Wherever the matter stands it can be pressed no more: in the sheet that it was pressed in, in the check-in or
    the letter that put it. What was done is saved by then; what Slack won't have redrawn is owed."""
    # loaded again: the snapshot that the press came with is from before it was saved
    now = deps.now()
    member = await require_member(deps.store, press.who, press.payload.group, NEEDS, round=press.payload.round)
    if press.in_modal:
        await redraw_form(deps, press, for_you_sheet(member.snapshot, matters.mine(member, now)))
    # under For you, on Home or in a form, which all have their own way back to the message that put it
    if not press.message and press.payload.state:
        await answered_elsewhere(deps, press, press.payload.state, said)
    elif press.message and press.payload.round in member.snapshot.rounds:
        await bring_up_to_date(deps, checkin.checkin_context(member, press.payload.round), now)
        await tell(deps, press, said)
    elif press.message:
        ids = put_in(member.snapshot.attention.get(member.person.id), [press.message])
        left = still(member.snapshot, member.person.id, ids, now)
        drawn = letter(member.snapshot, member.person, left, now) if left else answered(member.snapshot, said)
        if ids and not await best_effort(deps.messenger.update(press.message, drawn)):
            await best_effort(matters.owe_redraw(deps, member, press.message, now))
        if not ids:  # pressed before it was noted what that message puts
            await tell(deps, press, said)
