"""An organisation's export: the form, asking for it, and its pages."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import organisation_data
from bot.views import menu
from bot.views import organisation_data as screens
from handlers.acks import ack_view
from handlers.incoming import Press, Submission
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """By any leader who speaks for an organisation (NO_ORGANISATION): the files hold what they may read already."""
    app.actions |= {
        menu.ORGANISATION_DATA: opens(open_form),
        screens.READ: opens(read),
        screens.PAGE: opens(read),
    }
    app.views |= {screens.FORM: for_leaders(submit)}


async def open_form(press: Press, member: Membership, deps: Deps) -> View:
    """*My organisation's words…*, under *My data*: what they hold, and that the channel is told who asked."""
    if not member.leader.organisation:
        raise Problem(ProblemCode.NO_ORGANISATION)
    return screens.request_form(member.snapshot, member.person, member.leader)


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Noted; the announcement and the files follow by looks at the group. Asked again while it waits, the first
    request stands."""
    organisation = await organisation_data.request(deps, member, deps.now())
    await ack_view(ack, screens.requested(member.snapshot, member.person, organisation))


async def read(press: Press, member: Membership, deps: Deps) -> View:
    """Of the organisation that was asked for, and announced; another one needs another press."""
    asked, person = member.leader.asked_of_organisation, member.person
    if asked is None:
        raise Problem(ProblemCode.OLD_BUTTON)
    snapshot, found = await organisation_data.shared(deps.store, member.snapshot.group.id, asked.organisation)
    rows = screens.rows(snapshot, found, person)
    return screens.pages(snapshot.group.id, person.id, rows, deps.now(), person.zone, press.payload.page)
