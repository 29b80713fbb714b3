"""`/commit`, its form, saying how it goes, joining in, offering help."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.ports import Deps
from bot.usecases import commitments
from bot.usecases.people import require_member
from bot.views import commitments as screens
from bot.views import menu
from bot.views.problems import line
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.group_choice import group_of_command
from handlers.incoming import (
    Command,
    Press,
    Submission,
    acknowledge,
    read_command,
    read_press,
    read_submission,
    show,
)
from handlers.open_homes import Homes


def register(app: AsyncApp) -> None:
    app.command("/commit")(command)
    app.action(menu.COMMIT)(open_form)
    app.view(screens.FORM)(submit)
    app.action(menu.COMMITMENTS)(open_sheet)
    app.action(re.compile(f"^{screens.PAGE}:"))(turn_page)
    app.action(re.compile(f"^{screens.PROGRESS}:"))(open_progress)
    app.view(screens.PROGRESS_FORM)(submit_progress)
    app.action(re.compile(f"^{screens.EDIT}:"))(open_edit)
    app.action(re.compile(f"^{screens.JOIN}:"))(join)
    app.action(re.compile(f"^{screens.HELP}:"))(offer_help)
    app.action(re.compile(f"^{screens.STEP_BACK}:"))(step_back)
    app.action(screens.CAPTURE_SKIP)(skip_capture)


async def command(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """`/commit [what you'll do]`"""
    incoming = read_command(body)
    group_id = await group_of_command(ack, incoming, deps, menu.commit_button, incoming.text)
    if group_id:
        await _open(deps, incoming, group_id, incoming.text)
        await acknowledge(ack, incoming, screens.LONGEST)


async def open_form(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    await _open(deps, press, press.payload.group)
    await ack()


async def submit(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    sent = await read_submission(body, deps)
    words = screens.read_commitment(sent.values)
    snapshot, done = await commitments.add(
        deps, sent.who, sent.payload.group, sent.payload.subject, words, deps.now()
    )
    await ack_view(ack, screens.added(snapshot, done))
    await homes.redraw(deps, sent)


async def open_sheet(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    member, all_ = await commitments.of_group(deps, press.who, press.payload.group)
    await show(deps, press, screens.sheet(member.snapshot, all_, member.person.id, deps.now()))
    await ack()


async def turn_page(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    await _redraw_sheet(deps, press, press.view_id, press.payload.page)
    await ack()


async def open_progress(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    member, commitment = await commitments.get(deps, press.who, press.payload.group, press.payload.subject)
    await show(deps, press, screens.progress_form(member.snapshot, commitment))
    await ack()


async def submit_progress(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    sent = await read_submission(body, deps)
    words = screens.read_progress(sent.values)
    await commitments.say(deps, sent.who, sent.payload.group, sent.payload.subject, words, deps.now())
    await ack()
    if sent.below:  # only the sheet of commitments opens this form on top of itself
        await best_effort(_redraw_sheet(deps, sent, sent.below, 0))
    await homes.redraw(deps, sent)


async def open_edit(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    member, commitment = await commitments.get(deps, press.who, press.payload.group, press.payload.subject)
    await show(deps, press, screens.commitment_form(member.snapshot, commitment.id, commitment))
    await ack()


async def join(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    press = await read_press(body, deps)
    await commitments.join_in(deps, press.who, press.payload.group, press.payload.subject)
    await ack()
    await _confirm(deps, press, screens.SAID_JOINED)
    await homes.redraw(deps, press)


async def offer_help(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    await commitments.offer_help(deps, press.who, press.payload.group, press.payload.subject)
    await ack()
    await _confirm(deps, press, screens.SAID_HELP)


async def step_back(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    press = await read_press(body, deps)
    await commitments.leave_to_others(deps, press.who, press.payload.group, press.payload.subject)
    await ack()
    await _confirm(deps, press, screens.SAID_STEPPED_BACK)
    await homes.redraw(deps, press)


async def skip_capture(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = await read_press(body, deps)
    await ack()
    await _confirm(deps, press, screens.SAID_SKIPPED)


async def _open(deps: Deps, incoming: Command | Press, group_id: str, typed: str = "") -> None:
    member = await require_member(deps.store, incoming.who, group_id)
    await show(deps, incoming, screens.commitment_form(member.snapshot, deps.new_id(), typed=typed))


async def _confirm(deps: Deps, press: Press, words: str) -> None:
    """In a sheet, the sheet drawn anew; on a message, a line to the presser alone."""
    if press.in_modal:
        await best_effort(_redraw_sheet(deps, press, press.view_id, 0))
    elif press.response_url:
        await best_effort(deps.messenger.reply(press.response_url, line(words)))


async def _redraw_sheet(deps: Deps, incoming: Press | Submission, view_id: str, page: int) -> None:
    member, all_ = await commitments.of_group(deps, incoming.who, incoming.payload.group)
    view = screens.sheet(member.snapshot, all_, member.person.id, deps.now(), page)
    await deps.messenger.update_form(incoming.team_id, view_id, view)
