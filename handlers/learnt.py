"""What we learnt: `/between learnt [words]`, finding by words, turning the page, pulling one's own words back."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import learnt
from bot.views import learnt as screens
from bot.views import what_for_doors
from bot.views.progress import said_at
from handlers.acks import ack_view
from handlers.group_choice import member_for_command
from handlers.incoming import Command, Press, Submission, acknowledge, redraw_form, show
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """For any leader to read; each pulls back their own words."""
    app.actions |= {
        what_for_doors.LEARNT: opens(open_form, learnt.READS),
        screens.PAGE: opens(open_form, learnt.READS),
        screens.UNLEARN: for_leaders(pull_back, learnt.NEEDS),
    }
    app.views |= {screens.FORM: for_leaders(find, learnt.READS)}


async def command(ack: AsyncAck, incoming: Command, deps: Deps, typed: str) -> None:
    """`/between learnt [words]`"""
    member = await member_for_command(ack, incoming, deps, what_for_doors.learnt_button, learnt.READS)
    if member:
        await show(deps, incoming, screens.learnt_form(member.snapshot, typed))
        await acknowledge(ack, typed, screens.LONGEST)


async def open_form(press: Press, member: Membership, deps: Deps) -> View:
    """*What we learnt*, under *What for*; another page holds to the words that it was found by."""
    found_by = screens.read_words(press.values) if press.turns_page else ""
    return screens.learnt_form(member.snapshot, found_by, press.payload.page)


async def find(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """*Find*: nothing is saved, and the form comes again with what has all of these words."""
    await ack_view(ack, screens.learnt_form(member.snapshot, screens.read_words(sent.values)))


async def pull_back(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Pull it back*, beside one's own: gone here, and from a digest that held it. Pressed twice it is done once.
    LEARNT_GONE where nothing of it is kept."""
    id_, at = said_at(press.payload.subject)
    after = await learnt.pull_back(deps, member, id_, at, deps.now())
    await ack()
    await redraw_form(deps, press, screens.learnt_form(after.snapshot, screens.read_words(press.values)))
