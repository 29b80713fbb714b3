"""The pulse: opening it, a press that answers, taking it out; and what leaders think of the bot, on the digest."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, View
from bot.usecases import pulse
from bot.usecases.plate import NEEDS
from bot.views import pulse as screens
from bot.views.action_payload import ActionPayload
from bot.views.matters import SAID_NOT_NOW
from handlers.best_effort import best_effort
from handlers.incoming import Press, tell
from handlers.leaders import for_leaders, opens
from handlers.matters import answered_elsewhere, pressed_where_put
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Of the pulse no message and no log says who chose what; what somebody thinks of the bot is pressed in the
    channel, and nobody else sees that they did."""
    app.actions |= {
        screens.OPEN: opens(open_sheet, NEEDS),
        screens.CHOOSE: for_leaders(choose, NEEDS, home=True),
        screens.TAKE_OUT: for_leaders(take_out, NEEDS),
        screens.OF_BOT: for_leaders(choose_of_bot, Section.NAMES | Section.ROUNDS),
    }


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*Choose*, on a matter or under *What for*: the sheet with the presser's own answer, and nobody else's."""
    id_ = press.payload.subject
    async with pressed_where_put(deps, press):
        round = pulse.require_open(member, id_, deps.now())
    own = await pulse.own_answer(deps.store, member, id_)
    return screens.pulse_sheet(member.snapshot, round, own, aim_at(member, id_))


async def choose(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """One of its four answers, until it closes (PULSE_CLOSED); the last press counts. The matter in their DM then
    reads as after *Not now*."""
    id_, now = press.payload.round, deps.now()
    round = pulse.require_open(member, id_, now)
    await pulse.answer(deps, member, id_, press.payload.state, now)
    await ack()
    view = screens.pulse_sheet(member.snapshot, round, press.payload.state, aim_at(member, id_))
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))
    await answered_elsewhere(deps, press, pulse.matter_of(id_), SAID_NOT_NOW)


async def take_out(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take my answer out*, while it is open (PULSE_CLOSED): as if they had not answered."""
    id_, now = press.payload.round, deps.now()
    round = pulse.require_open(member, id_, now)
    await pulse.take_out(deps, member, id_, now)
    await ack()
    view = screens.pulse_sheet(member.snapshot, round, "", aim_at(member, id_))
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))


async def choose_of_bot(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Keep*, *Change* or *Weed*, under the digest that asks it. The last press counts; the thanks are for the
    presser alone."""
    await pulse.answer_of_bot(deps, member, press.payload.round, press.payload.state, deps.now())
    await ack()
    await tell(deps, press, screens.SAID)


def aim_at(member: Membership, round: str) -> ActionPayload:
    """What its buttons carry: the round, and whose sheet it is."""
    return ActionPayload(group=member.snapshot.group.id, round=round, person=member.person.id)
