"""`/plate`, its button, its form, and pulling it back."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.plate import LONGEST
from bot.ports import Deps
from bot.usecases import plate
from bot.views import menu
from bot.views.checkin import ANSWER
from bot.views.menu import SHARE
from bot.views.plate import (
    FORM,
    PULL_BACK,
    plate_form,
    pulled_back,
    pulled_back_sheet,
    read_plate_form,
    saved,
)
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.checkin import redraw
from handlers.group_choice import group_of_command, look_where
from handlers.incoming import Command, Press, acknowledge, read_command, read_press, read_submission, show
from handlers.open_homes import Homes


def register(app: AsyncApp) -> None:
    app.command("/plate")(command)
    app.action(SHARE)(open_form)
    app.action(ANSWER)(open_form)
    app.view(FORM)(submit)
    app.action(PULL_BACK)(pull_back)


async def command(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """`/plate [a line to begin with]`"""
    incoming = read_command(body)
    await look_where(deps, incoming)
    group_id = await group_of_command(ack, incoming, deps, menu.share_button, incoming.text)
    if group_id:
        await _open(deps, incoming, group_id, incoming.text)
        await acknowledge(ack, incoming, LONGEST)


async def open_form(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    await _open(deps, press, press.payload.group)
    await ack()


async def submit(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    """Saved before it is acknowledged; then the check-in's messages say so; the form where there are none, and
    where the words are in another round than it was opened for."""
    sent = await read_submission(body, deps)
    words = read_plate_form(sent.values)
    now = deps.now()
    done = await plate.share_plate(deps, sent.who, sent.payload.group, sent.payload.round, words, now)
    late = done.round.name != sent.payload.round
    told = bool(done.checkin and done.checkin.messages)
    if told and not late:
        await ack()
    else:
        await ack_view(ack, saved(done.snapshot, done.round, done.before, now, late=late))
    if told:
        await redraw(deps, done, now)
    await homes.redraw(deps, sent)


async def pull_back(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    press = await read_press(body, deps)
    now = deps.now()
    pulled, went_out = await plate.pull_back_plate(deps, press.who, press.payload.group, press.payload.round, now)
    await ack()
    await redraw(deps, pulled, now, press.message, said=pulled_back(pulled.person, went_out=went_out))
    if press.in_modal:
        view = pulled_back_sheet(pulled.snapshot, pulled.person, went_out=went_out)
        await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))
    await homes.redraw(deps, press)


async def _open(deps: Deps, incoming: Command | Press, group_id: str, typed: str = "") -> None:
    start = await plate.begin(deps, incoming.who, group_id, deps.now())
    view = plate_form(
        start.snapshot,
        start.person.id,
        start.round,
        before=start.before,
        last=start.last,
        commitments=start.tended,
        typed=typed,
    )
    await show(deps, incoming, view)
