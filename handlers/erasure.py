"""Erase me: the form, for whoever is or was in a group, and the press that begins it."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.people import Person
from bot.domain.problems import Problem, ProblemCode, require
from bot.ports import Deps
from bot.usecases import erasure
from bot.views import erasure as screens
from bot.views import menu
from bot.views.words import listed_within, one_line
from handlers.acks import ack_view
from handlers.incoming import Press, Submission, read_press, read_submission, show
from handlers.joining import person_of
from handlers.routes import Routes


def register(app: Routes) -> None:
    """For whoever is or was in a group, by any id that Slack has given them; so not through `for_leaders`."""
    app.actions |= {menu.ERASE: open_form}
    app.views |= {screens.ERASE_FORM: submit}


async def open_form(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """Also for somebody who has left every group."""
    press = read_press(body)
    person = require(await _theirs(deps, press), ProblemCode.IN_NO_GROUP)
    groups = await erasure.groups_of(deps.store, person.id)
    await show(deps, press, screens.erase_form(press.payload.group, person, groups))
    await ack()


async def submit(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """Sent twice it is done once: the second time nobody is known by that account any more. What it says may be so
    no longer, since two accounts became one or a legal hold came: then it is read anew before anything is done."""
    sent = read_submission(body)
    person = await _theirs(deps, sent)
    if person is None:
        return await ack_view(ack, screens.being_erased())
    # `was`: a form may have been drawn before two accounts of theirs became one
    if sent.payload.person not in (person.id, *person.was):
        raise Problem(ProblemCode.NOT_YOURS)
    left = screens.read_left(sent.values)
    groups = await erasure.groups_of(deps.store, person.id)
    if sent.payload.subject != screens.says(person, groups):
        return await ack_view(ack, screens.erase_form(sent.payload.group, person, groups, anew=True, left=left))
    await erasure.ask_to_erase(deps.store, person.id, deps.now(), left=left)
    held = listed_within([one_line(one.name, 60) for one in groups if one.held], 600)
    return await ack_view(ack, screens.being_erased(held))


async def _theirs(deps: Deps, incoming: Press | Submission) -> Person | None:
    """Also by an id that Slack has given them since. All that it calls them by here is to go with them."""
    person = await person_of(deps, incoming.team_id, incoming.who)
    if person:
        await deps.store.index.link(incoming.who, person.id)
    return person
