"""An organisation's export: the form, asking for it, and its pages."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncAck

from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import organisation_data
from bot.views import menu
from bot.views import organisation_data as screens
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, Submission, show
from handlers.leaders import for_leaders
from handlers.routes import Routes


def register(app: Routes) -> None:
    app.action(menu.ORGANISATION_DATA)(for_leaders(open_form))
    app.view(screens.FORM)(for_leaders(submit))
    app.action(screens.READ)(for_leaders(read))
    app.action(re.compile(f"^{screens.PAGE}:"))(for_leaders(turn))


async def open_form(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    if not member.leader.organisation:
        raise Problem(ProblemCode.NO_ORGANISATION)
    await show(deps, press, screens.request_form(member.snapshot, member.person, member.leader))
    await ack()


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:  # noqa: ARG001
    await ack_view(ack, screens.requested(await organisation_data.request(deps, member, deps.now())))


async def read(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    await show(deps, press, await _page(deps, member))
    await ack()


async def turn(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    view = await _page(deps, member, press.payload.page)
    await ack()
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))


async def _page(deps: Deps, member: Membership, page: int = 0) -> View:
    """Of the organisation that was asked for, and announced; another one needs another press."""
    asked, person = member.leader.data_request, member.person
    if asked is None or not asked.organisation:
        raise Problem(ProblemCode.OLD_BUTTON)
    snapshot, found = await organisation_data.shared(deps.store, member.snapshot.group.id, asked.organisation)
    rows = screens.rows(snapshot, found, person)
    return screens.pages(snapshot.group.id, person.id, rows, deps.now(), person.zone, page)
