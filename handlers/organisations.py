"""Whom somebody speaks for: another organisation chosen in a form, and an objection in the channel."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import ANNOUNCEMENTS, Membership
from bot.ports import Deps
from bot.usecases import channel, organisations
from bot.views import organisations as screens
from handlers.best_effort import redraw_older
from handlers.incoming import Press, origin
from handlers.leaders import for_leaders
from handlers.routes import Routes


def register(app: Routes) -> None:
    """The field stands in the form to join and in one's settings; the objection is for leaders."""
    app.actions |= {
        screens.ORGANISATION: choose,
        screens.OBJECT: for_leaders(object_to, ANNOUNCEMENTS),
    }


async def choose(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """The form shows the field for a new organisation, or hides it. Nothing is saved."""
    press = origin(body)
    if not press.in_modal:  # a forged press: the field stands in forms only
        raise Problem(ProblemCode.OLD_BUTTON)
    await deps.messenger.update_form(press.team_id, press.view_id, screens.with_choice(body["view"]))
    await ack()


async def object_to(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Object*, to one line of the post that says who speaks for whom: they speak again for whom they did before.
    CHANGED_SINCE where they chose anew since. That line says who objected first."""
    post_id, number = screens.read_line(press.payload.subject)
    async with channel.redrawn_after(deps, member.snapshot.group.id, press.message, deps.now()):
        snapshot, post = await organisations.object_to(deps, member, post_id, number, deps.now())
    await ack()
    await redraw_older(deps, snapshot.group, press.message, screens.announcement(snapshot, post))
