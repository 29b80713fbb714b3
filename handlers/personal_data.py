"""My data: the form, the pages, asking for the files."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import personal_data
from bot.usecases.people import known
from bot.views import menu
from bot.views import personal_data as screens
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, Submission, read_press, show
from handlers.leaders import for_leaders, member_of
from handlers.routes import Routes


def register(app: Routes) -> None:
    app.action(menu.MY_DATA)(open_data)
    app.view(screens.DATA_FORM)(for_leaders(submit))
    app.action(screens.READ)(read)
    app.action(re.compile(f"^{screens.PAGE}:"))(turn)


async def open_data(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """Who has left reads it at once: files come in messages, and they asked for none."""
    press = read_press(body)
    member = await member_of(deps, press, absent=True)
    if isinstance(member, Membership):
        view = screens.data_form(member.snapshot, member.person)
    else:
        view = await _page(deps, press)
    await show(deps, press, view)
    await ack()


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    await personal_data.ask_for_file(deps, member, deps.now(), private=screens.read_private(sent.values))
    await ack_view(ack, screens.asked_sheet(member.snapshot, member.person))


async def read(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = read_press(body)
    await show(deps, press, await _page(deps, press))
    await ack()


async def turn(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    press = read_press(body)
    view = await _page(deps, press)
    await ack()
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))


async def _page(deps: Deps, press: Press) -> View:
    """Of whoever is or was in a group. Raises Problem for others, and where it was drawn for somebody else."""
    person = await known(deps.store, press.who)
    if person is None:
        raise Problem(ProblemCode.IN_NO_GROUP)
    if press.payload.person and press.payload.person not in (person.id, *person.was):
        raise Problem(ProblemCode.NOT_YOURS)
    found = await personal_data.kept_of(deps.store, person.id)
    rows = screens.rows(found.items, found.names, person, private=True)
    return screens.data_pages(press.payload.group, person.id, rows, deps.now(), person.zone, press.payload.page)
