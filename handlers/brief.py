"""*The brief so far*: reading it, adding a line, striking one."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, View
from bot.usecases import brief, digest
from bot.views import brief as screens
from bot.views import menu
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, Submission
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Before and after the brief is posted, by the same sheet: *The brief so far* behind *More*, *Strike a line*
    under the post."""
    app.actions |= {
        menu.BRIEF: opens(open_sheet, brief.NEEDS),
        screens.ADD: opens(open_form, brief.NEEDS),
        screens.STRIKE: for_leaders(strike, brief.NEEDS),
    }
    app.views |= {screens.FORM: for_leaders(submit, brief.NEEDS)}


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """BRIEF_NOT_YET before the digest that it follows is out; BRIEF_CLOSED for one that was never posted."""
    return await _sheet(deps, member.snapshot, press.payload.round)


async def open_form(press: Press, member: Membership, deps: Deps) -> View:
    """*Add a line*. Refused before anything is typed: BRIEF_LINES_FULL for who has two in it, BRIEF_CLOSED once it
    is on its way. It says when the line is posted, or that they meet before it could be."""
    now = deps.now()
    found = brief.to_add_to(member, press.payload.round, now)
    at = max(found.at, now)
    posted_at = at if at < found.meeting_at else None
    return screens.line_form(member.snapshot, found.name, deps.new_id(), posted_at, now)


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """The sheet it was opened on shows the line; without one, it comes in the form's place."""
    now, target = deps.now(), sent.payload
    text = screens.read_line(sent.values)
    after = await brief.add(deps, member, target.round, target.subject, text, now)
    view = await _sheet(deps, after, target.round)
    if sent.below:
        await ack()
        await best_effort(deps.messenger.update_form(sent.team_id, sent.below, view))
    else:
        await ack_view(ack, view)


async def strike(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Strike*, by whoever's words the line holds (NOT_YOUR_WORDS). Before the post it won't be in it; after, a
    look at the group changes the post. BRIEF_LINE_GONE where another whose words it held was quicker."""
    now = deps.now()
    after = await brief.strike(deps, member, press.payload.round, press.payload.subject, now)
    view = await _sheet(deps, after, press.payload.round)
    await ack()
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))


async def _sheet(deps: Deps, snapshot: GroupSnapshot, name: str) -> View:
    """Of answers that have just been pulled back, none."""
    now = deps.now()
    snapshot = await digest.up_to_date(deps, snapshot, now)
    found, lines, at = brief.shown(snapshot, name, now)
    return screens.so_far(snapshot, found, lines, at, now)
