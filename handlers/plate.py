"""`/plate`, its button, its form, and pulling it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.groups import Place
from bot.domain.plate import LONGEST
from bot.domain.problems import ProblemCode, require
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, SlackRefused, View
from bot.usecases import plate
from bot.views import menu
from bot.views.menu import SHARE
from bot.views.plate import (
    BEGINNING,
    FORM,
    PULL_BACK,
    plate_form,
    pulled_back,
    pulled_back_sheet,
    read_plate_form,
)
from bot.views.saved import ANSWER, READ_MINE, mine_sheet, saved, saved_sheet, welcome_late
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.checkin import redraw
from handlers.group_choice import member_chosen, member_for_command
from handlers.incoming import Press, Submission, acknowledge, read_command, redraw_form, show
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """One form, whichever *Answer* or *Change* opens it: of the round that words belong to then, and not of the
    message that it stands in."""
    app.command("/plate")(command)
    app.actions |= {
        SHARE: opens(open_form, plate.NEEDS_OF_FORM),
        ANSWER: opens(open_form, plate.NEEDS_OF_FORM),
        READ_MINE: opens(read_mine, Section.OWN),
        PULL_BACK: for_leaders(pull_back, plate.NEEDS_TO_ANSWER, home=True),
    }
    app.views |= {
        BEGINNING.form: choose_group,
        FORM: for_leaders(submit, plate.NEEDS_TO_ANSWER, home=True),
    }


async def command(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """`/plate [a line to begin with]`"""
    incoming = read_command(body)
    member = await member_for_command(
        ack, incoming, deps, menu.share_button, plate.NEEDS_OF_FORM, beginning=BEGINNING, typed=incoming.text
    )
    if member:
        await show(deps, incoming, await _form(deps, member, incoming.text, incoming.channel))
        await acknowledge(ack, incoming.text, LONGEST)


async def choose_group(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Next*, by who is in several groups: the form itself."""
    member, words = await member_chosen(body, deps, BEGINNING, plate.NEEDS_OF_FORM)
    await ack_view(ack, await _form(deps, member, typed=words))


async def open_form(press: Press, member: Membership, deps: Deps) -> View:
    """*Answer*, *Change*, or the panel's button: filled with what they said in this round, else with what they said
    last."""
    return await _form(deps, member, "", press.channel)


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Saved before it is acknowledged; and it never closes without a word. From a message in the DM, that message
    says what was saved; from the channel, a line to them alone; from anywhere else, and where Slack won't have
    that line, the form itself.
    """
    words = read_plate_form(sent.values)
    now = deps.now()
    done = await plate.share_plate(deps, member, sent.payload.round, words, now)
    # that round was over: the words went where they belong now, and the form says so
    late = done.round.name != sent.payload.round
    if not late and await _said_where_opened(deps, sent, done, now):
        await ack()
    elif done.plate:
        await ack_view(ack, saved_sheet(done.snapshot, done.round, done.plate, now, late=late))
    if done.checkin and done.checkin.messages:
        await redraw(deps, done, now, said=welcome_late(done.snapshot, done.round, done.plate, now))


async def _said_where_opened(deps: Deps, sent: Submission, done: plate.PlateContext, now: datetime) -> bool:
    """Whether what was saved is, or is about to be, in sight where they opened the form."""
    opened_in = sent.payload.subject
    if opened_in and opened_in == done.person.reach.dm_channel:
        return bool(done.checkin and done.checkin.messages)
    if not opened_in or opened_in.startswith("D") or done.plate is None:
        return False
    own = done.snapshot.group.place
    # in the group's channel one installation speaks, and it stands in the group's record
    place = own if opened_in == own.channel else Place(team_id=sent.team_id, channel=opened_in)
    try:
        await deps.messenger.post_ephemeral(
            place, sent.who.user_id, saved(done.snapshot, done.round, done.plate, now)
        )
    except SlackRefused:
        return False
    return True


async def read_mine(press: Press, member: Membership, deps: Deps) -> View:
    """*Read it*, under “One answer just for you”: the button says whose it is, and it opens for nobody else.
    ROUND_GONE once that is no longer kept."""
    round = require(member.snapshot.rounds.get(press.payload.round), ProblemCode.ROUND_GONE)
    return mine_sheet(member.snapshot, round, member.snapshot.own_plates.get(round.name))


async def pull_back(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Pull it back*, under what was saved: every answer of that round is just for them from now on. They read
    whether a digest went out with it, which is then corrected. ROUND_GONE once the round is no longer kept."""
    now = deps.now()
    pulled, went_out = await plate.pull_back_plate(deps, member, press.payload.round, now)
    await ack()
    about = pulled.snapshot, pulled.round.name, pulled.person
    said = pulled_back(*about, went_out=went_out)
    await redraw(deps, pulled, now, press.message, said=said)
    unsaid = press.message is None or pulled.checkin is None  # no check-in says where it stands
    if unsaid and not press.in_modal and press.response_url and pulled.plate:
        card = saved(pulled.snapshot, pulled.round, pulled.plate, now, said=said)
        await best_effort(deps.messenger.reply(press.response_url, card, replace=True))
    if press.in_modal:
        await redraw_form(deps, press, pulled_back_sheet(*about, went_out=went_out))


async def _form(deps: Deps, member: Membership, typed: str, opened_in: str = "") -> View:
    start = await plate.begin(deps, member, deps.now())
    return plate_form(
        start.snapshot,
        start.person.id,
        start.round,
        before=start.plate,
        last=start.last,
        typed=typed,
        opened_in=opened_in,
    )
