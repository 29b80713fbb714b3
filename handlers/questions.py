"""The group's own questions: the form that holds the list."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import convening
from bot.usecases.groups import require_edition
from bot.views import groups
from bot.views import questions as screens
from handlers.acks import ack_view
from handlers.incoming import Press, Submission
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """By any leader; announced, and open to objection."""
    app.actions |= {screens.OPEN: opens(open_form)}
    app.views |= {screens.FORM: for_leaders(submit)}


async def open_form(press: Press, member: Membership, deps: Deps) -> View:
    """*Our questions…*, under *Look after the group…*. GROUP_ENDED where nothing is asked any more."""
    require_not_ended(member.snapshot.group, deps.now())
    return screens.questions_form(member.snapshot.group)


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """From the next round on. CHANGED_MEANWHILE where the settings changed since the form was filled,
    TOO_MANY_QUESTIONS at the list."""
    require_edition(member.snapshot.group, sent.payload.state)
    questions, same = screens.read_questions(sent.values)
    after = await convening.keep_questions(deps, member, questions, same=same, now=deps.now())
    await ack_view(ack, groups.saved(member.snapshot.group, after.group))
