"""An organisation's export: the form, asking for it, and its pages."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.usecases import organisation_data
from bot.views import menu
from bot.views import organisation_data as screens
from handlers.acks import ack_view
from handlers.incoming import Press, Submission, show, show_page
from handlers.leaders import for_leaders
from handlers.routes import Routes


def register(app: Routes) -> None:
    """By any leader who speaks for an organisation (NO_ORGANISATION): the files hold what they may read already."""
    app.actions |= {
        menu.ORGANISATION_DATA: for_leaders(open_form),
        screens.READ: for_leaders(read),
        screens.PAGE: for_leaders(read),
    }
    app.views |= {screens.FORM: for_leaders(submit)}


async def open_form(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*My organisation's words…*, under *My data*: what they hold, and that the channel is told who asked."""
    if not member.leader.organisation:
        raise Problem(ProblemCode.NO_ORGANISATION)
    await show(deps, press, screens.request_form(member.snapshot, member.person, member.leader))
    await ack()


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:  # noqa: ARG001
    """Noted; the announcement and the files follow by looks at the group. Asked again while it waits, the first
    request stands."""
    organisation = await organisation_data.request(deps, member, deps.now())
    await ack_view(ack, screens.requested(member.snapshot, member.person, organisation))


async def read(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """Of the organisation that was asked for, and announced; another one needs another press."""
    asked, person = member.leader.asked_of_organisation, member.person
    if asked is None:
        raise Problem(ProblemCode.OLD_BUTTON)
    snapshot, found = await organisation_data.shared(deps.store, member.snapshot.group.id, asked.organisation)
    rows = screens.rows(snapshot, found, person)
    view = screens.pages(snapshot.group.id, person.id, rows, deps.now(), person.zone, press.payload.page)
    await show_page(ack, deps, press, view)
