"""My data: the form, the pages, asking for the files."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import personal_data
from bot.views import menu
from bot.views import personal_data as screens
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, Submission, show
from handlers.leaders import for_leaders


def register(app: AsyncApp) -> None:
    app.action(menu.MY_DATA)(for_leaders(open_form, absent=True))
    app.view(screens.DATA_FORM)(for_leaders(submit))
    app.action(screens.READ)(for_leaders(read, absent=True))
    app.action(re.compile(f"^{screens.PAGE}:"))(for_leaders(turn, absent=True))


async def open_form(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    await show(deps, press, screens.data_form(member.snapshot, member.person))
    await ack()


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    await personal_data.ask_for_file(deps, member, deps.now(), private=screens.read_private(sent.values))
    await ack_view(ack, screens.asked_sheet(member.snapshot, member.person))


async def read(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    await show(deps, press, await _page(deps, member))
    await ack()


async def turn(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    view = await _page(deps, member, press.payload.page)
    await ack()
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))


async def _page(deps: Deps, member: Membership, page: int = 0) -> View:
    person, now = member.person, deps.now()
    found = await personal_data.kept_of(deps.store, person.id)
    rows = screens.rows(found.items, found.names, person, private=True)
    return screens.data_pages(member.snapshot.group.id, person.id, rows, now, person.zone, page)
