"""My data: the form, the pages, asking for the files."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.people import DataRequest, Person
from bot.domain.problems import Problem, ProblemCode, require
from bot.ports import Deps, View
from bot.usecases import data_link, personal_data
from bot.views import menu
from bot.views import personal_data as screens
from bot.views.data_link import link_sheet
from handlers.acks import ack_view
from handlers.incoming import Press, Submission, read_press, read_submission, show, show_page
from handlers.joining import person_of
from handlers.routes import Routes


def register(app: Routes) -> None:
    """For whoever is or was in a group, by any id that Slack has given them; so not through `for_leaders`.
    NOT_YOURS on a screen drawn for somebody else, IN_NO_GROUP for who never was in one."""
    app.actions |= {
        menu.MY_DATA: open_data,
        screens.READ: read,
        screens.LINK: give_link,
        screens.PAGE: read,
    }
    app.views |= {screens.DATA_FORM: submit}


async def open_data(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*My data*, also for who has left every group; the pages at once where none of those is kept any more."""
    press = read_press(body)
    member = await personal_data.keeper_of(deps.store, await _known(deps, press), press.who, press.payload.group)
    if member:
        view = screens.data_form(member.snapshot, member.person, link=bool(deps.address))
    else:
        view = await _page(deps, press)
    await show(deps, press, view)
    await ack()


async def submit(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """The files come by a look at the group, into their DM; the sheet promises no more than that."""
    sent = read_submission(body)
    member = await personal_data.keeper_of(deps.store, await _known(deps, sent), sent.who, sent.payload.group)
    if member is None:
        raise Problem(ProblemCode.NOT_JOINED)
    wish = DataRequest(at=deps.now(), private=screens.read_private(sent.values))
    await personal_data.ask_for(deps, member, wish)
    await ack_view(ack, screens.asked_sheet(member.snapshot, member.person))


async def read(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Read it here*, and turning the page: everything, also what is just for them, since it is a form that they
    alone see."""
    press = read_press(body)
    await show_page(ack, deps, press, await _page(deps, press))


async def give_link(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*A link, for once*: shown to the presser alone, in a form; in a message it would be kept, and opened by
    Slack."""
    press = read_press(body)
    link = await data_link.link_for(deps, (await _known(deps, press)).id)
    if not link:  # the address was taken out of the settings since
        raise Problem(ProblemCode.OLD_BUTTON)
    await show(deps, press, link_sheet(link))
    await ack()


async def _known(deps: Deps, incoming: Press | Submission) -> Person:
    """Whoever is or was in a group. Raises Problem for others, and where it was drawn for somebody else."""
    person = require(await person_of(deps, incoming.team_id, incoming.who), ProblemCode.IN_NO_GROUP)
    if incoming.payload.person and incoming.payload.person not in (person.id, *person.was):
        raise Problem(ProblemCode.NOT_YOURS)
    return person


async def _page(deps: Deps, press: Press) -> View:
    person = await _known(deps, press)
    found = await personal_data.kept_of(deps.store, person.id)
    rows = screens.rows(found.items, found.names, person, private=True)
    return screens.data_pages(press.payload.group, person.id, rows, deps.now(), person.zone, press.payload.page)
